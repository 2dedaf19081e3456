import { visibleText } from "@turnaway/report";

import { type Figure, fieldsOf, valueText } from "../figure.ts";
import { kpiOf } from "../kpi/kpi.ts";

/** A chart in words, for whoever does not see it. */
export function describe(figure: Figure): string {
  const { plan, rows } = figure;
  const kind = `${plan.type[0]!.toUpperCase()}${plan.type.slice(1).replaceAll("-", " ")}`;
  if (plan.type === "kpi") {
    const kpi = kpiOf(figure);
    return kpi === null
      ? EMPTY
      : [kpi.value, kpi.when, kpi.change?.text].filter(Boolean).join(", ");
  }
  if (rows.length === 0) return `${kind}. ${EMPTY}.`;
  const values = fieldsOf(figure, "value", "weight", "size", "bar");
  const names = plan.fields.filter((field) => !values.includes(field));
  const told = rows.slice(0, 3).map((row) => {
    const name = names.map((field) => valueText(row[field.id], field)).join(", ");
    const number = values.map((field) => valueText(row[field.id], field)).join(", ");
    return `${name}: ${number}`;
  });
  const by = names.map(({ label }) => label).join(", ");
  const of = values.map(({ label }) => label).join(", ");
  const rest = rows.length > 3 ? `; ${(rows.length - 3).toLocaleString("en-US")} more` : "";
  return visibleText(
    `${kind} of ${of}${by === "" ? "" : ` by ${by}`}. ${told.join("; ")}${rest}.`,
    600,
  );
}

/** What a visual without rows says. */
export const EMPTY = "No rows in this window";
