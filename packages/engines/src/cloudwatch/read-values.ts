import type { Row, SqlValue } from "@turnaway/core";
import type { InsightsField, InsightsStatement } from "@turnaway/sql";

/** One row of the service's answer: cells of text, in no order, absent ones left out. */
export type Cells = readonly {
  readonly field?: string | undefined;
  readonly value?: string | undefined;
}[];

/** Cells as a row of the types that the query declares, as other engines give them. */
export function readRow(cells: Cells, fields: readonly InsightsField[]): Row {
  const values = new Map(cells.map(({ field, value }) => [field, value]));
  return Object.fromEntries(
    fields.map(({ column, field, type }): [string, SqlValue] => {
      const text = values.get(field);
      return [column, type === "integer" ? readInteger(text) : readText(text)];
    }),
  );
}

/** The declared fields, or those of the answer itself, all text. */
export function answeredFields(
  { fields }: InsightsStatement,
  rows: readonly Cells[],
): readonly InsightsField[] {
  if (fields !== null) return fields;
  const names = new Set(rows.flatMap((cells) => cells.map(({ field }) => field ?? "")));
  // A pointer to the log record, which the service adds unasked.
  names.delete("@ptr");
  return [...names].map((name) => ({ column: name, field: name, type: "text" }));
}

// A flow log writes `-` for what there is not.
function readText(text: string | undefined): string | null {
  return text === undefined || text === "" || text === "-" ? null : text;
}

/**
 * A whole number, exact as far as it is written: `12`, `12.0` or `1.2E1`. Past 2^53 a bigint.
 * Null for anything else, such as the `-` of a record without traffic.
 */
export function readInteger(text: string | undefined): number | bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E\+?(\d{1,3}))?$/i.exec(text ?? "");
  if (match === null) return null;
  const [, sign, whole, fraction = "", exponent = "0"] = match;
  const shift = Number(exponent);
  if (/[1-9]/.test(fraction.slice(shift))) return null;
  const digits = `${whole}${fraction.slice(0, shift).padEnd(shift, "0")}`;
  const exact = BigInt(`${sign}${digits}`);
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
}
