import type { Report } from "@turnaway/core";

import { chooseEngine, refuseSources } from "../choose-engine.ts";
import type { Ports } from "../ports.ts";
import type { ReportRequest } from "./report-request.ts";

/**
 * The report as a value: of a source with DuckDB, else of what turnaway.yml names. The engine
 * is loaded here, on first use.
 *
 * @throws TurnawayError as the engine, the logs or the settings have it.
 */
export async function reportOn(request: ReportRequest, ports: Ports): Promise<Report> {
  const engine = chooseEngine(request.options);
  if (engine === "duckdb") {
    const { reportOnFiles } = await import("./report-on-files.ts");
    return reportOnFiles(request, ports);
  }
  refuseSources(engine, request.sources);
  if (engine === "cloudwatch") {
    const { reportOnLogGroup } = await import("./report-on-log-group.ts");
    return reportOnLogGroup(request, ports);
  }
  const { reportOnWarehouse } = await import("./report-on-warehouse.ts");
  return reportOnWarehouse(engine, request, ports);
}
