import {
  type Expression,
  type ItemOrder,
  type QueryColumn,
  type RowOrder,
  type SortDirection,
  type VisualQuery,
} from "@turnaway/sql";

import type { Dashboard } from "../dashboard.ts";
import { eachGroup, type Group, isGroup, partAt } from "../model/tree.ts";
import { conditionalColors } from "./conditional-colors.ts";
import { type DataSetNames, dataSetNames } from "./data-set-names.ts";
import type { VisualAsk } from "./filter-choice.ts";
import { type FoundVisual, visualsOf } from "./find-visual.ts";
import { MEASURES, queryFilters } from "./query-filters.ts";
import { Undrawable } from "./undrawable.ts";
import { aggregatedValue, type VisualField, visualField } from "./visual-fields.ts";
import { fieldLabels, visualOptions } from "./visual-options.ts";
import type { NotDrawable, PlannedField, VisualPlan } from "./visual-plan.ts";
import { NOT_DRAWN, VISUAL_WELLS } from "./visual-wells.ts";

/**
 * What a visual asks of its data set, and what it takes to draw the answer.
 *
 * It reads what `expand` gives, so a dashboard that was pulled is planned as one of files. What
 * can not be computed here is no error: the answer says why.
 */
export function planVisual(
  dashboard: Dashboard,
  visual: string,
  ask: VisualAsk,
): VisualPlan | NotDrawable {
  const found = visualsOf(dashboard).find(({ id }) => id === visual);
  const { id, type, title, subtitle } = found ?? {
    id: visual,
    type: "",
    title: null,
    subtitle: null,
  };
  try {
    if (found === undefined) throw new Undrawable(`the dashboard has no visual ${visual}`);
    return planOf(dashboard, found, ask);
  } catch (cause) {
    if (!(cause instanceof Undrawable)) throw cause;
    return { kind: "not-drawable", id, type, title, subtitle, reason: cause.message };
  }
}

/** Rows that are enough for any drawing, and few enough for a page. */
const MOST_ROWS = 5000;

function planOf(dashboard: Dashboard, visual: FoundVisual, ask: VisualAsk): VisualPlan {
  const { id, type, title, subtitle, body } = visual;
  const refused = NOT_DRAWN[type];
  if (refused !== undefined) throw new Undrawable(refused);
  const names = dataSetNames(dashboard, dataSetIn(body), ask.now);
  const notes: string[] = [];
  const fields = fieldsOf(visual, names);
  const filters = queryFilters(dashboard, visual, { names, ask });
  const colors = conditionalColors(body, { fields, names, notes });
  const isGrouped = !fields.some(({ column }) => column === "detail");
  const main = type === "kpi" ? fields.filter(({ role }) => role !== "trend") : fields;
  const base = { filters, limit: MOST_ROWS };
  const query: VisualQuery = {
    ...base,
    columns: [...columnsOf(main), ...colors.columns],
    items: isGrouped ? itemsOf(visual, main, { names, notes }) : [],
    sort: rowOrders(body, main, { names, notes }),
  };
  const hasTrend = main.length < fields.length;
  const trend: VisualQuery = { ...base, columns: columnsOf(fields), items: [], sort: [] };
  const labels = fieldLabels(body);
  return {
    kind: "plan",
    id,
    type,
    title,
    subtitle,
    dataSet: names.dataSet,
    source: names.source,
    fields: fields.map((field) => planned(field, labels)),
    query,
    trend: hasTrend ? trend : null,
    options: { ...visualOptions(type, body), conditionalColors: colors.conditional },
    notes,
  };
}

function dataSetIn(body: Group): string {
  let found: string | undefined;
  eachGroup(body, ({ DataSetIdentifier }) => {
    if (typeof DataSetIdentifier === "string") found ??= DataSetIdentifier;
  });
  if (found === undefined) throw new Undrawable("it shows no field yet");
  return found;
}

function fieldsOf({ type, body }: FoundVisual, names: DataSetNames): readonly VisualField[] {
  const all = partAt(body, ["ChartConfiguration", "FieldWells"]);
  const fields = (VISUAL_WELLS[type]?.variants ?? []).flatMap(([path, wells]) => {
    const group = partAt(all, path);
    return Object.entries(wells).flatMap(([well, role]) => {
      const members = partAt(group, [well]);
      const list = Array.isArray(members) ? members : isGroup(members) ? [members] : [];
      return list.filter(isGroup).map((field) => visualField(field, role, names));
    });
  });
  if (fields.length > 0) return fields;
  const variant = isGroup(all) ? Object.keys(all).join(", ") : "";
  throw new Undrawable(variant === "" ? "it shows no field yet" : `${variant} are not drawn here`);
}

