import { TurnawayError } from "../errors.ts";
import { findField } from "../fields.ts";
import { suggestField } from "../log-format.ts";
import {
  DEPLOYMENT_MUST_HOLD,
  INFRASTRUCTURE_MUST_HOLD,
  INFRASTRUCTURE_OUGHT_TO_HOLD,
} from "./infrastructure-rules.ts";
import { LOGGED_KINDS, type LoggedKind, parseFields, parsePort, parseSize } from "./normalize.ts";
import type { ValidConfig } from "./schema.ts";
import { didYouMean, type PlacedDetail } from "./validate.ts";

type Rule = (config: ValidConfig) => PlacedDetail[];

/** What must hold between keys, and what ought to: the lists read as the specification. */
export function checkRules(config: ValidConfig): {
  readonly errors: readonly PlacedDetail[];
  readonly warnings: readonly PlacedDetail[];
} {
  return {
    errors: MUST_HOLD.flatMap((rule) => rule(config)),
    warnings: OUGHT_TO_HOLD.flatMap((rule) => rule(config)),
  };
}

/** The same of a configuration that is to be deployed. */
export function checkDeployable(config: ValidConfig): ReturnType<typeof checkRules> {
  const { errors, warnings } = checkRules(config);
  return { errors: [...errors, ...DEPLOYMENT_MUST_HOLD.flatMap((rule) => rule(config))], warnings };
}

const MUST_HOLD: readonly Rule[] = [
  accountsAreNamedOnce,
  whatIsLoggedIsNamedOnce,
  whatIsLoggedLiesInAListedAccount,
  whatIsLoggedLiesInAListedRegion,
  prefixEndsAboveAwsLogs,
  fieldsAreAList,
  fieldsCarryAReport,
  fieldsAreNotATransitGateways,
  scanLimitIsWhatAthenaTakes,
  servicesHaveAPortAndProtocol,
  trinoIsAskedInOneWay,
  ...INFRASTRUCTURE_MUST_HOLD,
];

const OUGHT_TO_HOLD: readonly Rule[] = [
  fieldsAreKnown,
  tagOwnersHaveTagFields,
  assigneesBelongToAnOwner,
  budgetReachesSomebody,
  publicOkIsNeeded,
  ...INFRASTRUCTURE_OUGHT_TO_HOLD,
];

function accountsAreNamedOnce({ accounts }: ValidConfig): PlacedDetail[] {
  return repeated(accounts).map((i) => twice(["accounts", i], accounts[i]!));
}

function whatIsLoggedIsNamedOnce(config: ValidConfig): PlacedDetail[] {
  return LOGGED_KINDS.flatMap((kind) => {
    const ids = config[kind].map(({ id }) => id);
    return repeated(ids).map((i) => twice([kind, i, "id"], ids[i]!));
  });
}

function whatIsLoggedLiesInAListedAccount(config: ValidConfig): PlacedDetail[] {
  return unlisted(config, "account", config.accounts);
}

function whatIsLoggedLiesInAListedRegion(config: ValidConfig): PlacedDetail[] {
  return unlisted(config, "region", config.regions);
}

function prefixEndsAboveAwsLogs({ logs }: ValidConfig): PlacedDetail[] {
  if (!logs.prefix.split("/").includes("AWSLogs")) return [];
  return [
    {
      path: ["logs", "prefix"],
      what: "wrong value for logs.prefix",
      why: `got "${logs.prefix}", but AWS adds AWSLogs/ and everything below it itself`,
      fix: "write only the folders above AWSLogs",
    },
  ];
}

function fieldsAreAList({ logs }: ValidConfig): PlacedDetail[] {
  try {
    parseFields(logs.fields);
    return [];
  } catch (error) {
    if (!(error instanceof TurnawayError)) throw error;
    const { why, fix } = error.detail;
    return [
      {
        path: ["logs", "fields"],
        what: "wrong value for logs.fields",
        why,
        ...(fix === undefined ? {} : { fix }),
      },
    ];
  }
}

/** Without these there is no answer to who was refused what, and when. */
const NEEDED_FIELDS = ["srcaddr", "dstaddr", "protocol", "start", "end", "action"];

function fieldsCarryAReport({ logs }: ValidConfig): PlacedDetail[] {
  const fields = fieldsOf(logs.fields);
  const missing = NEEDED_FIELDS.filter((name) => !fields.includes(name));
  if (fields.length === 0 || missing.length === 0) return [];
  return [
    {
      path: ["logs", "fields"],
      what: "logs.fields can not carry a report",
      why: `it lacks ${missing.join(", ")}`,
      fix: "add what is missing, or write `default` or `rich`",
    },
  ];
}

function fieldsAreNotATransitGateways({ logs }: ValidConfig): PlacedDetail[] {
  const foreign = fieldsOf(logs.fields).filter((name) => findField(name)?.version === 6);
  if (foreign.length === 0) return [];
  return [
    {
      path: ["logs", "fields"],
      what: "wrong value for logs.fields",
      why: `${foreign.join(", ")} exist in transit gateway records only, which say nothing of rejects`,
      fix: "remove them",
    },
  ];
}

