import type { Count, Report } from "@turnaway/core";
import { sparkline } from "../charts/sparkline.ts";
import { countText, counted } from "./words.ts";

/** The trend as lines of text: refused, accepted, and the days that no log covers. */
export function trendRows(
  trend: Report["trend"],
): { readonly label: string; readonly line: string; readonly last: string }[] {
  const last = trend.at(-1);
  if (last === undefined) return [];
  const row = (label: string, countOf: (day: Report["trend"][number]) => Count) => ({
    label,
    line: sparkline(trend.map((day) => (day.covered ? countOf(day) : null))),
    last: `${last.covered ? countText(countOf(last)) : "unknown"} on ${last.day}`,
  });
  const gaps = trend.filter(({ covered }) => !covered).length;
  return [
    row("Refused", ({ rejected }) => rejected),
    row("Accepted", ({ accepted }) => accepted),
    ...(gaps === 0
      ? []
      : [{ label: "No logs", line: "", last: `${counted(gaps, "day")}, shown as ·` }]),
  ];
}
