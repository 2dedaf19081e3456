import type { SqlValue } from "@turnaway/core";
import { terminalText } from "./terminal-text.ts";

/**
 * One CSV cell (RFC 4180). NULL is empty and the empty text is `""`.
 *
 * Text that a spreadsheet would take for a formula gets a quote in front, as
 * OWASP advises; plain numbers stay numbers, with all their digits.
 */
export function csvCell(value: SqlValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  if (HARMLESS.test(value)) return value;
  const text = terminalText(value, Number.POSITIVE_INFINITY);
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return safe === "" || /[",;]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A line of cells, with its line break. */
export function csvLine(values: readonly SqlValue[]): string {
  return `${values.map(csvCell).join(",")}\n`;
}

// Most cells; spares them the expressions below.
const HARMLESS = /^\w[\w .:/>-]*$/;
const FORMULA = /^\s*[=+\-@＝＋－＠]/u;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
