import type { Run } from "../command-spec.ts";
import { choice, readSettings } from "../read-settings.ts";
import { findShown, listShown, showSql } from "../show-sql.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

/** `turnaway sql list`: every file of SQL, with what it answers. */
export const list: Run = (_args, options, context) => {
  const rows = listShown().map(({ kind, name, file }) => ({ kind, name, what: file.what }));
  const columns = ["kind", "name", "what"].map((name) => ({ name, type: "varchar" }));
  return writeRows({ columns, rows }, options, context);
};

/** `turnaway sql show NAME`: its text, as the configuration makes it. */
export const show: Run = async ([name], options) => {
  const dialect = choice(options, "dialect", ["athena", "trino", "duckdb", "insights"]) ?? "athena";
  const file = findShown(name as string, dialect);
  await print(showSql(file, dialect, readSettings(options)));
};