// A field may stand in two wells: its value is asked for once.
function columnsOf(fields: readonly VisualField[]): readonly QueryColumn[] {
  const byId = new Map(fields.map((field) => [field.id, field]));
  return [...byId.values()].map(({ id, column, value, granularity }) => ({
    type: column,
    name: id,
    value,
    ...(granularity === null ? {} : { granularity }),
  }));
}

interface Reading {
  readonly names: DataSetNames;
  /** What is not drawn, to be added to. */
  readonly notes: string[];
}

function itemsOf(
  { type, body }: FoundVisual,
  fields: readonly VisualField[],
  reading: Reading,
): readonly ItemOrder[] {
  const sorting = partAt(body, ["ChartConfiguration", "SortConfiguration"]);
  const byRole = VISUAL_WELLS[type]?.items ?? {};
  const largest = fields.find(({ column }) => column === "measure")?.value ?? null;
  return fields
    .filter(({ column }) => column === "dimension")
    .map((field): ItemOrder => {
      const { sort, limit } = byRole[field.role] ?? {};
      const orders = sort === undefined ? undefined : partAt(sorting, [sort]);
      const written = itemOrder(Array.isArray(orders) ? orders[0] : undefined, field, {
        ...reading,
        fields,
      });
      const items = limit === undefined ? undefined : partAt(sorting, [limit]);
      const most = partAt(items, ["ItemsLimit"]);
      const isText = field.type === "text";
      return {
        column: field.id,
        // What nobody ordered has the largest first, but for time, which has a direction of its own.
        ...(written ?? {
          by: isText && BY_SIZE.has(`${type} ${field.role}`) ? largest : null,
          direction: isText && BY_SIZE.has(`${type} ${field.role}`) ? "descending" : "ascending",
        }),
        limit: typeof most === "number" ? most : null,
        others: isText && partAt(items, ["OtherCategories"]) === "INCLUDE",
      };
    });
}

const BY_SIZE: ReadonlySet<string> = new Set([
  "bar-chart category",
  "combo-chart category",
  "pie-chart category",
  "funnel-chart category",
  "tree-map group",
  "word-cloud group",
  "sankey-diagram source",
  "sankey-diagram destination",
]);

interface Sorting extends Reading {
  readonly fields: readonly VisualField[];
}

function itemOrder(
  order: unknown,
  field: VisualField,
  sorting: Sorting,
): Pick<ItemOrder, "by" | "direction"> | undefined {
  const found = sortedBy(order, sorting);
  if (found === undefined) return undefined;
  const { by, direction } = found;
  if (!("id" in by)) return { by: by.value, direction };
  if (by.id === field.id) return { by: null, direction };
  if (by.column === "measure") return { by: by.value, direction };
  sorting.notes.push(`the order of ${field.label} by ${by.label} is not drawn`);
  return undefined;
}

function rowOrders(
  body: Group,
  fields: readonly VisualField[],
  reading: Reading,
): readonly RowOrder[] {
  const orders = partAt(body, ["ChartConfiguration", "SortConfiguration", "RowSort"]);
  return (Array.isArray(orders) ? orders : []).flatMap((order): readonly RowOrder[] => {
    const found = sortedBy(order, { ...reading, fields });
    if (found === undefined) return [];
    const { by, direction } = found;
    const granularity = "granularity" in by ? by.granularity : null;
    return [{ by: by.value, direction, ...(granularity === null ? {} : { granularity }) }];
  });
}

function sortedBy(
  order: unknown,
  { fields, names, notes }: Sorting,
):
  | { readonly by: VisualField | { readonly value: Expression }; readonly direction: SortDirection }
  | undefined {
  const byField = partAt(order, ["FieldSort"]);
  const byColumn = partAt(order, ["ColumnSort"]);
  const written = isGroup(byField) ? byField : byColumn;
  if (!isGroup(written)) return undefined;
  const direction = written["Direction"] === "DESC" ? "descending" : "ascending";
  if (written === byField) {
    const by = fields.find(({ id }) => id === written["FieldId"]);
    if (by !== undefined) return { by, direction };
    notes.push(`an order goes by ${String(written["FieldId"])}, which the visual does not show`);
    return undefined;
  }
  const functions = written["AggregationFunction"];
  const member = Object.keys(MEASURES).find((key) => partAt(functions, [key]) !== undefined);
  if (member === undefined) {
    notes.push("an order by a column without an aggregate is not drawn");
    return undefined;
  }
  const measure = { Column: written["SortBy"], AggregationFunction: partAt(functions, [member]) };
  return { by: { value: aggregatedValue(MEASURES[member]!, measure, names) }, direction };
}

function planned(field: VisualField, labels: Readonly<Record<string, string>>): PlannedField {
  const { id, role, type, granularity, format } = field;
  return { id, role, label: labels[id] ?? field.label, type, granularity, format };
}
