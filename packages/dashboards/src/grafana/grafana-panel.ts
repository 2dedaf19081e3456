import type { VisualQuery } from "@turnaway/sql";

import type { PlannedField, VisualPlan } from "../visuals/visual-plan.ts";
import {
  DATA_SOURCE,
  type FieldConfig,
  FORMATS,
  type GrafanaPanel,
  type GridPosition,
  targetOf,
} from "./grafana-model.ts";
import { panelSql } from "./panel-queries.ts";
import { unitOf } from "./units.ts";

/** The panel that shows what the visual shows, or the nearest to it that Grafana has. */
export function grafanaPanel(
  plan: VisualPlan,
  { id, gridPos }: { readonly id: number; readonly gridPos: GridPosition },
): GrafanaPanel {
  const look = lookOf(plan);
  const names = columnNames(plan, look.times);
  const asked = plan.trend ?? plan.query;
  const query = look.times ? inOrderOfTime(asked, names) : asked;
  const notes = [plan.subtitle, ...plan.notes, look.note].filter(
    (note) => note !== undefined && note !== null,
  );
  return {
    id,
    type: look.type,
    title: plan.title ?? plan.id,
    ...(notes.length === 0 ? {} : { description: notes.join("\n\n") }),
    gridPos,
    datasource: DATA_SOURCE,
    targets: [
      targetOf(panelSql(plan, query, names), look.times ? FORMATS.timeSeries : FORMATS.table),
    ],
    ...(look.transformations === undefined ? {} : { transformations: look.transformations }),
    options: look.options,
    fieldConfig: fieldConfig(plan, look, names),
  };
}

interface Look {
  readonly type: string;
  readonly options: object;
  /** Whether rows are moments in time, and the column of time comes as `time`. */
  readonly times?: boolean;
  readonly custom?: object;
  readonly transformations?: GrafanaPanel["transformations"];
  /** What it has to do without. */
  readonly note?: string;
}

function lookOf(plan: VisualPlan): Look {
  const isOverTime = dimensionsOf(plan)[0]?.type === "date";
  switch (plan.type) {
    case "kpi":
    case "gauge-chart":
      return statLook(plan);
    case "line-chart":
      return isOverTime ? timesLook(plan) : barsLook(plan);
    case "bar-chart":
    case "combo-chart":
      return isOverTime ? timesLook(plan) : barsLook(plan);
    case "pie-chart":
      return pieLook(plan);
    case "heat-map":
      return heatLook(plan);
    case "table":
      return TABLE;
    default:
      return {
        ...TABLE,
        note: `Grafana has no ${plan.type.replaceAll("-", " ")}: its rows as a table.`,
      };
  }
}

const LEGEND = { showLegend: true, displayMode: "list", placement: "bottom", calcs: [] };
const TOOLTIP = { mode: "multi", sort: "desc" };

const TABLE: Look = {
  type: "table",
  options: { frameIndex: 0, showHeader: true, cellHeight: "sm" },
  custom: { align: "auto", cellOptions: { type: "auto" }, inspect: false },
};

function statLook({ trend, fields }: VisualPlan): Look {
  const isDate = fields.some(({ role, type }) => role === "value" && type === "date");
  return {
    type: "stat",
    times: trend !== null,
    options: {
      graphMode: trend === null ? "none" : "area",
      colorMode: "value",
      justifyMode: "auto",
      textMode: "value",
      wideLayout: true,
      // The last period against the one before, as QuickSight has it.
      showPercentChange: trend !== null,
      percentChangeColorMode: "standard",
      orientation: "auto",
      reduceOptions: { values: false, calcs: ["lastNotNull"], fields: isDate ? "/.*/" : "" },
    },
  };
}

function timesLook({ type, options }: VisualPlan): Look {
  const isStacked = options.arrangement === "stacked" || options.line === "stacked-area";
  const isLine = type === "line-chart" && options.line === "line";
  return {
    type: "timeseries",
    times: true,
    options: { legend: LEGEND, tooltip: TOOLTIP },
    custom: {
      drawStyle: type === "line-chart" ? "line" : "bars",
      lineWidth: 1,
      fillOpacity: isLine ? 0 : 60,
      showPoints: "never",
      stacking: { mode: isStacked ? "normal" : "none", group: "A" },
    },
  };
}

