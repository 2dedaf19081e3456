import { htmlText } from "@turnaway/report";

import type { SheetFilter } from "../sheet/sheet.ts";

/** What the filters are set to, for a page that can not draw again. */
export function filterBar(filters: readonly SheetFilter[]): string {
  if (filters.length === 0) return "";
  const items = filters.map(
    ({ label, text }) => `<div><dt>${htmlText(label)}</dt><dd>${htmlText(text)}</dd></div>`,
  );
  return `<dl class="filters">${items.join("")}</dl>`;
}

/** The filters as a form that asks for the same sheet with what was chosen in its address. */
export function filterForm(filters: readonly SheetFilter[], action: string): string {
  if (filters.length === 0) return "";
  return [
    `<form class="filters" method="get" action="${htmlText(action)}">`,
    ...filters.map((filter) => (filter.kind === "dates" ? dates(filter) : choice(filter))),
    '<p class="buttons"><button type="submit">Apply</button>',
    `<a href="${htmlText(action)}">Reset</a></p>`,
    "</form>",
  ].join("\n");
}

function dates({ id, label, dates }: SheetFilter): string {
  const input = (end: "from" | "to", name: string): string =>
    `<label><span class="unseen">${htmlText(label)}, ${name}</span><input type="date" name="${htmlText(`${id}.${end}`)}" value="${htmlText(dates?.[end] ?? "")}"></label>`;
  return `<fieldset><legend>${htmlText(label)}</legend>${input("from", "first day")} <span>to</span> ${input("to", "last day")}</fieldset>`;
}

// A list that opens: several can be chosen without a script and without holding a key.
function choice({ id, label, text, choices = [] }: SheetFilter): string {
  const boxes = choices.map(({ value, isChosen }) => {
    const checked = isChosen ? " checked" : "";
    return `<label><input type="checkbox" name="${htmlText(id)}" value="${htmlText(value)}"${checked}> ${htmlText(value)}</label>`;
  });
  return [
    `<details name="choices"><summary><span>${htmlText(label)}</span> <b>${htmlText(text)}</b></summary>`,
    `<fieldset><legend class="unseen">${htmlText(label)}</legend>`,
    boxes.length === 0 ? "<p>Nothing to choose from</p>" : boxes.join("\n"),
    "</fieldset></details>",
  ].join("\n");
}
