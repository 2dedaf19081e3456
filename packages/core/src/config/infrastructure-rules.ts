import { LOGGED_KINDS, parseFields } from "./normalize.ts";
import type { ValidConfig } from "./schema.ts";
import type { PlacedDetail } from "./validate.ts";

type Rule = (config: ValidConfig) => PlacedDetail[];

/** What AWS would refuse at deployment, or take and never do. */
export const INFRASTRUCTURE_MUST_HOLD: readonly Rule[] = [
  aKeyNeedsKms,
  aLockNeedsANewBucket,
  storageGetsColderInOrder,
  filesAreKeptUntilTheyMove,
  tagsHaveAField,
  accessLogsLieElsewhere,
  aRepositoryHasItsIds,
];

/** What a deployment needs beyond what a report on files does. */
export const DEPLOYMENT_MUST_HOLD: readonly Rule[] = [
  recordsAreDeliveredSomewhere,
  thereIsAHome,
  whatIsLoggedHasAPlace,
  transitGatewaysHaveABucket,
  anExistingBucketHasAnExistingKey,
];

/** What can be deployed, and is probably not what was meant. */
export const INFRASTRUCTURE_OUGHT_TO_HOLD: readonly Rule[] = [
  athenaReadsWhatReportsNeed,
  alarmsHaveALogGroup,
  lockedFilesExpireLater,
];

function aKeyNeedsKms({ logs }: ValidConfig): PlacedDetail[] {
  if (logs.kmsKey === null || logs.encryption === "kms") return [];
  return [
    {
      path: ["logs", "kmsKey"],
      what: "logs.kmsKey would not be used",
      why: "logs.encryption is s3",
      fix: "write `encryption: kms`, or remove the key",
    },
  ];
}

function aLockNeedsANewBucket({ logs }: ValidConfig): PlacedDetail[] {
  if (logs.objectLock === null || logs.createBucket) return [];
  return [
    {
      path: ["logs", "objectLock"],
      what: "logs.objectLock can not be set",
      why: "the bucket exists already (createBucket: false), and `deploy` changes nothing of it",
      fix: "remove it here, and lock the bucket where it was made",
    },
  ];
}

/** S3 wants files to stay this long in infrequent access before they may move on. */
const LEAST_DAYS_INFREQUENT = 30;

function storageGetsColderInOrder({ logs }: ValidConfig): PlacedDetail[] {
  const { infrequentAccessDays: infrequent, glacierDays: glacier } = logs;
  if (infrequent === null || glacier === null) return [];
  if (glacier >= infrequent + LEAST_DAYS_INFREQUENT) return [];
  return [
    {
      path: ["logs", "glacierDays"],
      what: "wrong value for logs.glacierDays",
      why: `got ${glacier}, files move to infrequent access after ${infrequent} days and stay there for ${LEAST_DAYS_INFREQUENT} at least`,
      fix: `write ${infrequent + LEAST_DAYS_INFREQUENT} or more, or remove infrequentAccessDays`,
    },
  ];
}

function filesAreKeptUntilTheyMove({ logs }: ValidConfig): PlacedDetail[] {
  return (["infrequentAccessDays", "glacierDays"] as const).flatMap((key) => {
    const days = logs[key];
    if (days === null || days < logs.retention) return [];
    return [
      {
        path: ["logs", key],
        what: `logs.${key} would never come`,
        why: `got ${days}, files are deleted after ${logs.retention} days`,
        fix: `write fewer days, or raise logs.retention`,
      },
    ];
  });
}

const TAG_FIELDS = {
  instance: "instance-tag",
  interface: "interface-tag",
  autoScalingGroup: "asg-tag",
} as const;

function tagsHaveAField({ logs }: ValidConfig): PlacedDetail[] {
  const fields = fieldsOf(logs.fields);
  if (fields === undefined) return [];
  return (Object.keys(TAG_FIELDS) as (keyof typeof TAG_FIELDS)[]).flatMap((key) => {
    const wanted = [TAG_FIELDS[key], `${TAG_FIELDS[key]}-2`].slice(0, logs.tags[key].length);
    const missing = wanted.filter((field) => !fields.includes(field));
    if (missing.length === 0) return [];
    return [
      {
        path: ["logs", "tags", key],
        what: `logs.tags.${key} has no field to stand in`,
        why: `logs.fields lacks ${missing.join(" and ")}`,
        fix: `add ${missing.join(" and ")} to logs.fields, or write \`fields: rich\``,
      },
    ];
  });
}

function accessLogsLieElsewhere({ logs }: ValidConfig): PlacedDetail[] {
  if (logs.accessLogs === null || logs.accessLogs !== logs.bucket) return [];
  return [
    {
      path: ["logs", "accessLogs"],
      what: "wrong value for logs.accessLogs",
      why: "a bucket that logs access to itself never comes to rest",
      fix: "name another bucket, or remove it: then one is made",
    },
  ];
}

