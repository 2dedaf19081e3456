import { queryName, type SqlFile } from "../src/sql-file.ts";
import { fenced, GENERATED_NOTE, meaningTable, parameterTable, table } from "./markdown.ts";

/** The catalogue of queries and views as one page. */
export function queryPage(files: readonly SqlFile[]): string {
  const queries = files.filter((f) => f.kind === "queries" && !f.name.startsWith("trace_"));
  const traces = files.filter((f) => f.kind === "queries" && f.name.startsWith("trace_"));
  const views = files.filter((f) => ["views", "rollups"].includes(f.kind));
  return [
    GENERATED_NOTE,
    "",
    "# Queries",
    "",
    "`turnaway query NAME SOURCE…` runs one of these, `turnaway sql show NAME` prints its text.",
    "Those that read a rollup count each conversation once, however many interfaces logged it.",
    "The others answer as logged. Windows of the rollups are whole hours.",
    "",
    ...table(
      ["query", "answers", "counts"],
      queries.map((f) => [`[${queryName(f)}](#${queryName(f)})`, f.what, counting(f)]),
    ),
    ...queries.flatMap((f) => section(queryName(f), f, exampleOf(f))),
    "# What `turnaway trace` asks",
    "",
    ...traces.flatMap((f) => section(f.name, f, [])),
    "# Views and rollups",
    "",
    ...views.flatMap((f) => section(f.name, f, [])),
    "# What dashboards read",
    "",
    ...files
      .filter((f) => f.kind === "datasets")
      .flatMap((f) => section(`dashboard ${f.name}`, f, [])),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(title: string, file: SqlFile, example: readonly string[]): readonly string[] {
  return [
    `## ${title}`,
    "",
    file.what,
    "",
    `- Grain: ${file.grain}`,
    `- Reads: ${file.reads}`,
    `- Prunes on: ${file.prunes}`,
    `- Cost: ${file.cost}`,
    "",
    ...parameterTable(file.parameters),
    ...meaningTable("column", file.columns),
    ...example,
  ];
}

function counting(file: SqlFile): string {
  return file.reads?.includes("traffic_rollup") === true ? "once" : "as logged";
}

const EXAMPLES: Readonly<Record<string, string>> = {
  integer: "10",
  decimal: "0.5",
  text: "text",
  address: "10.0.3.7",
  cidr: "10.0.16.0/20",
  port: "443",
  protocol: "tcp",
  time: "2026-11-19",
};

function exampleOf(file: SqlFile): readonly string[] {
  const params = Object.entries(file.parameters ?? {})
    .filter(([, p]) => p.default === undefined)
    .map(([name, p]) => ` --param ${name}=${EXAMPLES[p.type]!}`);
  return fenced("sh", `turnaway query ${queryName(file)} ./logs${params.join("")}`);
}
