import { TurnawayError } from "@turnaway/core";

import { oneLine } from "../one-line.ts";
import type { StatementAnswer } from "./connection.ts";
import { type RequestFailure } from "./request-failure.ts";

/** Which query it was: its name with us, and its id on the server once that is known. */
export interface QueryPlace {
  readonly name: string;
  readonly id: string | null;
}

/** The error of a query that Trino ran and gave up. */
export function queryError(
  place: QueryPlace,
  { message, errorName, errorType }: NonNullable<StatementAnswer["error"]>,
): TurnawayError {
  return new TurnawayError("ENGINE", {
    what: "query failed",
    where: whereOf(place),
    why: `${errorName}: ${said(message)}`,
    fix: FIX_BY_NAME[errorName] ?? FIX_BY_TYPE[errorType] ?? FIX_BY_TYPE["INTERNAL_ERROR"]!,
  });
}

/** The error of a request that never came to an answer. */
export function requestError(
  place: QueryPlace,
  url: string,
  failure: RequestFailure,
): TurnawayError {
  const { status, code } = failure;
  const why = status === undefined ? failure.message : `HTTP ${status}, ${failure.message}`;
  return new TurnawayError(
    "ENGINE",
    {
      what: place.id === null ? "Trino can't be asked" : "Trino is gone in the middle of a query",
      where: `${whereOf(place)}, ${url}`,
      why: said(why),
      fix:
        (status === undefined ? fixOfCode(code ?? "") : FIX_BY_STATUS[status]) ??
        "see whether this is the address of a Trino coordinator, and what its log says",
    },
    { cause: failure },
  );
}

const DEPLOY =
  "run `turnaway views deploy` and `turnaway rollup build` for this catalog and schema";

/** Source: trino.io, `StandardErrorCode` and the error codes of the Hive and Iceberg connectors. */
const FIX_BY_NAME: Readonly<Record<string, string>> = {
  TABLE_NOT_FOUND: DEPLOY,
  SCHEMA_NOT_FOUND: `name a schema that exists; then ${DEPLOY}`,
  CATALOG_NOT_FOUND: "name a catalog that `SHOW CATALOGS` lists",
  MISSING_CATALOG_NAME: "name the catalog and the schema of the tables",
  MISSING_SCHEMA_NAME: "name the schema of the tables",
  COLUMN_NOT_FOUND: DEPLOY,
  INVALID_VIEW: "run `turnaway views deploy`: a view no longer fits its tables",
  VIEW_IS_STALE: "run `turnaway views deploy`: a view no longer fits its tables",
  PERMISSION_DENIED: "let the user read the tables of this catalog and schema",
  SYNTAX_ERROR: "correct the SQL; our own files are written for Trino 476 and Athena version 3",
  FUNCTION_NOT_FOUND: "correct the SQL, or update Trino: our own files need no newer one than 476",
  EXCEEDED_TIME_LIMIT: "ask about fewer days, or raise query_max_run_time",
  EXCEEDED_CPU_LIMIT: "ask about fewer days, or raise query_max_cpu_time",
  EXCEEDED_SCAN_LIMIT: "ask about fewer days, or raise query_max_scan_physical_bytes",
  EXCEEDED_LOCAL_MEMORY_LIMIT: "ask about fewer days, or give the workers more memory",
  EXCEEDED_GLOBAL_MEMORY_LIMIT: "ask about fewer days, or give the workers more memory",
  CLUSTER_OUT_OF_MEMORY: "run again when the cluster is less busy, or give it more memory",
  QUERY_HAS_TOO_MANY_STAGES: "raise query.max-stage-count on the server",
  QUERY_QUEUE_FULL: "run again when fewer queries wait, or ask for a resource group of its own",
  QUERY_REJECTED: "see which resource group of the server takes this user",
  NO_NODES_AVAILABLE: "run again when workers are there",
  SERVER_STARTING_UP: "run again in a minute",
  SERVER_SHUTTING_DOWN: "run again when the server is back",
  USER_CANCELED: "somebody cancelled it on the server: run again",
  ADMINISTRATIVELY_KILLED: "an administrator ended it: ask why before you run it again",
  ADMINISTRATIVELY_PREEMPTED: "the server preferred another query: run again",
  ABANDONED_QUERY: "run again: the server heard nothing from this machine for minutes",
  HIVE_CURSOR_ERROR: "run `turnaway doctor`: a file is not what the table says",
  HIVE_BAD_DATA: "run `turnaway doctor`: a file is not what the table says",
  HIVE_FILESYSTEM_ERROR: "see whether the server may read the bucket",
  HIVE_METASTORE_ERROR: "see whether the server may read the catalogue, then run again",
  ICEBERG_COMMIT_ERROR: "run again: another build was faster",
  TRANSACTION_CONFLICT: "run again: another build was faster",
};

const FIX_BY_TYPE: Readonly<Record<string, string>> = {
  USER_ERROR: "run `turnaway doctor --engine trino`; if that finds nothing, report this as a bug",
  INSUFFICIENT_RESOURCES: "ask about fewer days, or give the cluster more room",
  EXTERNAL: "see whether the server reaches the bucket and the catalogue, then run again",
  INTERNAL_ERROR: "run again; if it stays, look up the query id in the server's log",
};

const FIX_BY_STATUS: Readonly<Record<number, string>> = {
  401: "give the user and password, or the token, that this server knows",
  403: "ask for the right to run queries as this user",
  404: "write the address of the coordinator without a path",
  429: "run again later, or with fewer queries side by side",
  502: "see whether the coordinator behind the proxy is up",
  503: "see whether the coordinator is up",
  504: "see whether the coordinator behind the proxy is up",
};

function fixOfCode(code: string): string | undefined {
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(code)) {
    return "give the certificate of the authority that signed the server's, and the name that stands in it";
  }
  if (code === "EPROTO") return "see whether the port speaks TLS: http:// or https://";
  if (/^(ENOTFOUND|ECONNREFUSED|EAI_AGAIN)$/.test(code))
    return "correct host and port, or start the server";
  return undefined;
}

function whereOf({ name, id }: QueryPlace): string {
  return id === null ? `trino, ${name}` : `trino, ${name}, query ${id}`;
}

// A plan that failed comes with all of itself.
function said(text: string): string {
  return oneLine(text.slice(0, LONGEST_REASON));
}

const LONGEST_REASON = 600;
