import type { Row } from "@turnaway/core";

import type { Figure } from "../src/figure.ts";
import type { Sheet } from "../src/sheet/sheet.ts";
import { field, figure, measure } from "./figures.ts";

const SERVICES = ["tcp/443", "tcp/22", "tcp/5432", "udp/53", "tcp/3389"];
const DAYS = [14, 15, 16, 17, 18, 19].map((day) => `2026-11-${day}T00:00:00Z`);

const byService: readonly Row[] = SERVICES.map((service, i) => ({
  service,
  records: 12_345 / (i + 1),
  bytes: 900 - i * 150,
  target: 20_000,
}));

const byDay: readonly Row[] = DAYS.flatMap((day, i) =>
  ["new", "ongoing"].map((status, j) => ({ day, status, records: 100 * (i + 1) * (j + 1) })),
);

const day = field("day", "category", { type: "date", granularity: "day" });
const service = field("service", "category");
const status = field("status", "color");

/** One of each kind of visual that is drawn. */
export const GALLERY: readonly Figure[] = [
  figure("kpi", [measure("records"), { ...day, role: "trend" }], {
    title: "Records refused",
    rows: [{ records: 3300 }],
    trend: DAYS.map((at, i) => ({ day: at, records: 500 + i * 20 })),
  }),
  figure("bar-chart", [service, measure("records")], {
    rows: byService,
    options: { orientation: "horizontal", arrangement: "clustered" },
  }),
  figure("bar-chart", [day, measure("records"), status], {
    title: "bar-chart, stacked",
    rows: byDay,
    options: { orientation: "vertical", arrangement: "stacked" },
  }),
  figure("bar-chart", [day, measure("records"), status], {
    title: "bar-chart, shares",
    rows: byDay,
    options: { orientation: "horizontal", arrangement: "stacked-percent" },
  }),
  figure("line-chart", [day, measure("records"), status], {
    rows: byDay,
    options: { line: "stacked-area" },
  }),
  figure("combo-chart", [day, measure("records", "bar"), measure("share", "line")], {
    rows: DAYS.map((at, i) => ({ day: at, records: 100 * (6 - i), share: i * 3 })),
  }),
  figure("pie-chart", [service, measure("records")], {
    rows: byService,
    options: { hole: "medium" },
  }),
  figure(
    "heat-map",
    [{ ...service, role: "row" }, { ...day, role: "column" }, measure("records")],
    {
      rows: SERVICES.flatMap((name, i) =>
        DAYS.map((at, j) => ({ service: name, day: at, records: (i + 1) * (j + 1) ** 2 })),
      ),
    },
  ),
  figure("tree-map", [{ ...service, role: "group" }, measure("records", "size")], {
    rows: byService,
  }),
  figure(
    "sankey-diagram",
    [field("client", "source"), field("server", "destination"), measure("records", "weight")],
    {
      rows: [
        { client: "10.0.0.1", server: "10.0.0.2", records: 50 },
        { client: "10.0.0.2", server: "10.0.0.1", records: 20 },
        { client: "Other", server: "10.0.0.2", records: 10 },
      ],
    },
  ),
  figure("scatter-plot", [measure("records", "x"), measure("bytes", "y"), service], {
    rows: byService,
  }),
  figure("funnel-chart", [service, measure("records")], { rows: byService }),
  figure("gauge-chart", [measure("records"), measure("target", "target")], { rows: byService }),
  figure("radar-chart", [service, measure("bytes")], { rows: byService }),
  figure("histogram", [measure("records")], {
    rows: Array.from({ length: 200 }, (_, i) => ({ records: (i * i) % 97 })),
  }),
  figure("box-plot", [{ ...service, role: "group" }, measure("records")], {
    rows: SERVICES.flatMap((name, i) =>
      Array.from({ length: 9 }, (_, j) => ({ service: name, records: (i + 1) * j * j })),
    ),
  }),
  figure("waterfall", [service, measure("bytes")], { rows: byService }),
  figure("table", [field("service", "group"), measure("records")], { rows: byService }),
  figure("pivot-table", [field("service", "row"), field("status", "column"), measure("records")], {
    rows: SERVICES.flatMap((name, i) =>
      ["new", "ongoing"].map((one, j) => ({ service: name, status: one, records: i * 10 + j })),
    ),
  }),
];

/** The figures on a sheet, three beside each other. */
export function sheetOf(figures: readonly Figure[]): Sheet {
  return {
    dashboard: { id: "gallery", name: "Gallery", description: "One of each" },
    id: "all",
    name: "All",
    filters: [
      { id: "date", label: "Date", kind: "dates", text: "2026-11-14 to 2026-11-19" },
      { id: "owner", label: "Owner", kind: "choice", text: "all", choices: [] },
    ],
    tiles: [
      ...figures.map((one, i) => ({
        column: (i % 3) * 12,
        columns: 12,
        row: Math.floor(i / 3) * 9,
        rows: 9,
        content: { kind: "figure" as const, figure: one },
      })),
      {
        column: (figures.length % 3) * 12,
        columns: 12,
        rows: 9,
        row: Math.floor(figures.length / 3) * 9,
        content: {
          kind: "not-drawn" as const,
          visual: {
            kind: "not-drawable" as const,
            id: "map",
            type: "filled-map",
            title: "Where",
            subtitle: null,
            reason: "maps need shapes of countries, which are not here",
          },
        },
      },
    ],
  };
}
