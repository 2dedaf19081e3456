import { type SqlValue, TurnawayError } from "@turnaway/core";

/**
 * A value as a literal of Athena's SQL: the one place where a value becomes text.
 *
 * Athena takes each of `ExecutionParameters` as a literal, so strings carry their quotes.
 *
 * @throws TurnawayError BUG for a number that SQL has no literal for.
 */
export function renderLiteral(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (typeof value === "bigint") return renderInteger(value);
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) throw notALiteral(value);
  // With an exponent it is a double, as it is in JavaScript; without one it would be a decimal.
  const digits = String(value);
  return digits.includes("e") ? digits.replace("e", "E") : `${digits}E0`;
}

/** Puts literals where the `?` stand; those in text, quoted names and comments stay. */
export function inlineParameters(sql: string, params: readonly SqlValue[]): string {
  let next = 0;
  const inlined = sql.replaceAll(TOKENS, (token) => {
    if (token !== "?") return token;
    const value = params[next++];
    return value === undefined ? token : renderLiteral(value);
  });
  if (next !== params.length) throw miscounted(next, params.length);
  return inlined;
}

/** How many `?` stand for parameters. */
export function countPlaceholders(sql: string): number {
  return [...sql.matchAll(TOKENS)].filter(([token]) => token === "?").length;
}

const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|\?/g;
const INT64 = 2n ** 63n;

function renderInteger(value: bigint): string {
  return value >= -INT64 && value < INT64 ? String(value) : `DECIMAL '${value}'`;
}

function notALiteral(value: number): TurnawayError {
  return new TurnawayError("BUG", {
    what: "parameter has no literal",
    why: `SQL has no way to write ${value}`,
  });
}

function miscounted(placeholders: number, params: number): TurnawayError {
  return new TurnawayError("BUG", {
    what: "parameters do not fit the statement",
    why: `it has ${placeholders} placeholders and was given ${params} values`,
  });
}
