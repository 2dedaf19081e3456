import type { QueryExecution } from "@aws-sdk/client-athena";
import type { ErrorCode, ErrorDetail, TurnawayError } from "@turnaway/core";

import { findMissingPermission } from "../aws/missing-permission.ts";
import { failureAt, type QueryPlace } from "./query-place.ts";

/** An execution that ended in FAILED or CANCELLED, with what is needed to explain it. */
export interface EndedBadly extends QueryPlace {
  readonly sql: string;
  readonly execution: QueryExecution;
  /** Of the workgroup; null when it has none. */
  readonly cutoffBytes: number | null;
}

/** One line for a query that Athena took and did not finish. */
export function queryFailure(ended: EndedBadly): TurnawayError {
  const reason = reasonOf(ended.execution);
  for (const explain of EXPLANATIONS) {
    const explained = explain(reason, ended);
    if (explained !== undefined) {
      const { code = "ENGINE", what = "query failed", ...detail } = explained;
      return failureAt(ended, code, { what, ...detail });
    }
  }
  const category = CATEGORIES[ended.execution.Status?.AthenaError?.ErrorCategory ?? 0];
  return failureAt(ended, "ENGINE", {
    what: "query failed",
    why: category === undefined ? reason : `${category}: ${reason}`,
    fix: "run again; if it stays, report it with the query's id",
  });
}

/**
 * Whether Athena may well succeed with the same query: it says so itself, or S3 asked to slow
 * down. What the user has to mend never is.
 */
export function isWorthAnotherRun({ Status }: QueryExecution): boolean {
  if (Status?.State !== "FAILED") return false;
  const { ErrorCategory: category, Retryable: retryable } = Status.AthenaError ?? {};
  if (SLOW_DOWN.test(Status.StateChangeReason ?? Status.AthenaError?.ErrorMessage ?? ""))
    return true;
  return retryable === true && category !== USER;
}

const USER = 2;
const CATEGORIES: Readonly<Record<number, string>> = {
  1: "an error of Athena's own",
  2: "an error in the query or its data",
};
const SLOW_DOWN = /SlowDown|reduce your request rate/i;

function reasonOf({ Status }: QueryExecution): string {
  const text = Status?.StateChangeReason || Status?.AthenaError?.ErrorMessage;
  return text ?? "no reason given";
}

type Explained = Pick<ErrorDetail, "why" | "fix"> & {
  readonly code?: ErrorCode;
  readonly what?: string;
};
type Explanation = (reason: string, ended: EndedBadly) => Explained | undefined;

const EXPLANATIONS: readonly Explanation[] = [
  noReason,
  cutoff,
  cancelled,
  denied,
  slowDown,
  timeout,
  missingRelation,
  staleView,
  outputLocation,
  badObject,
  tooLarge,
  wrongSql,
];

function noReason(reason: string, { execution }: EndedBadly): Explained | undefined {
  if (reason !== "no reason given") return undefined;
  const state = execution.Status?.State;
  return state === "CANCELLED"
    ? undefined
    : { why: reason, fix: "run again; if it stays, ask AWS support about the query's id" };
}

function cutoff(reason: string, { execution, cutoffBytes }: EndedBadly): Explained | undefined {
  if (!/bytes scanned limit/i.test(reason)) return undefined;
  const scanned = execution.Statistics?.DataScannedInBytes ?? 0;
  const limit = cutoffBytes === null ? "" : ` of ${sizeOf(cutoffBytes)}`;
  return {
    what: "query was stopped at the workgroup's scan limit",
    why: `it had read ${sizeOf(scanned)}, the limit${limit} is per query, and what was read is billed`,
    fix: "ask about fewer days (--date, --since, --until) or raise athena.scanLimit",
  };
}

function cancelled(reason: string, { execution }: EndedBadly): Explained | undefined {
  if (execution.Status?.State !== "CANCELLED") return undefined;
  return {
    what: "query was cancelled outside",
    why: `somebody else stopped it: ${reason}`,
    fix: "run again",
  };
}

