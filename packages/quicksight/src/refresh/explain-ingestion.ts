import type { Ingestion } from "@aws-sdk/client-quicksight";
import type { ErrorDetail } from "@turnaway/core";

/** Why an import failed, and what to do. */
export function explainIngestion(id: string, ingestion: Partial<Ingestion>): ErrorDetail {
  const { IngestionId = "", IngestionStatus, ErrorInfo } = ingestion;
  const where = `${id}, ${IngestionId}`;
  if (IngestionStatus === "CANCELLED") {
    const what = "the import was cancelled";
    return { what, where, why: "somebody stopped it", fix: "run the same command again" };
  }
  const { Type = "an error", Message = "" } = ErrorInfo ?? {};
  return {
    what: "the import failed",
    where,
    why: Message === "" ? Type : `${Type}: ${Message.replace(/\.$/, "")}`,
    fix: FIXES[Type] ?? "run the same command again; if it fails again, try --full",
  };
}

const CAPACITY =
  "buy SPICE capacity in QuickSight, delete data sets that nobody reads, or write `mode: direct` in the data set's file";
const VIEWS = "deploy the views that the data sets read: `turnaway views deploy`";
const ROLE = "check the role of QuickSight with `turnaway dashboards init`";

const FIXES: Readonly<Record<string, string>> = {
  ACCOUNT_CAPACITY_LIMIT_EXCEEDED: CAPACITY,
  DATA_SET_SIZE_LIMIT_EXCEEDED: CAPACITY,
  SQL_TABLE_NOT_FOUND: VIEWS,
  SQL_SCHEMA_MISMATCH_ERROR: VIEWS,
  SQL_EXCEPTION: VIEWS,
  IAM_ROLE_NOT_AVAILABLE: ROLE,
  FAILURE_TO_ASSUME_ROLE: ROLE,
  PERMISSION_DENIED: ROLE,
  DATA_SOURCE_AUTH_FAILED: ROLE,
  DATA_SOURCE_NOT_FOUND: "run `turnaway dashboards deploy`",
  DATA_SET_NOT_SPICE: "run `turnaway dashboards deploy`: the live data set asks Athena directly",
  QUERY_TIMEOUT: "look at the query in Athena's history; a shorter `lookback` reads less",
  SOURCE_RESOURCE_LIMIT_EXCEEDED: "raise athena.scanLimitBytes, or write a shorter `lookback`",
};
