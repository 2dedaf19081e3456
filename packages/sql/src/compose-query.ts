import { didYouMean, type Statement, TurnawayError } from "@turnaway/core";

import { bindParameters, composeSql, listSqlFiles } from "./compose.ts";
import type { SqlSettings } from "./macros.ts";
import { parseParameters } from "./query-parameters.ts";
import { type QueryWindow, windowFragments } from "./query-window.ts";
import { queryName, type SqlFile } from "./sql-file.ts";

export interface QueryOptions {
  readonly settings: SqlSettings;
  /** Parameters as written, `name` to text; see the header of the query. */
  readonly params?: Readonly<Record<string, string>>;
  /** Null asks of everything that there is. */
  readonly window: QueryWindow | null;
  /** Most rows to answer with; null is all. */
  readonly limit: number | null;
  /** Predicate that picks partitions of the raw logs, where they have any. */
  readonly partitions?: string;
}

/**
 * One query of the catalogue as a statement, ready to run.
 *
 * @throws TurnawayError USAGE for a name or parameter that there is not, or a value of the wrong type.
 */
export function composeQuery(name: string, options: QueryOptions): Statement {
  const file = findQuery(name);
  const values = parseParameters(`query ${queryName(file)}`, file, options.params ?? {});
  const sql = composeSql(file, options.settings, {
    ...windowFragments(options.window, options.partitions),
    limit: limitFragment(options.limit),
  });
  return bindParameters(queryName(file), sql, values);
}

/** The queries that a person can ask for, by name; those of `trace` are not among them. */
export function listQueries(): readonly SqlFile[] {
  return listSqlFiles("queries").filter((file) => !file.name.startsWith("trace_"));
}

/** The query of that name. @throws TurnawayError USAGE when there is none. */
export function findQuery(name: string): SqlFile {
  const queries = listQueries();
  const file = queries.find((f) => queryName(f) === name.replaceAll("_", "-").toLowerCase());
  if (file !== undefined) return file;
  throw new TurnawayError("USAGE", {
    what: "unknown query",
    where: `query ${name}`,
    why: "the catalogue has no query of that name",
    fix: didYouMean(name, queries.map(queryName)) ?? "see `turnaway query --list`",
  });
}

/** The number of a `LIMIT`, checked. */
export function limitFragment(limit: number | null): string {
  if (limit === null) return "ALL";
  if (Number.isSafeInteger(limit) && limit >= 0) return String(limit);
  throw new TurnawayError("USAGE", {
    what: "wrong limit",
    where: "--limit",
    why: `got ${limit}, expected a whole number`,
  });
}
