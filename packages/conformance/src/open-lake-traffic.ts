import { openTraffic, type Traffic } from "@turnaway/engines/duckdb";
import { listLocalSources } from "@turnaway/sources";
import { DEFAULT_SETTINGS } from "@turnaway/sql";

import type { FilledLake } from "./fill-lake.ts";

/** The files of a lake as DuckDB reads them: what a warehouse is compared with. */
export async function openLakeTraffic(
  { folder, logs }: FilledLake,
  signal: AbortSignal,
): Promise<Traffic> {
  const { files } = await listLocalSources([folder], { tempDir: folder, signal });
  return openTraffic({
    files,
    source: "lake",
    sourceName: "lake",
    settings: DEFAULT_SETTINGS,
    state: { path: null, shareDays: false },
    settleHours: logs.settleHours,
    wanted: null,
    signal,
  });
}
