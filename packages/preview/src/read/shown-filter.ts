import {
  type FilterChoice,
  type SheetFilter as PlannedFilter,
  spanOfPeriods,
  type VisualAsk,
} from "@turnaway/dashboards";
import { visibleText } from "@turnaway/report";

import type { SheetFilter } from "../sheet/sheet.ts";

/** What a row without a value is called where it can be chosen. */
export const NO_VALUE = "(none)";

/** A filter with what is chosen, in words and as the inputs of a form. */
export function shownFilter(
  filter: PlannedFilter,
  values: readonly (string | null)[],
  ask: VisualAsk,
): SheetFilter {
  const choice = ask.filters?.[filter.id] ?? filter.default;
  const base = { id: filter.id, label: visibleText(filter.title) };
  if (filter.control === "relative-date") {
    const dates = daysOf(choice, ask);
    return { ...base, kind: "dates", text: datesText(dates), dates };
  }
  const chosen = "values" in choice ? choice.values : [];
  return {
    ...base,
    kind: "choice",
    text: chosen.length === 0 ? "all" : chosen.map(nameOf).join(", "),
    choices: [...new Set([...values, ...chosen])].map((value) => ({
      value: value ?? NO_VALUE,
      isChosen: chosen.includes(value),
    })),
  };
}

/** The first and the last day of a choice, as the inputs of a form have them. */
function daysOf(choice: FilterChoice, ask: VisualAsk): { from: string; to: string } {
  if ("values" in choice) return { from: "", to: "" };
  const span = "last" in choice ? spanOfPeriods(choice.unit, [1 - choice.last, 0], ask) : choice;
  const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
  return {
    from: span.from === null ? "" : day(span.from),
    to: span.to === null ? "" : day(span.to - 1),
  };
}

function datesText({ from, to }: { from: string; to: string }): string {
  if (from === "" && to === "") return "all";
  if (from === to) return from;
  return `${from === "" ? "the start" : from} to ${to === "" ? "now" : to}`;
}

function nameOf(value: string | null): string {
  return visibleText(value ?? NO_VALUE);
}
