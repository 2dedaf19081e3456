import { expect, test } from "vitest";

import { GALLERY, sheetOf } from "../../test/gallery.ts";
import { renderPage, renderSheetPage } from "./render-page.ts";

const SHEETS = [sheetOf(GALLERY), { ...sheetOf(GALLERY.slice(0, 3)), id: "few", name: "Few" }];
const OPTIONS = { place: "production", notices: ["PARTIAL: file: cut short"] };
const html = await renderPage(SHEETS, OPTIONS);

test("the page asks nothing of the network and runs no script", () => {
  expect(html).toContain("default-src 'none'");
  expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|<[^>]*\s(?:src|on\w+)=/);
  for (const [, target] of html.matchAll(/href="([^"]*)"/g)) expect(target).toMatch(/^#sheet-/);
});

test("the page has one h1, no skipped heading level, and unique ids that references find", () => {
  const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
  expect(levels.filter((level) => level === 1)).toHaveLength(1);
  for (const [i, level] of levels.entries()) {
    expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  }
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, labels, target] of html.matchAll(/aria-labelledby="([^"]*)"|href="#([^"]*)"/g)) {
    expect(ids).toContain(labels ?? target);
  }
  for (const [, id] of html.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
});

test("each chart is told in words, and each table has headings of columns and rows", () => {
  expect(html).toContain(
    'aria-label="Bar chart of records by service. tcp/443: 12.3K; tcp/22: 6.2K; tcp/5432: 4.1K; 2 more."',
  );
  expect(html).toMatch(/<th scope="col">service<\/th>/);
  expect(html).toMatch(/<th scope="row">tcp\/443<\/th>/);
});

test("what is missing of the data stands above everything", () => {
  expect(html.indexOf("PARTIAL: file: cut short")).toBeLessThan(html.indexOf("<main>"));
  expect(html).toContain("PARTIAL: file: cut short");
});

test("the page of one sheet has a form whose inputs hold what is chosen", async () => {
  const [sheet] = SHEETS;
  const filters = [
    {
      ...sheet!.filters[0]!,
      dates: { from: "2026-11-14", to: "2026-11-19" },
    },
    {
      ...sheet!.filters[1]!,
      choices: [
        { value: 'a"b', isChosen: true },
        { value: "c", isChosen: false },
      ],
    },
  ];
  const links = [{ sheet: sheet!, href: "/gallery/all" }];
  const page = await renderSheetPage({ ...sheet!, filters }, links, {
    ...OPTIONS,
    action: "/gallery/all",
  });
  expect(page).toContain('<form class="filters" method="get" action="/gallery/all">');
  expect(page).toContain('name="date.from" value="2026-11-14"');
  expect(page).toContain('name="owner" value="a&quot;b" checked');
  expect(page).toContain('name="owner" value="c">');
  expect(page).toContain('<a href="/gallery/all" aria-current="page">');
  expect(page).not.toMatch(/<script|<[^>]*\son\w+=/);
});
