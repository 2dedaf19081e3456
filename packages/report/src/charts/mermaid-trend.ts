import type { Report } from "@turnaway/core";
import { shortDay } from "../render/times.ts";

/**
 * Refused records a day as a Mermaid chart, which GitHub draws.
 *
 * Mermaid has no gaps: a day that no log covers stands in parentheses at zero.
 */
export function mermaidTrend(trend: Report["trend"]): string {
  const most = trend.reduce((max, { rejected }) => Math.max(max, Number(rejected)), 1);
  const bars = trend.map(({ rejected, covered }) => (covered ? digits(Number(rejected)) : "0"));
  return [
    "```mermaid",
    '%%{init: {"xyChart": {"width": 760, "height": 280}}}%%',
    "xychart-beta",
    '    title "Refused records a day"',
    `    x-axis [${dayLabels(trend).join(", ")}]`,
    `    y-axis "records" 0 --> ${digits(most)}`,
    `    bar [${bars.join(", ")}]`,
    "```",
  ].join("\n");
}

// The month only where it changes, or labels overlap. Equal labels would share one
// bar, so a trend over more than a month has the month on each.
function dayLabels(trend: Report["trend"]): string[] {
  let month = "";
  return trend.map(({ day, covered }) => {
    const sameMonth = day.slice(0, 7) === month && trend.length <= 28;
    month = day.slice(0, 7);
    const label = sameMonth ? String(Number(day.slice(8))) : shortDay(day);
    return covered ? `"${label}"` : `"(${label})"`;
  });
}

// Mermaid reads no exponents.
function digits(size: number): string {
  return BigInt(Math.round(size)).toString();
}
