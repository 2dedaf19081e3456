import { choice, type Options, readSettings } from "@turnaway/runs";
import { findShown, listShown, showSql } from "@turnaway/runs/sql";

import type { Run } from "../command-spec.ts";
import { listShownInsights, showInsights } from "../show-insights.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

/** `turnaway sql list`: every file of SQL, or of Logs Insights, with what it answers. */
export const list: Run = (_args, options, context) => {
  const rows =
    dialectOf(options) === "insights"
      ? listShownInsights().map(({ name, file }) => ({ kind: "insights", name, what: file.what }))
      : listShown().map(({ kind, name, file }) => ({ kind, name, what: file.what }));
  const columns = ["kind", "name", "what"].map((name) => ({ name, type: "varchar" }));
  return writeRows({ columns, rows }, options, context);
};

/** `turnaway sql show NAME`: its text, as the configuration makes it. */
export const show: Run = async ([name], options) => {
  const dialect = dialectOf(options);
  const settings = readSettings(options);
  await print(
    dialect === "insights"
      ? showInsights(name as string, settings)
      : showSql(findShown(name as string), dialect, settings),
  );
};

function dialectOf(options: Options): "athena" | "trino" | "duckdb" | "insights" {
  return choice(options, "dialect", ["athena", "trino", "duckdb", "insights"]) ?? "athena";
}
