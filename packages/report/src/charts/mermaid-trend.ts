import type { Report } from "@turnaway/core";
import { shortDay } from "../render/times.ts";

/**
 * Refused records a day as a Mermaid chart, which GitHub draws.
 *
 * Mermaid has no gaps: a day that no log covers stands in parentheses at zero.
 */
export function mermaidTrend(trend: Report["trend"]): string {
  const days = trend.map(({ day, covered }) => (covered ? shortDay(day) : `(${shortDay(day)})`));
  const most = trend.reduce((max, { rejected }) => Math.max(max, Number(rejected)), 1);
  return [
    "```mermaid",
    "xychart-beta",
    '    title "Refused records a day"',
    `    x-axis [${days.map((day) => `"${day}"`).join(", ")}]`,
    `    y-axis "records" 0 --> ${digits(most)}`,
    `    bar [${trend.map(({ rejected, covered }) => (covered ? digits(Number(rejected)) : "0")).join(", ")}]`,
    "```",
  ].join("\n");
}

// Mermaid reads no exponents.
function digits(size: number): string {
  return BigInt(Math.round(size)).toString();
}
