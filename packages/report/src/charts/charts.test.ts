import type { Report } from "@turnaway/core";
import { parseFragment } from "parse5";
import { expect, test } from "vitest";
import { mermaidTrend } from "./mermaid-trend.ts";
import { sparkline } from "./sparkline.ts";
import { trendChart } from "./trend-chart.ts";

const FRAME = { id: "t", width: 400, height: 200, title: "Refused", description: "By day" };

test.each([
  ["nothing", [], ""],
  ["none is the lowest block", [0, 0], "▁▁"],
  ["the largest is the highest block", [0, 50, 100], "▁▅█"],
  ["a little is more than none", [1, 1_000_000, 0], "▂█▁"],
  ["an unknown day is not a quiet one", [null, 0, 5], "·▁█"],
  ["counts past 2^53 scale too", [9_007_199_254_740_993n, 1n], "█▂"],
])("a sparkline of %s", (_, values, line) => {
  expect(sparkline(values)).toBe(line);
});

function trend(days: readonly (number | bigint | null)[], first = "2026-11-27"): Report["trend"] {
  return days.map((rejected, index) => ({
    day: new Date(Date.parse(first) + index * 86_400_000).toISOString().slice(0, 10),
    accepted: 10,
    rejected: rejected ?? 0,
    covered: rejected !== null,
  }));
}

test("the Mermaid chart names the month where it changes and marks days without logs", () => {
  expect(
    mermaidTrend(trend([3, null, 5, 6, 7]))
      .split("\n")
      .slice(4),
  ).toEqual([
    '    x-axis ["27 Nov", "(28)", "29", "30", "1 Dec"]',
    '    y-axis "records" 0 --> 7',
    "    bar [3, 0, 5, 6, 7]",
    "```",
  ]);
});

test("the Mermaid chart has a label of its own for every day of a long trend", () => {
  const [, , , , axis] = mermaidTrend(trend(Array.from({ length: 90 }, () => 1))).split("\n");
  const labels = axis!.match(/"[^"]+"/g)!;
  expect(new Set(labels).size).toBe(90);
});

test("the Mermaid chart writes no exponents", () => {
  expect(mermaidTrend(trend([10n ** 24n]))).not.toMatch(/\de\+/);
});

test("the SVG chart is named, draws with the page's colours and asks for nothing", async () => {
  const svg = await trendChart(trend([3, null, 5]), FRAME);
  const [element] = parseFragment(svg).childNodes as unknown as [
    { nodeName: string; attrs: { name: string; value: string }[] },
  ];
  expect(element.nodeName).toBe("svg");
  expect(element.attrs).toContainEqual({ name: "role", value: "img" });
  expect(element.attrs).toContainEqual({ name: "aria-labelledby", value: "t-title t-description" });
  expect(svg).toContain('<title id="t-title">Refused</title>');
  expect(svg).toContain('fill="var(--chart-today)"');
  expect(svg).not.toMatch(/<style|<script|href|ecmeta|zr\d/);
});

test("the SVG chart draws a bar for each day with logs and none for a gap", async () => {
  const bars = async (days: readonly (number | null)[]): Promise<number> =>
    (await trendChart(trend(days), FRAME)).match(/fill="var\(--chart-(?:refused|today)\)"/g)!
      .length;
  expect(await bars([3, 4, 5])).toBe(3);
  expect(await bars([3, null, 5])).toBe(2);
});
