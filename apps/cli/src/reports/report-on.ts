import type { Report } from "@turnaway/core";

import { chooseEngine, refuseSources } from "../choose-engine.ts";
import type { Context } from "../context.ts";
import type { Options, Settings } from "../read-settings.ts";

/** The report as a value: of a source with DuckDB, else of what turnaway.yml names. */
export async function reportOn(
  specs: readonly string[],
  settings: Settings,
  options: Options,
  context: Context,
): Promise<Report> {
  const engine = chooseEngine(options);
  if (engine === "duckdb") {
    const { reportOnFiles } = await import("./report-on-files.ts");
    return reportOnFiles(specs, settings, options, context);
  }
  refuseSources(engine, specs);
  if (engine === "cloudwatch") {
    const { reportOnLogGroup } = await import("./report-on-log-group.ts");
    return reportOnLogGroup(settings, options, context);
  }
  const { reportOnWarehouse } = await import("./report-on-warehouse.ts");
  return reportOnWarehouse(engine, settings, { options, context });
}
