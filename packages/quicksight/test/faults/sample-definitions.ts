import type { DefinitionFiles } from "@turnaway/dashboards";

const FILES: DefinitionFiles = {
  "dashboard.yml": "name: Sample\nsheets: [ overview ]\n",
  "data-sets/coverage.yml": dataSet("Coverage", [
    "refresh: daily",
    "refresh-by: day",
    "lookback: 3 days",
  ]),
  "sheets/overview.yml": [
    "name: Overview",
    "grid:",
    "  width: 1600px",
    "  rows:",
    "    - row: low",
    "      items: { records: full }",
    "",
  ].join("\n"),
  "visuals/records.yml": "type: kpi\ntitle: Records\ndata-set: coverage\nvalues: sum(records)\n",
};

/** One small dashboard: each run of a matrix has as few requests as a deployment can have. */
export const SAMPLE: ReadonlyMap<string, DefinitionFiles> = definitions({});

/** The same with another measure in its visual. */
export const CHANGED_VISUAL: ReadonlyMap<string, DefinitionFiles> = definitions({
  "visuals/records.yml": "type: kpi\ntitle: Bytes\ndata-set: coverage\nvalues: sum(bytes)\n",
});

/** The same over a data set of another name, which is refreshed in another way. */
export const CHANGED_DATA_SET: ReadonlyMap<string, DefinitionFiles> = definitions({
  "data-sets/coverage.yml": dataSet("Renamed", [
    "refresh: daily",
    "refresh-by: day",
    "lookback: 7 days",
  ]),
});

/** The same with a column that the data set does not have. */
export const MISSING_COLUMN: ReadonlyMap<string, DefinitionFiles> = definitions({
  "visuals/records.yml": "type: kpi\ntitle: Rows\ndata-set: coverage\nvalues: sum(rows)\n",
});

/** @param changed files that are other than in the sample */
export function definitions(changed: DefinitionFiles): ReadonlyMap<string, DefinitionFiles> {
  return new Map([["sample", { ...FILES, ...changed }]]);
}

function dataSet(name: string, refresh: readonly string[]): string {
  return [`name: ${name}`, "source: datasets/coverage", "mode: spice", ...refresh, ""].join("\n");
}
