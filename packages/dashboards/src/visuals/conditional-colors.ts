import { type Expression, isAggregated, type QueryColumn } from "@turnaway/sql";

import { type Group, isGroup, partAt } from "../model/tree.ts";
import type { DataSetNames } from "./data-set-names.ts";
import { Undrawable } from "./undrawable.ts";
import type { VisualField } from "./visual-fields.ts";
import type { ConditionalColor } from "./visual-plan.ts";

/** The colours that cells have under a condition, and the columns that tell where it holds. */
export function conditionalColors(
  body: Group,
  {
    fields,
    names,
    notes,
  }: {
    readonly fields: readonly VisualField[];
    readonly names: DataSetNames;
    readonly notes: string[];
  },
): { readonly conditional: readonly ConditionalColor[]; readonly columns: readonly QueryColumn[] } {
  const options = partAt(body, ["ConditionalFormatting", "ConditionalFormattingOptions"]);
  const conditional: ConditionalColor[] = [];
  const columns: QueryColumn[] = [];
  const isDetail = fields.some(({ column }) => column === "detail");
  for (const option of Array.isArray(options) ? options : []) {
    const cell = partAt(option, ["Cell"]);
    if (!isGroup(cell)) {
      notes.push(`conditional colours of ${Object.keys(option as Group).join(", ")} are not drawn`);
      continue;
    }
    for (const [key, use] of Object.entries(USES)) {
      const color = partAt(cell, ["TextFormat", key]);
      if (color === undefined) continue;
      const solid = partAt(color, ["Solid"]);
      const value = isGroup(solid)
        ? conditionOf(String(solid["Expression"]), names, isDetail)
        : null;
      if (value === null || !isGroup(solid)) {
        notes.push(`a conditional colour of ${String(cell["FieldId"])} is not drawn`);
        continue;
      }
      const when = `when_${columns.length + 1}`;
      columns.push({ type: isDetail ? "detail" : "measure", name: when, value });
      conditional.push({
        field: String(cell["FieldId"]),
        when,
        text: null,
        background: null,
        [use]: String(solid["Color"]),
      });
    }
  }
  return { conditional, columns };
}

const USES = { TextColor: "text", BackgroundColor: "background" } as const;

function conditionOf(text: string, names: DataSetNames, isDetail: boolean): Expression | null {
  try {
    const condition = names.expression(text);
    if (isAggregated(condition)) return isDetail ? null : condition;
    // Of a group of rows that differ, one is enough.
    return isDetail ? condition : { type: "call", name: "max", args: [condition] };
  } catch (cause) {
    if (cause instanceof Undrawable) return null;
    throw cause;
  }
}
