import type { Problem, QueryResult } from "@turnaway/core";
import { renderRowsCsv, renderRowsJson, renderRowsNdjson, renderTable } from "@turnaway/report";
import { choice, type Options, text, writeFile } from "@turnaway/runs";

import type { Context } from "./context.ts";
import { terminalStyle } from "./terminal.ts";
import { print } from "./write-output.ts";

/** Writes the rows of an answer as `--format` and `--out` say. */
export async function writeRows(
  result: Pick<QueryResult, "columns" | "rows">,
  options: Options,
  context: Context,
): Promise<void> {
  const format = choice(options, "format", ["table", "json", "ndjson", "csv"]) ?? "table";
  const out = text(options, "out");
  const style = out === undefined ? terminalStyle(options, context) : { color: false, width: 100 };
  const content = render(format, result, style);
  if (out === undefined) return print(content);
  writeFile(out, content);
  context.say(`wrote ${out}`);
}

/** Says what could not be trusted; then the exit code is 3, as the contract has it. */
export function reportProblems(problems: readonly Problem[], context: Context): void {
  const partial = problems.filter((problem) => problem.partial);
  for (const { code, where, detail } of partial)
    context.say(`PARTIAL: ${code} in ${where}: ${detail}`);
  if (partial.length > 0) context.outcome.exitCode = 3;
}

function render(
  format: "table" | "json" | "ndjson" | "csv",
  table: Pick<QueryResult, "columns" | "rows">,
  style: { color: boolean; width: number },
): string {
  switch (format) {
    case "table":
      return renderTable(table, style);
    case "json":
      return renderRowsJson(table);
    case "ndjson":
      return renderRowsNdjson(table);
    case "csv":
      return renderRowsCsv(table);
  }
}
