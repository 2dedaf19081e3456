import { didYouMean, type ErrorCode, type ErrorDetail, TurnawayError } from "@turnaway/core";

import { type ErrorFacts, factsOf } from "../aws/error-facts.ts";
import {
  type Explained,
  type Explanation,
  explainFailure,
  explainIdentity,
  explainService,
} from "../aws/explain-failure.ts";
import { findMissingPermission, iamPermission } from "../aws/missing-permission.ts";
import { oneLine } from "../one-line.ts";

/** What was being asked, for the message and for the permission to name. */
export interface AskedOf {
  /** Of the statement, as the catalogue calls it. */
  readonly name: string;
  readonly queryId: string | null;
  /** The operation as IAM calls it, without the service. */
  readonly operation: string;
  readonly logGroup: string;
  readonly region: string;
  readonly text: string;
}

/** An error with the query's id in its place. */
export function failureAt(
  { name, queryId }: Pick<AskedOf, "name" | "queryId">,
  code: ErrorCode,
  { what, why, fix }: Pick<ErrorDetail, "what" | "why" | "fix">,
  cause?: unknown,
): TurnawayError {
  const id = queryId === null ? "" : `, query ${queryId}`;
  const where = `cloudwatch, ${name}${id}`;
  const detail = { what, where, why: oneLine(why), ...(fix === undefined ? {} : { fix }) };
  return new TurnawayError(code, detail, { cause });
}

/** One line for whatever the SDK threw; errors of our own pass. */
export function requestFailure(error: unknown, asked: AskedOf): TurnawayError {
  if (error instanceof TurnawayError) return error;
  const what = WHAT[asked.operation] ?? `CloudWatch Logs did not answer ${asked.operation}`;
  const { code = "AWS", ...detail } = explainFailure(error, asked, {
    explanations: EXPLANATIONS,
    fix: "run again; if it stays, ask AWS",
  });
  return failureAt(asked, code, { what, ...detail }, error);
}

/** True when the window ends before the log group began or after its retention: nothing is there. */
export function isBeforeLogs(error: unknown): boolean {
  const { name, message } = factsOf(error);
  return name === "MalformedQueryException" && /creation time|retention/i.test(message);
}

/** True when the service takes fewer rows than were asked for. */
export function isLimitTooHigh(error: unknown): boolean {
  const { name, message } = factsOf(error);
  return name === "InvalidParameterException" && /\blimit\b/i.test(message);
}

/** True when there is no log group of that name. */
export function isLogGroupMissing(error: unknown): boolean {
  const { name, message } = factsOf(error);
  return name === "ResourceNotFoundException" && /log group/i.test(message);
}

/** No such log group, and which there are; null when nobody may list them. */
export function logGroupMissing(asked: AskedOf, groups: readonly string[] | null): TurnawayError {
  const { logGroup, region } = asked;
  return failureAt(asked, "CONFIG", {
    what: "query could not be started",
    why: `there is no log group ${logGroup} in ${region}; ${sayGroups(groups)}`,
    fix:
      didYouMean(logGroup, groups ?? []) ??
      "set cloudwatch.logGroup and AWS_REGION to where the flow log writes",
  });
}

function sayGroups(groups: readonly string[] | null): string {
  if (groups === null) return "which there are may not be listed (logs:DescribeLogGroups)";
  if (groups.length === 0) return "there is none at all";
  const shown = groups.slice(0, SHOWN_GROUPS).join(", ");
  const more = groups.length - SHOWN_GROUPS;
  return `there are ${shown}${more > 0 ? ` and ${more} more` : ""}`;
}

const SHOWN_GROUPS = 10;

const WHAT: Readonly<Record<string, string>> = {
  StartQuery: "query could not be started",
  GetQueryResults: "the result could not be read",
};

const EXPLANATIONS: readonly Explanation<AskedOf>[] = [
  explainIdentity,
  encryptionKey,
  denied,
  tooManyQueries,
  (error, facts, { region }) =>
    explainService(error, facts, { service: "CloudWatch Logs", region }),
  malformed,
];

function denied(_error: unknown, facts: ErrorFacts, asked: AskedOf): Explained | undefined {
  const known = findMissingPermission(facts.message);
  if (known === undefined && !facts.name.startsWith("AccessDenied")) return undefined;
  const found =
    known ?? iamPermission(`logs:${asked.operation}`, `the log group ${asked.logGroup}`);
  return { why: `access denied: the permission ${found.permission} is missing`, fix: found.fix };
}

function encryptionKey(_error: unknown, { message }: ErrorFacts): Explained | undefined {
  if (!/\bkms\b/i.test(message) || /not authorized/i.test(message)) return undefined;
  return {
    why: `the key of the log group or of query results can not be used: ${message}`,
    fix: "allow kms:Decrypt in the role's policy and in the key policy, and see that the key is enabled",
  };
}

function tooManyQueries(_error: unknown, { name }: ErrorFacts): Explained | undefined {
  if (name !== "LimitExceededException") return undefined;
  return {
    why: "as many Insights queries of this account run as may, until the deadline",
    fix: "run again when others have ended; dashboards and scheduled queries count, too",
  };
}

function malformed(error: unknown, facts: ErrorFacts, { text }: AskedOf): Explained | undefined {
  if (facts.name !== "MalformedQueryException" && facts.name !== "InvalidParameterException") {
    return undefined;
  }
  const { queryCompileError } = error as {
    queryCompileError?: { message?: string; location?: { startCharOffset?: number } };
  };
  const at = queryCompileError?.location?.startCharOffset;
  const near = at === undefined ? "" : `, near "${text.slice(at, at + 40)}"`;
  return {
    code: "ENGINE",
    why: `Insights refused the query: ${queryCompileError?.message ?? facts.message}${near}`,
  };
}
