import type { Granularity, VisualQuery } from "@turnaway/sql";

import type { Dashboard } from "../dashboard.ts";
import { type Group, isGroup, partAt, textAt } from "../model/tree.ts";
import { dataSetNames } from "./data-set-names.ts";
import type { FilterChoice } from "./filter-choice.ts";
import { allFilters, type FoundFilter } from "./found-filters.ts";
import { Undrawable } from "./undrawable.ts";

/** A filter that a sheet offers to whoever looks at it. */
export interface SheetFilter {
  readonly kind: "filter";
  /** Id of the filter, by which a choice is given. */
  readonly id: string;
  readonly title: string;
  readonly control: "relative-date" | "dropdown" | "list";
  /** Whether several values can be chosen. */
  readonly isMultiple: boolean;
  readonly dataSet: string;
  /** The SQL file that the data set reads. */
  readonly source: string;
  readonly column: string;
  /** What is chosen when nobody chose. */
  readonly default: FilterChoice;
  /** The values that can be chosen, in the column `value`; null for a date. */
  readonly values: VisualQuery | null;
}

/** A filter that can not be set here. */
export interface NotOffered {
  readonly kind: "not-offered";
  readonly id: string;
  readonly title: string;
  /** Why, in words. */
  readonly reason: string;
}

/** The filters of a sheet, in the order of its controls. */
export function filtersOf(
  dashboard: Dashboard,
  sheet: string,
): readonly (SheetFilter | NotOffered)[] {
  const found = (dashboard.definition.Sheets ?? []).find(({ SheetId }) => SheetId === sheet);
  const filters = allFilters(dashboard);
  const controls = (found?.FilterControls ?? []) as unknown as readonly Group[];
  return controls.flatMap((control): readonly (SheetFilter | NotOffered)[] => {
    const [member, body] = Object.entries(control)[0] ?? [];
    if (member === undefined || !isGroup(body)) return [];
    const id = String(body["SourceFilterId"]);
    const filter = filters.find((one) => one.id === id);
    const own = filter === undefined ? undefined : filter.body["DefaultFilterControlConfiguration"];
    const look = member === "CrossSheet" ? defaultLook(own) : { member, ...body };
    const title = textAt(look, "Title") ?? textAt(own, "Title") ?? id;
    try {
      if (filter === undefined) throw new Undrawable("its filter is not there, or switched off");
      return [{ ...offered(dashboard, filter, look), title }];
    } catch (cause) {
      if (!(cause instanceof Undrawable)) throw cause;
      return [{ kind: "not-offered", id, title, reason: cause.message }];
    }
  });
}

// What a control of several sheets looks like stands with the filter.
function defaultLook(configuration: unknown): Group {
  const [entry] = Object.entries(
    (partAt(configuration, ["ControlOptions"]) as Group | undefined) ?? {},
  );
  if (entry === undefined) return {};
  const member = entry[0].replace(/^Default(.*)Options$/, "$1");
  return {
    member,
    Title: partAt(configuration, ["Title"]),
    ...(isGroup(entry[1]) ? entry[1] : {}),
  };
}

function offered(
  dashboard: Dashboard,
  filter: FoundFilter,
  look: Group,
): Omit<SheetFilter, "title"> {
  const control = CONTROLS[String(look["member"])];
  const { id, dataSet, column } = filter;
  if (control === undefined || dataSet === undefined || column === undefined) {
    throw new Undrawable(`a control of the kind ${String(look["member"])} is not offered here`);
  }
  // Calculated fields with the time of now in them filter nothing that can be chosen from.
  const names = dataSetNames(dashboard, dataSet, 0);
  const value = names.column(column);
  const isDate = control === "relative-date";
  return {
    kind: "filter",
    id,
    control,
    isMultiple: !isDate && look["Type"] !== "SINGLE_SELECT",
    dataSet,
    source: names.source,
    column,
    default: isDate ? defaultDates(filter) : defaultValues(filter),
    values: isDate
      ? null
      : {
          columns: [{ type: "dimension", name: "value", value }],
          filters: [],
          items: [],
          sort: [],
          limit: MOST_VALUES,
        },
  };
}

/** More than anybody looks through. */
const MOST_VALUES = 1000;

const CONTROLS: Readonly<Record<string, SheetFilter["control"]>> = {
  RelativeDateTime: "relative-date",
  Dropdown: "dropdown",
  List: "list",
};

function defaultDates({ member, body }: FoundFilter): FilterChoice {
  const unit = (textAt(body, "TimeGranularity") ?? "DAY").toLowerCase() as Granularity;
  if (member === "RelativeDatesFilter" && body["RelativeDateType"] === "LAST") {
    return { last: Number(body["RelativeDateValue"] ?? 1), unit };
  }
  if (member === "RelativeDatesFilter" && body["RelativeDateType"] === "THIS")
    return { last: 1, unit };
  throw new Undrawable("a date is offered here for the last so many periods only");
}

function defaultValues({ member, body }: FoundFilter): FilterChoice {
  if (member !== "CategoryFilter")
    throw new Undrawable(`a ${member} is not offered here as a list`);
  const [entry] = Object.values((body["Configuration"] as Group | undefined) ?? {});
  const isAll = partAt(entry, ["SelectAllOptions"]) === "FILTER_ALL_VALUES";
  const values = partAt(entry, ["CategoryValues"]);
  const operator = String(partAt(entry, ["MatchOperator"]));
  if (!isAll && operator.startsWith("DOES_NOT")) {
    throw new Undrawable("a list of what is left out is not offered here");
  }
  return { values: !isAll && Array.isArray(values) ? values.map(String) : [] };
}
