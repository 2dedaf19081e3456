import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import type { SqlValue } from "@turnaway/core";
import { type SqlFile, SQL_FILES, type SqlSettings } from "@turnaway/sql";
import { parse } from "yaml";

/**
 * The given/expect cases that stand beside a `.sql` file, in `NAME.cases.yml`.
 *
 * The notation of rows is in `flow-lines.ts` (given flow logs) and `text-table.ts`
 * (everything else); a row may also be a map of column to value.
 */
export interface CaseFile {
  readonly file: SqlFile;
  readonly cases: readonly SqlCase[];
}

export interface SqlCase {
  readonly name: string;
  /** Table name to rows. What is not given is made from what is, by the SQL itself. */
  readonly given: Readonly<Record<string, Rows>>;
  /** Only the columns that matter, of every row of the answer. */
  readonly expect: Rows;
  /** The order of the rows matters. */
  readonly ordered?: boolean;
  /** How many days the report compares, from `d0` on. */
  readonly periods?: number;
  readonly params?: Readonly<Record<string, SqlValue>>;
  readonly settings?: Partial<SqlSettings>;
  /** Of a query: how many rows to answer with. */
  readonly limit?: number;
}

export type Rows = string | readonly Readonly<Record<string, SqlValue>>[];

/** Every SQL file, with its cases where it has any. */
export function readCaseFiles(): readonly CaseFile[] {
  return SQL_FILES.map((file) => ({ file, cases: readCases(file) }));
}

const SQL_ROOT = path.resolve(import.meta.dirname, "../../../../sql");

const KEYS = new Set([
  "name",
  "given",
  "expect",
  "ordered",
  "periods",
  "params",
  "settings",
  "limit",
]);

function readCases({ kind, name }: SqlFile): readonly SqlCase[] {
  const casePath = path.join(SQL_ROOT, kind, `${name}.cases.yml`);
  if (!existsSync(casePath)) return [];
  const cases = parse(readFileSync(casePath, "utf8")) as SqlCase[];
  for (const one of cases) {
    const wrong = Object.keys(one).find((key) => !KEYS.has(key));
    if (wrong !== undefined) throw new Error(`${casePath}: "${one.name}" has the key ${wrong}`);
    if (one.expect === undefined) throw new Error(`${casePath}: "${one.name}" expects nothing`);
  }
  return cases;
}
