/** What Athena calls a statement, which decides its price and whether its result has a header. */
export interface StatementType {
  readonly type: "DML" | "DDL" | "UTILITY";
  readonly subtype: string;
  /** Whether the first row of the result is the column names. */
  readonly hasHeader: boolean;
}

export function statementType(sql: string): StatementType {
  const text = sql.replace(/^(?:\s|\(|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/, "");
  const row = RULES.find(([pattern]) => pattern.test(text));
  const [, type, subtype] = row ?? [null, "UTILITY" as const, "OTHER"];
  return { type, subtype, hasHeader: subtype === "SELECT" || subtype === "EXPLAIN" };
}

const RULES: readonly (readonly [RegExp, StatementType["type"], string])[] = [
  [/^(SELECT|WITH|VALUES|TABLE)\b/i, "DML", "SELECT"],
  [/^INSERT\b/i, "DML", "INSERT"],
  [/^DELETE\b/i, "DML", "DELETE"],
  [/^UPDATE\b/i, "DML", "UPDATE"],
  [/^MERGE\b/i, "DML", "MERGE"],
  [/^UNLOAD\b/i, "DML", "UNLOAD"],
  [/^(OPTIMIZE|VACUUM)\b/i, "DDL", "OPTIMIZE"],
  [/^CREATE\s+TABLE\b[\s\S]*\bAS\s+(SELECT|WITH|\()/i, "DDL", "CREATE_TABLE_AS_SELECT"],
  [/^CREATE\b/i, "DDL", "CREATE"],
  [/^DROP\b/i, "DDL", "DROP"],
  [/^(ALTER|MSCK)\b/i, "DDL", "ALTER"],
  [/^EXPLAIN\b/i, "UTILITY", "EXPLAIN"],
  [/^SHOW\b/i, "UTILITY", "SHOW"],
  [/^DESC(RIBE)?\b/i, "UTILITY", "DESCRIBE"],
];
