import { TurnawayError } from "@turnaway/core";
import { fail, failed, type Check, ok } from "@turnaway/core/checks";

import { factsOf } from "../../aws/error-facts.ts";
import { findMissingPermission, iamPermission } from "../../aws/missing-permission.ts";
import type { AthenaApi } from "../athena-api.ts";
import type { AthenaEngine } from "../athena-engine.ts";

/**
 * Starts, reads and stops a query that scans nothing: what no policy text can prove.
 *
 * A stop of a query that has ended changes nothing, and needs the same permission.
 */
export async function checkQuery(
  engine: AthenaEngine,
  api: AthenaApi,
  workgroup: string,
): Promise<Check[]> {
  let queryId: string | null;
  try {
    const { stats } = await engine.run({ name: "doctor", sql: "SELECT 1 AS one" });
    queryId = stats.queryId;
  } catch (error) {
    if (!(error instanceof TurnawayError)) throw error;
    return failed("QUERY", error);
  }
  const works = ok(
    "QUERY",
    "a query was started, waited for and read: athena:StartQueryExecution, GetQueryExecution, GetQueryResults and the place of results are allowed",
  );
  try {
    await api.stopQueryExecution({ QueryExecutionId: queryId! });
    return [works, ok("STOP", "athena:StopQueryExecution is allowed")];
  } catch (error) {
    const found =
      findMissingPermission(factsOf(error).message) ??
      iamPermission("athena:StopQueryExecution", `the workgroup ${workgroup}`);
    return [
      works,
      fail(
        "STOP",
        `the permission ${found.permission} is missing: an interrupted run would leave its query running, and billed`,
        found.fix,
      ),
    ];
  }
}
