import { type S3Layout, TurnawayError } from "@turnaway/core";

import { partitionColumnNames } from "../tables/raw-partitions.ts";
import { RAW_TABLE } from "../tables/raw-table.ts";
import { judgePredicate } from "./partition-predicate.ts";
import { closing, is, isName, type Token, tokenize } from "../tokens.ts";

/** A place where a statement would read folders that it does not need. */
export interface UnprunedRead {
  /** The raw table, or the view over it. */
  readonly relation: string;
  /** The partition column that lacks a usable predicate; null where no predicate could help. */
  readonly column: string | null;
  readonly why: string;
}

/** Views through which a predicate on a partition column reaches the raw table. */
const TRANSPARENT: ReadonlySet<string> = new Set([
  RAW_TABLE,
  "flow_records",
  "flow_logs_day",
  "vpc_accept_traffic",
  "vpc_reject_traffic",
]);

/** Views over the raw table that let no such predicate through. */
const OPAQUE: Readonly<Record<string, string>> = {
  flows: "it decides direction with records beyond the predicate, and scans the logs for each step",
};

/**
 * Reads of raw logs without a bare comparison with literals on every partition column, in
 * the query that names the table. A wrapped column, LIKE, OR, or a comparison with anything
 * that is not a literal reads too much, or may do so on the next version of an engine.
 */
export function lintPruning(sql: string, layout: S3Layout): readonly UnprunedRead[] {
  const tokens = tokenize(sql);
  return rawReads(tokens).flatMap(({ relation, at }) => {
    const hopeless = OPAQUE[relation];
    if (hopeless !== undefined) return [{ relation, column: null, why: hopeless }];
    const conjuncts = whereOf(tokens, at);
    return partitionColumnNames(layout).flatMap((column): UnprunedRead[] => {
      const why = judgePredicate(conjuncts, column, column === "log_year");
      return why === null ? [] : [{ relation, column, why }];
    });
  });
}

/** @throws TurnawayError USAGE that names each read which {@link lintPruning} finds. */
export function requirePruned(name: string, sql: string, layout: S3Layout): void {
  const found = lintPruning(sql, layout);
  if (found.length === 0) return;
  throw new TurnawayError(
    "USAGE",
    found.map(({ relation, column, why }) => ({
      what: "query would read logs that it does not need",
      where: column === null ? `${name}, ${relation}` : `${name}, ${relation}.${column}`,
      why,
      fix:
        column === null
          ? "read traffic_rollup, or flow_records with its partition columns"
          : `compare ${column} with literals, by =, IN or BETWEEN, in the query that reads ${relation}`,
    })),
  );
}

function rawReads(tokens: readonly Token[]): readonly { relation: string; at: number }[] {
  const own = commonTables(tokens);
  return tokens.flatMap((token, at) => {
    const relation = token.value.toLowerCase();
    if (!isName(token) || !(TRANSPARENT.has(relation) || relation in OPAQUE)) return [];
    if (!isRelation(tokens, at)) return [];
    // A common table of that name stands for itself everywhere but in its own text.
    const shadowed = own.some(({ name, from, to }) => name === relation && at > to && from < at);
    return shadowed ? [] : [{ relation, at }];
  });
}

// `FROM x`, `JOIN x`, `FROM a, x`, each with catalogue and schema before it.
function isRelation(tokens: readonly Token[], at: number): boolean {
  let start = at;
  while (is(tokens[start - 1], ".") && isName(tokens[start - 2])) start -= 2;
  const before = tokens[start - 1];
  if (is(before, "FROM") || is(before, "JOIN")) return true;
  if (!is(before, ",") || is(tokens[at + 1], ".")) return false;
  const { depth } = tokens[at]!;
  for (let i = start - 2; i >= 0 && tokens[i]!.depth >= depth; i--) {
    if (tokens[i]!.depth > depth) continue;
    if (is(tokens[i], "FROM")) return true;
    if (CLAUSES.some((clause) => is(tokens[i], clause))) return false;
  }
  return false;
}

function commonTables(tokens: readonly Token[]): { name: string; from: number; to: number }[] {
  return tokens.flatMap((token, at) => {
    if (!isName(token) || !is(tokens[at + 1], "AS") || !is(tokens[at + 2], "(")) return [];
    if (!is(tokens[at - 1], "WITH") && !is(tokens[at - 1], ",")) return [];
    return [{ name: token.value.toLowerCase(), from: at, to: closing(tokens, at + 2) }];
  });
}

const CLAUSES = [
  ..."SELECT WHERE GROUP HAVING WINDOW ORDER OFFSET LIMIT FETCH".split(" "),
  ..."UNION EXCEPT INTERSECT".split(" "),
];

/** The tests that `WHERE` of the query around the relation joins by AND. */
function whereOf(tokens: readonly Token[], at: number): readonly (readonly Token[])[] {
  const { depth } = tokens[at]!;
  let from = -1;
  let to = at;
  for (; to < tokens.length && tokens[to]!.depth >= depth; to++) {
    const token = tokens[to]!;
    if (token.depth > depth) continue;
    if (from === -1 && is(token, "WHERE")) from = to + 1;
    else if (CLAUSES.some((clause) => is(token, clause))) break;
  }
  return from === -1 ? [] : conjuncts(tokens.slice(from, to));
}

function conjuncts(tokens: readonly Token[]): readonly (readonly Token[])[] {
  if (tokens.length === 0) return [];
  if (is(tokens[0], "(") && closing(tokens, 0) === tokens.length - 1)
    return conjuncts(tokens.slice(1, -1));
  const { depth } = tokens[0]!;
  const ands: number[] = [];
  let [between, cases] = [0, 0];
  for (const [i, token] of tokens.entries()) {
    if (token.depth !== depth) continue;
    if (is(token, "OR") && cases === 0) return [tokens];
    if (is(token, "CASE")) cases++;
    else if (is(token, "END")) cases--;
    else if (is(token, "BETWEEN")) between++;
    else if (is(token, "AND") && cases === 0) {
      if (between > 0) between--;
      else ands.push(i);
    }
  }
  if (ands.length === 0) return [tokens];
  return [-1, ...ands].flatMap((start, i) =>
    conjuncts(tokens.slice(start + 1, ands[i] ?? tokens.length)),
  );
}
