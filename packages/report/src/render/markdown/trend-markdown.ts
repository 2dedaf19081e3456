import type { Report } from "@turnaway/core";
import { mermaidTrend } from "../../charts/mermaid-trend.ts";
import { trendRows } from "../trend-rows.ts";
import { counted } from "../words.ts";
import { markdownCode } from "../../escape/markdown-code.ts";

/** The trend as sparklines, which show anywhere, and as a chart, which GitHub draws. */
export function trendMarkdown(trend: Report["trend"]): string {
  const rows = trendRows(trend).map(
    ({ label, line, last }) =>
      `- **${label}** ${line === "" ? "" : `${markdownCode(line)} `}${last}`,
  );
  return [
    `## Trend · ${counted(trend.length, "day")} since ${trend[0]!.day}`,
    "",
    ...rows,
    "",
    mermaidTrend(trend),
    ...(trend.some(({ covered }) => !covered)
      ? ["", "Days in parentheses have no logs: their refusals are unknown."]
      : []),
  ].join("\n");
}
