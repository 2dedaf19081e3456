import { type InsightsFile, insightsName } from "../src/insights-file.ts";
import { INSIGHTS_SECTIONS } from "../src/insights-sections.ts";
import { fenced, GENERATED_NOTE, table } from "./markdown.ts";

/** What CloudWatch Logs Insights answers, and with which queries, as one page. */
export function insightsPage(files: readonly InsightsFile[]): string {
  return [
    GENERATED_NOTE,
    "",
    "# CloudWatch Logs Insights",
    "",
    "For flow logs that never reach S3. Insights answers the sections below; a report from it says",
    "the others absent. Everything counts as logged: a conversation that two interfaces logged is",
    "in it twice. Each query scans the log events of its window, and AWS bills the bytes scanned.",
    "",
    "## Sections of the report",
    "",
    ...table(
      ["section", "answered by", "what to know"],
      INSIGHTS_SECTIONS.map((section) =>
        "absent" in section
          ? [section.section, "absent", section.absent]
          : [section.section, section.by.map(link).join(", "), section.but ?? ""],
      ),
    ),
    "## Queries",
    "",
    "`{{srcaddr}}` and the like stand for fields: as Insights discovers them in records of the",
    "default format, or as `parse @message` names them for any other. `turnaway sql show NAME",
    "--dialect insights` fills them in.",
    "",
    ...files.flatMap(section),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
}

function section(file: InsightsFile): readonly string[] {
  return [
    `### ${insightsName(file)}`,
    "",
    file.what,
    "",
    `- Grain: ${file.grain}`,
    `- Order: ${file.order}`,
    ...(file.limit === undefined ? [] : [`- Rows: ${file.limit}, unless asked for more`]),
    "",
    ...table(
      ["column", "meaning", "slices are put together by"],
      Object.entries(file.columns).map(([name, { what, merge }]) => [
        `\`${name}\``,
        what,
        merge ?? "nothing: it can't be sliced",
      ]),
    ),
    ...fenced("", file.text),
  ];
}

function link(name: string): string {
  return `[${name}](#${name})`;
}
