import { dataSetView, type QueryFilter, type VisualQuery, visualSql } from "@turnaway/sql";

import type { Dashboard } from "../dashboard.ts";
import { visualsOf } from "../visuals/find-visual.ts";
import { dataSetNames } from "../visuals/data-set-names.ts";
import type { FilterChoice } from "../visuals/filter-choice.ts";
import { filtersOf, type SheetFilter } from "../visuals/filters-of.ts";
import { allFilters } from "../visuals/found-filters.ts";
import { planVisual } from "../visuals/plan-visual.ts";
import { concerns } from "../visuals/query-filters.ts";
import type { NotDrawable, VisualPlan } from "../visuals/visual-plan.ts";

/**
 * The plan of a visual whose filters are Grafana's: its time range instead of a date filter,
 * and a variable instead of each list of values. Other filters stay as they are.
 */
export function planForGrafana(dashboard: Dashboard, visual: string): VisualPlan | NotDrawable {
  const found = visualsOf(dashboard).find(({ id }) => id === visual);
  const offered = found === undefined ? [] : offeredOn(dashboard, found.sheet);
  const filters = Object.fromEntries(offered.map((filter) => [filter.id, openChoice(filter)]));
  // Nothing that ships depends on when somebody looks: Grafana's own time range says it.
  const plan = planVisual(dashboard, visual, { now: 0, filters });
  if (plan.kind !== "plan" || found === undefined) return plan;
  const names = dataSetNames(dashboard, plan.dataSet, 0);
  const own = offered
    .filter(({ id }) =>
      allFilters(dashboard).some((filter) => filter.id === id && concerns(filter, found, names)),
    )
    .map((filter): QueryFilter => {
      const value = names.column(filter.column);
      return filter.control === "relative-date"
        ? { type: "grafana-time", value }
        : { type: "grafana-variable", value, variable: variableName(filter.id) };
    });
  const filtered = (query: VisualQuery): VisualQuery => ({
    ...query,
    filters: [...own, ...query.filters],
  });
  return {
    ...plan,
    query: filtered(plan.query),
    trend: plan.trend === null ? null : filtered(plan.trend),
  };
}

/** The filters that a sheet offers, and Grafana can have. */
export function offeredOn(dashboard: Dashboard, sheet: string): readonly SheetFilter[] {
  return filtersOf(dashboard, sheet).filter((filter) => filter.kind === "filter");
}

/** A name that variables of Grafana may have. */
export function variableName(id: string): string {
  return id.replaceAll(/\W/g, "_");
}

/** The query's text, with columns called as `names` says; hidden columns are left out. */
export function panelSql(
  { source }: Pick<VisualPlan, "source">,
  query: VisualQuery,
  names: ReadonlyMap<string, string>,
): string {
  const renamed = (name: string): string => names.get(name) ?? name;
  return visualSql(
    {
      ...query,
      columns: query.columns
        .filter(({ name }) => names.has(name))
        .map((column) => ({ ...column, name: renamed(column.name) })),
      items: query.items.map((item) => ({ ...item, column: renamed(item.column) })),
    },
    relationOf(source),
  );
}

/** The relation that a data set is on Athena. */
export function relationOf(source: string): string {
  const [kind, name] = source.split("/") as [string, string];
  return kind === "datasets" ? dataSetView(name) : name;
}

function openChoice({ control }: SheetFilter): FilterChoice {
  return control === "relative-date" ? { from: null, to: null } : { values: [] };
}
