import { parseFragment } from "parse5";
import { describe, expect, test } from "vitest";

import { field, figure, measure } from "../../test/figures.ts";
import { GALLERY, sheetOf } from "../../test/gallery.ts";
import type { Figure } from "../figure.ts";
import { renderPage } from "../page/render-page.ts";
import { renderSheetSvg } from "./sheet-svg.ts";

const PLACE = { place: "test", notices: [] };

describe.each(GALLERY.map((one) => [one.plan.title, one] as const))("%s", (_, one) => {
  test("is drawn with numbers that are numbers, the same each time", async () => {
    const svg = await renderSheetSvg(sheetOf([one]));
    expect(svg).not.toMatch(/NaN|undefined|Infinity|null/);
    expect(svg).toContain(`>${one.plan.title}<`);
    expect(await renderSheetSvg(sheetOf([one]))).toBe(svg);
  });

  test("says that there are no rows where there are none", async () => {
    const empty: Figure = { ...one, rows: [], trend: [] };
    expect(await renderSheetSvg(sheetOf([empty]))).toContain("No rows in this window");
    expect(await renderPage([sheetOf([empty])], PLACE)).toContain("No rows in this window");
  });

  test("shows hostile values as text and nothing else", async () => {
    const hostile = "<script>alert(1)</script>{a|b}&\u202e\u0007";
    const rows = one.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === "string" && !value.startsWith("2026-") ? `${hostile}${value}` : value,
        ]),
      ),
    );
    const sheet = sheetOf([{ ...one, rows, plan: { ...one.plan, title: hostile } }]);
    for (const text of [await renderSheetSvg(sheet), await renderPage([sheet], PLACE)]) {
      for (const one of ["<script", "\u202e", "\u0007"]) expect(text).not.toContain(one);
      expect(names(text)).not.toContain("script");
    }
  });
});

test("a visual that is not drawn is a box that says what it is and why", async () => {
  const svg = await renderSheetSvg(sheetOf([]));
  expect(svg).toContain("Not drawn here (filled map): maps need shapes of countries");
  expect(svg).toContain("stroke-dasharray");
});

test("a legend has an entry for each colour, and none is drawn for one series", async () => {
  const rows = [
    { service: "tcp/22", status: "new", records: 1 },
    { service: "tcp/22", status: "ongoing", records: 2 },
  ];
  const service = field("service", "category");
  const options = { orientation: "horizontal", arrangement: "stacked" } as const;
  const split = figure("bar-chart", [service, measure("records"), field("status", "color")], {
    rows,
    options,
  });
  expect(await renderSheetSvg(sheetOf([split]))).toMatch(/>new<[^]*>ongoing</);
  const whole = figure("bar-chart", [service, measure("records")], {
    title: "Bars",
    rows,
    options,
  });
  expect(await renderSheetSvg(sheetOf([whole]))).not.toContain(">records<");
});

test("an hour without any rows is a gap of the line", async () => {
  const hour = field("hour", "category", { type: "date", granularity: "hour" });
  const rows = [0, 1, 2, 5, 6, 7].map((at) => ({ hour: `2026-11-19T0${at}:00:00Z`, records: 9 }));
  const svg = await renderSheetSvg(
    sheetOf([figure("line-chart", [hour, measure("records")], { rows })]),
  );
  const [line] = svg.match(/<path d="[^"]*"[^>]*stroke-width="2"[^>]*>/) ?? [""];
  expect(line.match(/M/g)).toHaveLength(2);
});

function names(text: string): string[] {
  const all: string[] = [];
  const walk = (node: { nodeName: string; childNodes?: unknown[] }): void => {
    all.push(node.nodeName);
    for (const child of node.childNodes ?? []) walk(child as typeof node);
  };
  walk(parseFragment(text) as never);
  return all;
}
