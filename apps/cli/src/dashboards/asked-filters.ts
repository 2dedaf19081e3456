import {
  type Dashboard,
  type FilterChoice,
  filtersOf,
  type SheetFilter,
} from "@turnaway/dashboards";
import { NO_VALUE } from "@turnaway/preview";
import { usage } from "@turnaway/runs";

/**
 * What the query of an address chooses: `account=123&account=456&date.from=2026-11-14`.
 *
 * @throws TurnawayError USAGE for a filter that the sheet has not, or a value that is none
 */
export function askedFilters(
  dashboard: Dashboard,
  sheet: string,
  query: URLSearchParams,
): Record<string, FilterChoice> {
  const filters = filtersOf(dashboard, sheet).filter((filter) => filter.kind === "filter");
  const names = new Set(filters.flatMap(inputNames));
  for (const name of query.keys()) {
    if (names.has(name)) continue;
    throw usage(name, "the sheet has no such filter", `use one of ${[...names].join(", ")}`);
  }
  const chosen = filters.flatMap((filter): [string, FilterChoice][] => {
    const choice =
      filter.control === "relative-date" ? dates(filter, query) : values(filter, query);
    return choice === null ? [] : [[filter.id, choice]];
  });
  return Object.fromEntries(chosen);
}

function inputNames({ id, control }: SheetFilter): string[] {
  return control === "relative-date" ? [`${id}.from`, `${id}.to`] : [id];
}

const MOST_VALUES = 200;
const MOST_LENGTH = 300;

function values({ id, isMultiple }: SheetFilter, query: URLSearchParams): FilterChoice | null {
  const given = query.getAll(id).filter((value) => value !== "");
  if (given.length === 0) return null;
  if (given.length > (isMultiple ? MOST_VALUES : 1)) {
    const most = isMultiple ? `${MOST_VALUES} values` : "one value";
    throw usage(id, `received ${given.length} values`, `choose ${most} at most`);
  }
  if (given.some((value) => value.length > MOST_LENGTH)) {
    throw usage(id, "a value is too long to be one of the logs", "choose one of the list");
  }
  return { values: given.map((value) => (value === NO_VALUE ? null : value)) };
}

// Days are those of UTC, and the last one is meant with all its hours.
function dates({ id }: SheetFilter, query: URLSearchParams): FilterChoice | null {
  const names = { from: `${id}.from`, to: `${id}.to` };
  if (!query.has(names.from) && !query.has(names.to)) return null;
  const from = startOfDay(names.from, query);
  const to = startOfDay(names.to, query);
  if (from !== null && to !== null && from > to) {
    throw usage(id, "the first day is after the last", "choose the earlier day first");
  }
  return { from, to: to === null ? null : to + 86_400 };
}

// Null is open: the first or last day that there is.
function startOfDay(name: string, query: URLSearchParams): number | null {
  const text = query.get(name) ?? "";
  if (text === "") return null;
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 2026-02-30 would become a day in March.
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text)) return time / 1000;
  throw usage(name, `received "${text.slice(0, 40)}"`, "write a day that exists as YYYY-MM-DD");
}
