import { type QueryEngine, type Row, TurnawayError } from "@turnaway/core";
import {
  type Dashboard,
  filtersOf,
  type NotDrawable,
  planVisual,
  type SheetElement,
  type SheetPlan,
  sheetsOf,
  type VisualAsk,
} from "@turnaway/dashboards";
import { type VisualQuery, visualSql } from "@turnaway/sql";

import type { Figure } from "../figure.ts";
import { isDrawn } from "../sheet/draw-figure.ts";
import type { Sheet, SheetFilter, Tile, TileContent } from "../sheet/sheet.ts";
import { shownFilter } from "./shown-filter.ts";

/** A dashboard with the name of its folder. */
export interface NamedDashboard {
  readonly id: string;
  readonly dashboard: Dashboard;
}

/** Where the rows come from. */
export interface SheetSource {
  readonly engine: QueryEngine;
  /** The relation that has the rows of a data set, by its SQL file: `datasets/rejects`. */
  readonly relations: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

/** The SQL files that the data sets of dashboards read, each once. */
export function sourcesOf(dashboards: readonly NamedDashboard[], ask: VisualAsk): string[] {
  const all = dashboards.flatMap(({ dashboard }) => [
    ...sheetsOf(dashboard).flatMap(({ id }) =>
      filtersOf(dashboard, id).flatMap((filter) => ("source" in filter ? [filter.source] : [])),
    ),
    ...sheetsOf(dashboard)
      .flatMap(({ elements }) => elements)
      .filter(({ kind }) => kind === "visual")
      .map(({ id }) => planVisual(dashboard, id, ask))
      .flatMap((plan) => (plan.kind === "plan" ? [plan.source] : [])),
  ]);
  return [...new Set(all)].toSorted();
}

/**
 * One sheet with its answers. A visual that can not be computed, or whose query fails, is a box
 * that says why.
 *
 * @throws TurnawayError of the engine
 */
export async function readSheet(
  { id, dashboard }: NamedDashboard,
  sheet: SheetPlan,
  { ask, source }: { ask: VisualAsk; source: SheetSource },
): Promise<Sheet> {
  const tiles: Tile[] = [];
  for (const element of sheet.elements) {
    const content = await contentOf(dashboard, element, { ask, source });
    if (content === null) continue;
    const { column, row, width, height } = element;
    tiles.push({ column, columns: width, row, rows: height, content });
  }
  return {
    dashboard: { id, name: dashboard.name, description: dashboard.description ?? "" },
    id: sheet.id,
    name: sheet.name,
    filters: await readFilters(dashboard, sheet.id, { ask, source }),
    tiles,
  };
}

interface Reading {
  readonly ask: VisualAsk;
  readonly source: SheetSource;
}

async function contentOf(
  dashboard: Dashboard,
  element: SheetElement,
  { ask, source }: Reading,
): Promise<TileContent | null> {
  if (element.kind === "text") {
    const paragraphs = (element.text ?? "").split("\n").filter((line) => line.trim() !== "");
    return { kind: "text", paragraphs };
  }
  if (element.kind === "other") {
    return {
      kind: "not-drawn",
      visual: notDrawn(element.id, "a picture or a control on the grid"),
    };
  }
  const plan = planVisual(dashboard, element.id, ask);
  if (plan.kind === "not-drawable") {
    return plan.type === "empty" ? null : { kind: "not-drawn", visual: plan };
  }
  if (!isDrawn(plan.type)) {
    const visual = { ...notDrawn(plan.id, "no picture is made of this kind"), type: plan.type };
    return { kind: "not-drawn", visual: { ...visual, title: plan.title, subtitle: plan.subtitle } };
  }
  const relation = source.relations.get(plan.source);
  if (relation === undefined) {
    return { kind: "not-drawn", visual: notDrawn(plan.id, `nothing was read for ${plan.source}`) };
  }
  const answer = async (query: VisualQuery): Promise<readonly Row[]> => {
    const statement = { name: `visual ${plan.id}`, sql: visualSql(query, relation) };
    return (await source.engine.run(statement, source.signal)).rows;
  };
  try {
    const figure: Figure = {
      plan,
      rows: await answer(plan.query),
      trend: plan.trend === null ? [] : await answer(plan.trend),
    };
    return { kind: "figure", figure };
  } catch (error) {
    if (!(error instanceof TurnawayError) || error.code !== "ENGINE") throw error;
    // A sheet is worth a look without one of its visuals, most of all while that is written.
    const { why } = error.detail;
    const visual = { ...notDrawn(plan.id, `its query failed: ${why}`), type: plan.type };
    const named = { ...visual, title: plan.title, subtitle: plan.subtitle };
    return { kind: "not-drawn", visual: named, failure: why };
  }
}

async function readFilters(
  dashboard: Dashboard,
  sheet: string,
  { ask, source }: Reading,
): Promise<SheetFilter[]> {
  const filters: SheetFilter[] = [];
  for (const filter of filtersOf(dashboard, sheet)) {
    if (filter.kind !== "filter") continue;
    const relation = source.relations.get(filter.source);
    const statement =
      filter.values === null || relation === undefined
        ? null
        : { name: `filter ${filter.id}`, sql: visualSql(filter.values, relation) };
    const rows = statement === null ? [] : (await source.engine.run(statement, source.signal)).rows;
    const values = rows.map(({ value }) => (value === null ? null : String(value)));
    filters.push(shownFilter(filter, values, ask));
  }
  return filters;
}

function notDrawn(id: string, reason: string): NotDrawable {
  return { kind: "not-drawable", id, type: "", title: id, subtitle: null, reason };
}
