import { visualSql } from "@turnaway/sql";

import type { Dashboard } from "../dashboard.ts";
import type { SheetFilter } from "../visuals/filters-of.ts";
import { dataSetNames } from "../visuals/data-set-names.ts";
import { GRID_COLUMNS, type SheetElement, sheetsOf } from "../visuals/sheets-of.ts";
import {
  DATA_SOURCE,
  FORMATS,
  type GrafanaDashboard,
  type GrafanaPanel,
  type GrafanaVariable,
  type GridPosition,
  PLUGIN,
  targetOf,
} from "./grafana-model.ts";
import { grafanaPanel } from "./grafana-panel.ts";
import { offeredOn, planForGrafana, relationOf, variableName } from "./panel-queries.ts";

/**
 * The dashboard as JSON of Grafana, over the Athena data source and the views that `views deploy`
 * makes. Sheets are rows; the data source is chosen on the dashboard, so nothing names an account.
 *
 * @param id what files call the dashboard: `rejects`
 */
export function grafanaDashboard(id: string, dashboard: Dashboard): GrafanaDashboard {
  const { name, description } = dashboard;
  return {
    uid: `turnaway-${id}`,
    title: `Turnaway: ${name}`,
    ...(description === undefined ? {} : { description }),
    tags: ["turnaway"],
    timezone: "utc",
    editable: true,
    schemaVersion: SCHEMA_VERSION,
    time: timeOf(dashboard),
    templating: { list: [DATA_SOURCE_VARIABLE, ...variablesOf(dashboard)] },
    annotations: { list: [] },
    panels: panelsOf(dashboard),
  };
}

/** Of Grafana 12; newer ones bring it up to date when they load it. */
const SCHEMA_VERSION = 41;

const DATA_SOURCE_VARIABLE: GrafanaVariable = {
  type: "datasource",
  name: "datasource",
  label: "Athena",
  query: PLUGIN,
  refresh: 1,
};

/** Filters of all sheets, each once. */
function filtersIn(dashboard: Dashboard): readonly SheetFilter[] {
  const all = sheetsOf(dashboard).flatMap(({ id }) => offeredOn(dashboard, id));
  return [...new Map(all.map((filter) => [filter.id, filter])).values()];
}

// Whole days, since data sets have a day as its midnight.
function timeOf(dashboard: Dashboard): GrafanaDashboard["time"] {
  const date = filtersIn(dashboard).find(({ control }) => control === "relative-date");
  const choice = date?.default;
  const days = choice !== undefined && "last" in choice && choice.unit === "day" ? choice.last : 7;
  return { from: `now-${days - 1}d/d`, to: "now/d" };
}

function variablesOf(dashboard: Dashboard): readonly GrafanaVariable[] {
  return filtersIn(dashboard).flatMap(({ id, title, values, source, dataSet, column }) => {
    if (values === null) return [];
    // What has no value can not be chosen; it is part of all.
    const value = dataSetNames(dashboard, dataSet, 0).column(column);
    const known = { ...values, filters: [{ type: "none-of", value, values: [null] } as const] };
    return [
      {
        type: "query" as const,
        name: variableName(id),
        label: title,
        datasource: DATA_SOURCE,
        query: targetOf(visualSql(known, relationOf(source)), FORMATS.table),
        refresh: 1,
        multi: true,
        includeAll: true,
        allValue: "'*'",
        current: { text: ["All"], value: ["$__all"] },
      },
    ];
  });
}

function panelsOf(dashboard: Dashboard): readonly GrafanaPanel[] {
  const panels: GrafanaPanel[] = [];
  let top = 0;
  for (const { name, elements } of sheetsOf(dashboard)) {
    const gridPos = { x: 0, y: top, w: 24, h: 1 };
    panels.push({
      id: panels.length + 1,
      type: "row",
      title: name,
      gridPos,
      collapsed: false,
      panels: [],
    });
    top += 1;
    for (const element of elements) {
      const panel = panelOf(dashboard, element, {
        id: panels.length + 1,
        gridPos: placeOf(element, top),
      });
      if (panel !== undefined) panels.push(panel);
    }
    top += Math.max(0, ...elements.map(({ row, height }) => row + height));
  }
  return panels;
}

function panelOf(
  dashboard: Dashboard,
  element: SheetElement,
  place: { readonly id: number; readonly gridPos: GridPosition },
): GrafanaPanel | undefined {
  if (element.kind === "text") return textPanel("", element.text ?? "", place);
  if (element.kind !== "visual") return undefined;
  const plan = planForGrafana(dashboard, element.id);
  if (plan.kind === "plan") return grafanaPanel(plan, place);
  return textPanel(plan.title ?? plan.id, `Not in Grafana: ${plan.reason}.`, place);
}

function textPanel(
  title: string,
  text: string,
  place: { readonly id: number; readonly gridPos: GridPosition },
): GrafanaPanel {
  const content = text.replaceAll(/[\\`*_{}[\]<>#|~]/g, String.raw`\$&`);
  return { ...place, type: "text", title, options: { mode: "markdown", content } };
}

/** Columns of a dashboard in Grafana. Rows of both grids are about as high. */
const COLUMNS = 24;

function placeOf({ column, row, width, height }: SheetElement, top: number): GridPosition {
  const at = (edge: number): number => Math.round((edge * COLUMNS) / GRID_COLUMNS);
  return { x: at(column), y: top + row, w: at(column + width) - at(column), h: height };
}