function barsLook({ fields, options }: VisualPlan): Look {
  const category = fields.find(({ role }) => role === "category");
  const color = fields.find(({ role }) => role === "color");
  const value = fields.find(({ role }) => role === "value" || role === "bar");
  const isMatrix = category !== undefined && color !== undefined && value !== undefined;
  const xField = category?.label ?? "";
  return {
    type: "barchart",
    options: {
      orientation: options.orientation ?? "auto",
      // The columns of a matrix are the colours, and its rows carry both names.
      xField: isMatrix ? `${xField}\\${color.label}` : xField,
      xTickLabelRotation: 0,
      xTickLabelMaxLength: 0,
      stacking: options.arrangement === "stacked" ? "normal" : "none",
      showValue: "never",
      barWidth: 0.9,
      groupWidth: 0.7,
      fullHighlight: false,
      legend: LEGEND,
      tooltip: TOOLTIP,
    },
    custom: { lineWidth: 0, fillOpacity: 80 },
    ...(isMatrix
      ? {
          transformations: [
            {
              id: "groupingToMatrix",
              options: {
                rowField: category.label,
                columnField: color.label,
                valueField: value.label,
                emptyValue: "zero",
              },
            },
          ],
        }
      : {}),
  };
}

function pieLook({ options }: VisualPlan): Look {
  return {
    type: "piechart",
    options: {
      pieType: options.hole === "whole" ? "pie" : "donut",
      displayLabels: ["percent"],
      legend: { ...LEGEND, placement: "right", values: ["value"] },
      tooltip: { mode: "single", sort: "none" },
      reduceOptions: { values: true, calcs: ["lastNotNull"], fields: "" },
      orientation: "auto",
    },
    custom: {},
  };
}

function heatLook(plan: VisualPlan): Look {
  const column = plan.fields.find(({ role }) => role === "column");
  if (column?.type !== "date")
    return { ...TABLE, note: "Grafana's heat map needs time: its rows as a table." };
  return {
    type: "heatmap",
    times: true,
    options: {
      calculate: false,
      color: {
        mode: "scheme",
        scheme: "Oranges",
        fill: "dark-orange",
        scale: "exponential",
        exponent: 0.5,
        steps: 64,
        reverse: false,
      },
      cellGap: 1,
      rowsFrame: { layout: "auto" },
      showValue: "never",
      yAxis: { axisPlacement: "left" },
      legend: { show: true },
      tooltip: { mode: "single", yHistogram: false, showColorScale: true },
      exemplars: { color: "rgba(255,0,255,0.7)" },
    },
    custom: {},
  };
}

function dimensionsOf({ fields }: VisualPlan): readonly PlannedField[] {
  return fields.filter(({ role }) => ["category", "row", "group", "source"].includes(role));
}

/** Column of the query to what people read; conditions that only colour a cell have none. */
function columnNames(plan: VisualPlan, times = false): ReadonlyMap<string, string> {
  const isTime = ({ role, type }: PlannedField): boolean =>
    times && type === "date" && role !== "value" && role !== "color";
  const names = new Map<string, string>();
  for (const field of plan.fields) {
    const label = isTime(field) ? "time" : field.label;
    const isTaken = [...names.values()].includes(label);
    names.set(field.id, isTaken ? field.id : label);
  }
  return names;
}

// Grafana makes a series of each item only of rows that are in the order of time.
function inOrderOfTime(query: VisualQuery, names: ReadonlyMap<string, string>): VisualQuery {
  const time = query.columns.find(({ name }) => names.get(name) === "time");
  if (time === undefined) return query;
  const { value: by, granularity } = time;
  const first = { by, direction: "ascending", ...(granularity && { granularity }) } as const;
  return { ...query, sort: [first, ...query.sort] };
}

function fieldConfig(
  { fields, options }: VisualPlan,
  look: Look,
  names: ReadonlyMap<string, string>,
): FieldConfig {
  const values = fields.filter(({ role }) => !["category", "color", "trend"].includes(role));
  const [first, ...others] = values.map(({ format }) => JSON.stringify(unitOf(format)));
  // One unit for all numbers of a chart; a table has one for each column.
  const shared =
    look.type !== "table" && first !== undefined && others.every((unit) => unit === first)
      ? unitOf(values[0]!.format)
      : {};
  return {
    defaults: { ...shared, ...(look.custom === undefined ? {} : { custom: look.custom }) },
    overrides: (look.type === "table" ? fields : []).flatMap(({ id, type, format }) => {
      const width = options.widths[id];
      const unit = type === "text" ? {} : unitOf(format);
      const properties = [
        ...Object.entries(unit).map(([id, value]) => ({ id, value })),
        ...(width === undefined ? [] : [{ id: "custom.width", value: width }]),
      ];
      const matcher = { id: "byName", options: names.get(id)! };
      return properties.length === 0 ? [] : [{ matcher, properties }];
    }),
  };
}