function aRepositoryHasItsIds({ infrastructure: { github } }: ValidConfig): PlacedDetail[] {
  if (github.repository === null) return [];
  const [owner] = github.repository.split("/");
  return (
    [
      ["ownerId", `gh api users/${owner} --jq .id`],
      ["repositoryId", `gh api repos/${github.repository} --jq .id`],
    ] as const
  ).flatMap(([key, command]) =>
    github[key] === null
      ? [
          {
            path: ["infrastructure", "github", "repository"],
            what: `infrastructure.github.${key} is missing`,
            why: "GitHub names the repository to AWS by its ids, and a role that trusts names alone can be taken over",
            fix: `write the number that \`${command}\` prints`,
          },
        ]
      : [],
  );
}

function athenaReadsWhatReportsNeed({ logs, report }: ValidConfig): PlacedDetail[] {
  const { glacierDays, glacierClass } = logs;
  if (glacierDays === null || glacierClass === "instant") return [];
  if (glacierDays > report.historyDays) return [];
  return [
    {
      path: ["logs", "glacierDays"],
      what: "days that reports compare with can not be built again",
      why: `files are in Glacier (${glacierClass}) after ${glacierDays} days, and Athena reads none there; report.historyDays is ${report.historyDays}`,
      fix: "write more days, or `glacierClass: instant`",
    },
  ];
}

function recordsAreDeliveredSomewhere({ logs, cloudwatch }: ValidConfig): PlacedDetail[] {
  if (logs.bucket !== null || cloudwatch.logGroup !== null) return [];
  return [
    {
      path: ["logs"],
      what: "flow logs have nowhere to go",
      why: "neither logs.bucket nor cloudwatch.logGroup is there",
      fix: "name a bucket, which is what reports at scale read",
    },
  ];
}

function thereIsAHome(config: ValidConfig): PlacedDetail[] {
  return (["account", "region"] as const).flatMap((key) => {
    const listed = config[`${key}s`];
    if (config.infrastructure[key] !== undefined || listed.length === 1) return [];
    return [
      {
        path: ["infrastructure", key],
        what: `infrastructure.${key} is missing`,
        why: `${key}s has ${listed.length === 0 ? "no entry" : `${listed.length} entries`}, and the bucket, the catalogue and the roles lie in one`,
        fix: listed.length === 0 ? `list it under ${key}s` : `write one of ${listed.join(", ")}`,
      },
    ];
  });
}

function whatIsLoggedHasAPlace(config: ValidConfig): PlacedDetail[] {
  return LOGGED_KINDS.flatMap((kind) =>
    config[kind].flatMap((logged, i) =>
      (["account", "region"] as const).flatMap((key) =>
        logged[key] !== undefined || config[`${key}s`].length === 1
          ? []
          : [
              {
                path: [kind, i],
                what: `${kind}[${i}].${key} is missing`,
                why: `${key}s has ${config[`${key}s`].length} entries`,
                fix: `write which ${key} ${logged.id} lies in`,
              },
            ],
      ),
    ),
  );
}

function transitGatewaysHaveABucket({ logs, transitGateways }: ValidConfig): PlacedDetail[] {
  if (logs.bucket !== null) return [];
  return transitGateways.map(({ id }, i) => ({
    path: ["transitGateways", i],
    what: `${id} has nowhere to log to`,
    why: "logs.bucket is not there, and records of another format would be counted wrongly in the log group",
    fix: "name a bucket, or remove the transit gateway",
  }));
}

function anExistingBucketHasAnExistingKey({ logs }: ValidConfig): PlacedDetail[] {
  const { bucket, createBucket, encryption, kmsKey } = logs;
  if (bucket === null || createBucket || encryption === "s3" || kmsKey !== null) return [];
  return [
    {
      path: ["logs", "encryption"],
      what: "logs.kmsKey is missing",
      why: "the bucket exists already (createBucket: false), and roles that read it need its key",
      fix: "write the ARN of the key that the bucket is encrypted with",
    },
  ];
}

const ALARMS = ["rdpRejects", "adminRejects", "allRejects", "rejectBand"] as const;

function alarmsHaveALogGroup({ alerts, cloudwatch }: ValidConfig): PlacedDetail[] {
  if (cloudwatch.logGroup !== null) return [];
  return ALARMS.flatMap((key) =>
    alerts[key] === null || alerts[key] === false
      ? []
      : [
          {
            path: ["alerts", key],
            what: `alerts.${key} watches nothing`,
            why: "alarms count lines of a log group, and cloudwatch.logGroup names none",
            fix: "name a log group, and flow logs are delivered there, too",
          },
        ],
  );
}

function lockedFilesExpireLater({ logs }: ValidConfig): PlacedDetail[] {
  if (logs.objectLock === null || logs.objectLock.days <= logs.retention) return [];
  return [
    {
      path: ["logs", "objectLock", "days"],
      what: "files stay longer than logs.retention says",
      why: `they are locked for ${logs.objectLock.days} days, the retention is ${logs.retention}`,
    },
  ];
}

function fieldsOf(fields: string): readonly string[] | undefined {
  try {
    return parseFields(fields).fields;
  } catch {
    return undefined; // another rule's affair
  }
}
