import { TurnawayError } from "@turnaway/core";

import { type ErrorFacts, factsOf, isExpired } from "../aws/error-facts.ts";
import {
  type Explained,
  type Explanation,
  explainFailure,
  explainIdentity,
  explainService,
} from "../aws/explain-failure.ts";
import { findMissingPermission, iamPermission } from "../aws/missing-permission.ts";
import { describeRefusedRole } from "./oidc-subject.ts";
import { failureAt, type QueryPlace } from "./query-place.ts";

/** What was being asked, for the message and for the permission to name. */
export interface AskedOf extends QueryPlace {
  /** The operation as IAM calls it, without the service. */
  readonly operation: string;
  readonly workgroup: string;
  readonly region: string;
  /** Where results are written; null when Athena keeps them, or when it is not known. */
  readonly outputLocation: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** One line for whatever the SDK threw; errors of our own pass. */
export function requestFailure(error: unknown, asked: AskedOf): TurnawayError {
  if (error instanceof TurnawayError) return error;
  const what = WHAT[asked.operation] ?? `Athena did not answer ${asked.operation}`;
  const { code = "AWS", ...detail } = explainFailure(error, asked, {
    explanations: EXPLANATIONS,
    fix: "run `turnaway doctor --engine athena`",
  });
  return failureAt(asked, code, { what, ...detail }, error);
}

/** True for the refusal that `error` is; the preflight lets some of them pass. */
export function isDenied(error: unknown): boolean {
  const { name, status, message } = factsOf(error);
  return name.startsWith("AccessDenied") || status === 403 || /not authorized/i.test(message);
}

const WHAT: Readonly<Record<string, string>> = {
  StartQueryExecution: "query could not be started",
  GetQueryExecution: "the state of the query could not be read",
  GetQueryResults: "the result could not be read",
  GetWorkGroup: "the workgroup could not be read",
};

const EXPLANATIONS: readonly Explanation<AskedOf>[] = [
  refusedRole,
  expiredMeanwhile,
  explainIdentity,
  noWorkgroup,
  noOutputLocation,
  wrongOutputLocation,
  denied,
  tooManyQueries,
  (error, facts, { region }) => explainService(error, facts, { service: "Athena", region }),
  badStatement,
];

function refusedRole(_error: unknown, { message }: ErrorFacts, { env }: AskedOf) {
  if (!/not authorized to perform:? sts:AssumeRole/i.test(message)) return undefined;
  return { code: "CONFIG" as const, ...describeRefusedRole(env) };
}

function expiredMeanwhile(error: unknown, facts: ErrorFacts, { queryId }: AskedOf) {
  const explained = isExpired(error) ? explainIdentity(error, facts) : undefined;
  if (explained === undefined || queryId === null) return undefined;
  return { ...explained, fix: `${explained.fix}; Athena keeps what this query does` };
}

function noWorkgroup(_error: unknown, { message }: ErrorFacts, { workgroup, region }: AskedOf) {
  if (!/work ?group.* (is )?not found|work ?group.* does not exist/i.test(message))
    return undefined;
  return {
    code: "CONFIG" as const,
    why: `there is no workgroup ${workgroup} in ${region}`,
    fix: "set athena.workgroup and AWS_REGION, or run `turnaway deploy apply`",
  };
}

function noOutputLocation(_error: unknown, { message }: ErrorFacts, { workgroup }: AskedOf) {
  if (!/no output location/i.test(message)) return undefined;
  return {
    code: "CONFIG" as const,
    why: `the workgroup ${workgroup} has nowhere to write results`,
    fix: "give the workgroup an output location, or turn on its managed query results",
  };
}

function wrongOutputLocation(_error: unknown, { message }: ErrorFacts, asked: AskedOf) {
  if (!OUTPUT_LOCATION.test(message)) return undefined;
  const bucket = /^s3:\/\/([^/]+)/.exec(asked.outputLocation ?? "")?.[1] ?? "of the results";
  return {
    code: "CONFIG" as const,
    why: `the bucket ${bucket} can not take results: ${message}`,
    fix: `use a bucket in ${asked.region} that belongs to this account, or turn on managed query results`,
  };
}

function denied(error: unknown, { message }: ErrorFacts, asked: AskedOf): Explained | undefined {
  const known = findMissingPermission(message);
  if (known === undefined && !isDenied(error)) return undefined;
  const found =
    known ??
    (asked.operation === "GetQueryResults" && asked.outputLocation !== null
      ? iamPermission("s3:GetObject", asked.outputLocation)
      : iamPermission(`athena:${asked.operation}`, `the workgroup ${asked.workgroup}`));
  return { why: `access denied: the permission ${found.permission} is missing`, fix: found.fix };
}

function tooManyQueries(_error: unknown, facts: ErrorFacts): Explained | undefined {
  if (facts.name !== "TooManyRequestsException") return undefined;
  return {
    why: "Athena has more queries of this account than it takes (TooManyRequestsException), until the deadline",
    fix: "run again when others have ended, or ask AWS for a higher quota of active DML queries",
  };
}

function badStatement(_error: unknown, { name, message }: ErrorFacts): Explained | undefined {
  if (name !== "InvalidRequestException") return undefined;
  return { code: "ENGINE", why: `Athena refused the request: ${message}` };
}

const OUTPUT_LOCATION =
  /unable to verify\/create output bucket|location provided to save your query results is invalid|output bucket .* (is in|different) |not in the same region/i;
