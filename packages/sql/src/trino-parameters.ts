import { type SqlValue, type Statement, TurnawayError } from "@turnaway/core";

/**
 * A statement with its parameters as Trino takes them in one request: what stands for `?`
 * follows the text as typed literals, so no value is ever part of it.
 */
export function trinoStatement({ sql, params = [] }: Statement): string {
  const text = sql.trim().replace(/;$/, "");
  if (params.length === 0) return text;
  return `EXECUTE IMMEDIATE ${trinoLiteral(text)} USING ${params.map(trinoLiteral).join(", ")}`;
}

/** A value as a literal of its own type. @throws TurnawayError BUG for a number that is none. */
export function trinoLiteral(value: SqlValue): string {
  switch (typeof value) {
    case "string":
      return `'${value.replaceAll("'", "''")}'`;
    case "boolean":
      return value ? "TRUE" : "FALSE";
    case "bigint":
      return fitsBigint(value) ? String(value) : `DECIMAL '${value}'`;
    case "number":
      return numberLiteral(value);
    default:
      return "NULL";
  }
}

function fitsBigint(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

// A plain `0.1` would be a decimal; what JavaScript has is a double.
function numberLiteral(value: number): string {
  if (Number.isSafeInteger(value)) return String(value);
  if (Number.isFinite(value)) return value.toExponential().replace("e", "E").replace("E+", "E");
  throw new TurnawayError("BUG", {
    what: "not a number for SQL",
    why: `received ${value}`,
  });
}
