import { expect, test } from "vitest";

import { field, figure, measure } from "../../test/figures.ts";
import { LIGHT } from "../style/palette.ts";
import { restText, tableOf } from "./table.ts";
import { MOST_ROWS, tableHtml } from "./table-html.ts";
import { tableSvg } from "./table-svg.ts";

const client = field("client", "group", { label: "Client" });
const rows = Array.from({ length: 300 }, (_, i) => ({
  client: `10.0.0.${i}`,
  secret: "x",
  records: i,
  is_new: i === 1,
}));

const table = tableOf(
  figure("table", [client, field("secret", "group"), measure("records")], {
    rows,
    options: {
      hidden: ["secret"],
      conditionalColors: [{ field: "client", when: "is_new", text: "#C0392B", background: null }],
    },
  }),
);

test("a table has the columns that are not hidden, numbers to the right", () => {
  expect(table.columns.map(({ label, isNumber }) => [label, isNumber])).toEqual([
    ["Client", false],
    ["records", true],
  ]);
  expect(table.rows[5]!.map(({ text }) => text)).toEqual(["10.0.0.5", "5"]);
});

test("a cell is marked where its condition holds", () => {
  expect(table.rows.slice(0, 3).map(([cell]) => cell!.color)).toEqual([null, "#C0392B", null]);
  expect(tableHtml(table, "All")).toContain(
    '<b class="marked" style="--mark:#C0392B">10.0.0.1</b>',
  );
});

test("what does not fit is counted, on a page and in a picture", () => {
  expect(tableHtml(table, "All")).toContain(`${300 - MOST_ROWS} more rows`);
  expect(tableSvg(table, { width: 600, height: 250, palette: LIGHT })).toContain("292 more rows");
  expect(restText({ ...table, isCut: true }, 8)).toBe("more than 292 more rows");
});

test("a pivot table has a column for each value across, and says a heading once", () => {
  const pivot = tableOf(
    figure(
      "pivot-table",
      [
        field("scope", "row"),
        field("service", "row"),
        field("day", "column", { type: "date", granularity: "day" }),
        measure("records"),
      ],
      {
        rows: [
          { scope: "egress", service: "tcp/22", day: "2026-11-18T00:00:00Z", records: 1 },
          { scope: "egress", service: "tcp/443", day: "2026-11-19T00:00:00Z", records: 2 },
          { scope: "ingress", service: "tcp/443", day: "2026-11-18T00:00:00Z", records: 3 },
        ],
      },
    ),
  );
  expect(pivot.columns.map(({ label }) => label)).toEqual([
    "scope",
    "service",
    "2026-11-18",
    "2026-11-19",
  ]);
  expect(pivot.rows.map((cells) => cells.map(({ text }) => text))).toEqual([
    ["egress", "tcp/22", "1", ""],
    ["egress", "tcp/443", "", "2"],
    ["ingress", "tcp/443", "3", ""],
  ]);
  expect(pivot.rows.map(([scope]) => scope!.isRepeated)).toEqual([false, true, false]);
  expect(pivot.rows.map(([, service]) => service!.isRepeated)).toEqual([false, false, false]);
});