function trinoIsAskedInOneWay({ trino }: ValidConfig): PlacedDetail[] {
  if (trino.passwordVariable === null || trino.tokenVariable === null) return [];
  return [
    {
      path: ["trino", "tokenVariable"],
      what: "trino names two ways to sign in",
      why: "passwordVariable and tokenVariable are both there",
      fix: "remove one of them",
    },
  ];
}

function fieldsAreKnown({ logs }: ValidConfig): PlacedDetail[] {
  return fieldsOf(logs.fields)
    .filter((name) => findField(name) === undefined)
    .map((name) => {
      const near = suggestField(name);
      return {
        path: ["logs", "fields"],
        what: `unknown field ${name}`,
        why: "it is read as text and takes part in no query",
        ...(near === undefined ? {} : { fix: `did you mean "${near}"?` }),
      };
    });
}

function scanLimitIsWhatAthenaTakes({ athena }: ValidConfig): PlacedDetail[] {
  if (parseSize(athena.scanLimit) >= 10_000_000) return [];
  return [
    {
      path: ["athena", "scanLimit"],
      what: "wrong value for athena.scanLimit",
      why: `got ${athena.scanLimit}, Athena takes 10 MB or more`,
      fix: 'write a size such as "10 GB"',
    },
  ];
}

function servicesHaveAPortAndProtocol({ report }: ValidConfig): PlacedDetail[] {
  return Object.keys(report.knownServices).flatMap((key) => {
    const { port, protocol } = parsePort(key);
    if (port <= 65_535 && protocol !== undefined) return [];
    return [
      {
        path: ["report", "knownServices", key],
        what: "wrong key in report.knownServices",
        why: `got "${key}", expected a port up to 65535 and a protocol such as tcp, udp or sctp`,
      },
    ];
  });
}

function tagOwnersHaveTagFields({ report, logs }: ValidConfig): PlacedDetail[] {
  if (fieldsOf(logs.fields).some((name) => /-tag(-2)?$/.test(name))) return [];
  return report.owners.flatMap(({ match }, i) =>
    match.tag === undefined
      ? []
      : [
          {
            path: ["report", "owners", i, "match", "tag"],
            what: `report.owners[${i}] can never match`,
            why: "it asks for a tag, and logs.fields has none",
            fix: "add instance-tag, interface-tag or asg-tag to logs.fields",
          },
        ],
  );
}

function assigneesBelongToAnOwner({ github, report }: ValidConfig): PlacedDetail[] {
  const owners = [...new Set(report.owners.map(({ owner }) => owner)), "unowned"];
  return Object.keys(github.assignees)
    .filter((owner) => !owners.includes(owner))
    .map((owner) => {
      const fix = didYouMean(owner, owners);
      return {
        path: ["github", "assignees", owner],
        what: `github.assignees names "${owner}"`,
        why: "no entry of report.owners has that owner",
        ...(fix === undefined ? {} : { fix }),
      };
    });
}

function budgetReachesSomebody({ budget, alerts }: ValidConfig): PlacedDetail[] {
  if (budget.monthlyUsd === null || alerts.emails.length > 0) return [];
  return [
    {
      path: ["budget", "monthlyUsd"],
      what: "the budget tells nobody",
      why: "alerts.emails is empty",
      fix: "add an address to alerts.emails",
    },
  ];
}

function publicOkIsNeeded({ github }: ValidConfig): PlacedDetail[] {
  if (!github.publicOk || github.mask.length === 0) return [];
  return [
    {
      path: ["github", "publicOk"],
      what: "github.publicOk changes nothing",
      why: "github.mask is set, and masked reports may be public anyway",
    },
  ];
}

// What can not be read is one rule's affair; the others then have nothing to say.
function fieldsOf(fields: string): readonly string[] {
  try {
    return parseFields(fields).fields;
  } catch {
    return [];
  }
}

function repeated(values: readonly string[]): number[] {
  return values.flatMap((value, i) => (values.indexOf(value) < i ? [i] : []));
}

function twice(path: readonly PropertyKey[], value: string): PlacedDetail {
  return {
    path,
    what: `${String(path[0])} has an entry twice`,
    why: `"${value}" stands there before`,
    fix: "remove one",
  };
}

function unlisted(
  config: ValidConfig,
  key: "account" | "region",
  listed: readonly string[],
): PlacedDetail[] {
  return LOGGED_KINDS.flatMap((kind) =>
    config[kind].flatMap((logged, i) => {
      const value = logged[key];
      return value === undefined || listed.includes(value)
        ? []
        : [notListed([kind, i, key], value, listed)];
    }),
  );
}

function notListed(
  path: readonly [LoggedKind, number, "account" | "region"],
  value: string,
  listed: readonly string[],
): PlacedDetail {
  const [kind, i, key] = path;
  return {
    path,
    what: `${kind}[${i}] lies outside ${key}s`,
    why: `got "${value}", ${key}s has ${listed.length === 0 ? "no entry" : listed.join(", ")}`,
    fix: `add it to ${key}s`,
  };
}
