import type { Config } from "@turnaway/core";
import type { Settings } from "@turnaway/runs";
import { SAMPLE_WINDOW } from "@turnaway/runs/sql";
import {
  composeInsights,
  findInsights,
  insightsName,
  listInsights,
  type InsightsFile,
} from "@turnaway/sql";

import { insightsValues } from "./insights-values.ts";

/** The queries of Logs Insights, by the name that `sql show` takes. */
export function listShownInsights(): readonly { name: string; file: InsightsFile }[] {
  return listInsights().map((file) => ({ name: insightsName(file), file }));
}

/** A query of Logs Insights as it would run, with its header as comments. @throws TurnawayError USAGE. */
export function showInsights(name: string, settings: Settings): string {
  const file = findInsights(name);
  const { config, format, sql } = settings;
  const values = insightsValues(file, {}, config);
  const statement = composeInsights(file, {
    settings: sql,
    format: format ?? config.logs.format,
    window: SAMPLE_WINDOW,
    values,
  });
  return [...header(file, values, config), "", statement.sql, ""].join("\n");
}

function header(
  { columns, grain, what, ...file }: InsightsFile,
  values: Readonly<Record<string, number>>,
  { logs }: Config,
): string[] {
  const lines = [
    `insights query ${insightsName({ columns, grain, what, ...file })}: ${what}`,
    `grain: ${grain}`,
    "columns:",
    ...Object.entries(columns).map(([name, column]) => `  ${name}: ${column.what}`),
    ...Object.entries(file.values ?? {}).map(
      ([name, means]) => `value ${name}: ${means} (here ${values[name]})`,
    ),
    `for records of ${logs.format.fields.length} fields; choose 19 November 2026 as its time`,
  ];
  return lines.map((line) => `# ${line}`);
}
