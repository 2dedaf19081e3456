import type { Report } from "@turnaway/core";
import { trendChart } from "../../charts/trend-chart.ts";
import { countingText } from "../counting.ts";
import { countText, counted } from "../words.ts";

/** The trend as a chart for wide and for narrow screens, and as a table for any reader. */
export async function trendPanel({
  trend,
  ...report
}: Pick<Report, "trend" | "counted">): Promise<string> {
  if (trend.length === 0) return "";
  const title = "Refused and accepted records a day";
  const description = describe(trend);
  const [wide, narrow] = await Promise.all([
    trendChart(trend, { id: "trend-wide", width: 880, height: 240, title, description }),
    trendChart(trend, { id: "trend-narrow", width: 360, height: 220, title, description }),
  ]);
  return [
    '<section id="trend" aria-labelledby="trend-title">',
    `<h2 id="trend-title">Trend · ${counted(trend.length, "day")}</h2>`,
    '<div class="panel">',
    "<figure>",
    '<figcaption><span><span class="swatch"></span>Refused (bars, left)</span>' +
      '<span><span class="swatch today"></span>Last day</span>' +
      `<span><span class="swatch accepted"></span>Accepted (line, right)</span>${gapNote(trend)}</figcaption>`,
    `<div class="wide">${wide}</div>`,
    `<div class="narrow">${narrow}</div>`,
    "</figure>",
    table(trend, countingText(report)),
    "</div>",
    "</section>",
  ].join("\n");
}

function gapNote(trend: Report["trend"]): string {
  const gaps = trend.filter(({ covered }) => !covered).length;
  return gaps === 0 ? "" : `<span>${counted(gaps, "day")} without logs, left empty</span>`;
}

function describe(trend: Report["trend"]): string {
  const last = trend.at(-1)!;
  const known = trend.filter(({ covered }) => covered);
  const most = known.reduce(
    (max, day) => (day.rejected > max.rejected ? day : max),
    known[0] ?? last,
  );
  const today = last.covered ? `${counted(last.rejected, "record")} refused` : "no logs";
  return `${trend[0]!.day} to ${last.day}. On the last day ${today}. Most were refused on ${most.day}: ${countText(most.rejected)}.`;
}

function table(trend: Report["trend"], counting: string): string {
  const rows = trend.map(({ day, accepted, rejected, covered }) => {
    const cells = covered
      ? [rejected, accepted].map((count) => `<td class="number">${countText(count)}</td>`).join("")
      : '<td class="number">no logs</td><td class="number">no logs</td>';
    return `<tr><th scope="row">${day}</th>${cells}</tr>`;
  });
  return [
    "<details>",
    "<summary>The same as a table</summary>",
    "<table>",
    `<caption>Records a day, ${counting}</caption>`,
    '<thead><tr><th scope="col">Day</th><th scope="col" class="number">Refused</th><th scope="col" class="number">Accepted</th></tr></thead>',
    `<tbody>\n${rows.join("\n")}\n</tbody>`,
    "</table>",
    "</details>",
  ].join("\n");
}
