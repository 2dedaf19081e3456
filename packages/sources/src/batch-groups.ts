import type { LogFormat } from "@turnaway/core";

import type { ParquetColumn } from "./parquet.ts";
import type { FileResult } from "./settle-claims.ts";

/** The results as an engine reads them: by format, and by schema. */
export function groupResults(results: readonly FileResult[]): {
  text: TextGroup[];
  parquet: ParquetGroup[];
} {
  return { text: textGroups(results), parquet: parquetGroups(results) };
}

/**
 * Files of UTF-8 lines ending in LF, without header: as many tokens as the format has
 * fields, one space between them, no quoting. Integers are `-` or in range, times are
 * Unix seconds, actions ACCEPT, REJECT or `-`.
 */
export interface TextGroup {
  readonly format: LogFormat;
  readonly paths: readonly string[];
  readonly records: number;
}

export interface ParquetGroup {
  readonly columns: readonly ParquetColumn[];
  readonly paths: readonly string[];
  readonly records: number;
}

function textGroups(results: readonly FileResult[]): TextGroup[] {
  const groups = new Map<string, { paths: Set<string>; records: number }>();
  for (const { outcome, original } of results) {
    for (const { format, path } of outcome.clean) groupOf(groups, format).paths.add(path);
    if (original !== undefined || outcome.tally === null) continue;
    for (const [format, records] of Object.entries(outcome.tally.formats)) {
      groupOf(groups, format).records += records;
    }
  }
  return sorted(groups).map(([format, { paths, records }]) => ({
    format: { fields: format.split(" ") },
    paths: [...paths].sort(),
    records,
  }));
}

function parquetGroups(results: readonly FileResult[]): ParquetGroup[] {
  const groups = new Map<
    string,
    { paths: Set<string>; records: number; columns: readonly ParquetColumn[] }
  >();
  for (const { file, outcome, original } of results) {
    const table = outcome.parquet;
    if (table === null || original !== undefined || table.records === 0) continue;
    const schema = table.columns.map(({ source, type }) => `${source} ${type}`).join(", ");
    const group = groups.get(schema) ?? { paths: new Set(), records: 0, columns: table.columns };
    group.paths.add(file.path);
    group.records += table.records;
    groups.set(schema, group);
  }
  return sorted(groups).map(([, { columns, paths, records }]) => ({
    columns,
    paths: [...paths],
    records,
  }));
}

function groupOf(
  groups: Map<string, { paths: Set<string>; records: number }>,
  format: string,
): { paths: Set<string>; records: number } {
  let group = groups.get(format);
  if (group === undefined) groups.set(format, (group = { paths: new Set(), records: 0 }));
  return group;
}

function sorted<Value>(groups: ReadonlyMap<string, Value>): [string, Value][] {
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}