function denied(reason: string, { execution }: EndedBadly): Explained | undefined {
  const found = findMissingPermission(reason);
  if (found !== undefined) {
    const why = `access denied: the permission ${found.permission} is missing`;
    return { code: "AWS", why: `${why} (${reason})`, fix: found.fix };
  }
  // Athena's own types for what the caller may not do, with whatever text.
  if (!ACCESS_TYPES.has(execution.Status?.AthenaError?.ErrorType ?? 0)) return undefined;
  return {
    code: "AWS",
    why: `access denied: ${reason}`,
    fix: "allow the role to read the tables in Glue and their objects in S3",
  };
}

const ACCESS_TYPES: ReadonlySet<number> = new Set([1500, 1501]);

function slowDown(reason: string): Explained | undefined {
  if (!SLOW_DOWN.test(reason)) return undefined;
  return {
    why: "S3 asked to slow down, also when the query was run again",
    fix: "run again in some minutes, or ask about fewer days",
  };
}

function timeout(reason: string): Explained | undefined {
  if (!/query (exhausted .*time|timeout|timed out|exceeded .*time)/i.test(reason)) return undefined;
  return { why: `Athena gave up: ${reason}`, fix: "ask about fewer days" };
}

function missingRelation(reason: string): Explained | undefined {
  const match = /(Table|View|Schema|Database) '?([\w."]+?)'? does not exist/i.exec(reason);
  const missing = match ?? /(TABLE|SCHEMA|DATABASE)_NOT_FOUND/.exec(reason);
  if (missing === null) return undefined;
  return {
    why: reason,
    fix: "run `turnaway deploy apply` for tables, `turnaway views deploy` for views and `turnaway rollup build` for the rollup",
  };
}

function staleView(reason: string): Explained | undefined {
  if (!/INVALID_VIEW|VIEW_IS_STALE|view '?[\w."]+'? is (stale|invalid)/i.test(reason)) {
    return undefined;
  }
  return {
    why: reason,
    fix: "run `turnaway views deploy`: it makes all views anew, in their order",
  };
}

function outputLocation(reason: string): Explained | undefined {
  if (!/output (bucket|location)|query results? (bucket|location)/i.test(reason)) return undefined;
  return {
    code: "CONFIG",
    why: reason,
    fix: "use a bucket of this account and region for results, or turn on managed query results",
  };
}

function badObject(reason: string): Explained | undefined {
  if (!/HIVE_(CURSOR_ERROR|BAD_DATA|CANNOT_OPEN_SPLIT|FILESYSTEM_ERROR|INVALID_\w+)/.test(reason)) {
    return undefined;
  }
  const address = /s3:\/\/[^\s,;()]+[^\s,;():.]/.exec(reason)?.[0];
  return address === undefined
    ? {
        what: "an object in the logs can not be read",
        why: reason,
        fix: 'find it with SELECT "$path", count(*) FROM flow_logs GROUP BY 1 on one day at a time, and move it away',
      }
    : {
        what: `the object ${address} can not be read`,
        why: reason,
        fix: "fetch it again or move it out of the prefix: one bad object fails every query on its day",
      };
}

function tooLarge(reason: string): Explained | undefined {
  if (!/exhausted resources|TOO_MANY_STAGES|EXCEEDED_\w*MEMORY|EXCEEDED_LOCAL/i.test(reason))
    return undefined;
  return { why: reason, fix: "ask about fewer days" };
}

function wrongSql(reason: string, { sql }: EndedBadly): Explained | undefined {
  const match = /line (\d+):(\d+):/.exec(reason);
  if (match === null) return undefined;
  const line = sql.split("\n")[Number(match[1]) - 1]?.trim();
  const shown = line === undefined ? "" : ` at \`${line.slice(0, 120)}\``;
  return {
    why: `${reason}${shown}`,
    fix: "correct the SQL; if it is one of Turnaway's own, report it as a bug",
  };
}

function sizeOf(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(1)} GB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
