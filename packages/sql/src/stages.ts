import { TurnawayError } from "@turnaway/core";

/**
 * A statement cut at some of its common table expressions.
 *
 * Trino and Athena put the text of a `WITH` wherever it is named, so one that is named three
 * times is computed three times, and refuse a statement of more than 150 stages: the rollup
 * would have 1440. There the expressions that many others read are kept in tables, one
 * statement each. DuckDB computes each once by itself, and runs the text as it is.
 */
export interface StagedStatement {
  /** In the order in which they have to be kept. */
  readonly stages: readonly { readonly name: string; readonly sql: string }[];
  /** What the whole statement answers, from the stages. */
  readonly sql: string;
}

/**
 * Cuts a statement that begins with `WITH`. `read` is the query that answers with the rows
 * that were kept of a stage; it stands in the later statements under the name of the stage.
 *
 * @throws TurnawayError BUG for a stage that the statement does not define.
 */
export function cutStages(
  sql: string,
  stages: readonly string[],
  read: (stage: string) => string,
): StagedStatement {
  const { expressions, rest } = splitWith(sql);
  const missing = stages.find((stage) => !expressions.some(({ name }) => name === stage));
  if (missing !== undefined) {
    throw new TurnawayError("BUG", {
      what: "no such stage",
      where: missing,
      why: "the statement has no expression of that name in its WITH",
    });
  }
  const known: Expression[] = [];
  const cut: { name: string; sql: string }[] = [];
  for (const expression of expressions) {
    const { name, body } = expression;
    if (!stages.includes(name)) {
      known.push(expression);
      continue;
    }
    cut.push({ name, sql: withNeeded(known, body) });
    known.push({ name, head: name, body: read(name) });
  }
  return { stages: cut, sql: withNeeded(known, rest) };
}

/** Those of {@link ROLLUP_STAGES} that a statement defines, in its order. */
export function rollupStagesIn(sql: string): readonly string[] {
  const defined = splitWith(sql).expressions.map(({ name }) => name);
  return defined.filter((name) => ROLLUP_STAGES.includes(name));
}

interface Expression {
  readonly name: string;
  /** The name with its list of columns, as written. */
  readonly head: string;
  readonly body: string;
}

/** The body after those expressions that it reads, and that these read. */
function withNeeded(known: readonly Expression[], body: string): string {
  const needed = new Set<Expression>();
  const visit = (text: string): void => {
    for (const expression of known) {
      if (needed.has(expression) || !readsRelation(text, expression.name)) continue;
      needed.add(expression);
      visit(expression.body);
    }
  };
  visit(body);
  const list = known.filter((expression) => needed.has(expression));
  if (list.length === 0) return body;
  return `WITH ${list.map(({ head, body }) => `${head} AS (\n${body}\n)`).join(",\n\n")}\n\n${body}`;
}

/** Whether the text reads that relation; a column may have the same name. */
export function readsRelation(text: string, relation: string): boolean {
  return new RegExp(`\\b(?:FROM|JOIN)\\s+${relation}\\b`, "i").test(text);
}

/**
 * The expressions of the traffic rollup that an engine which inlines them has to keep: those
 * that are read several times and are dear, small ones first. Of the rest no statement has
 * more than 40 stages.
 */
export const ROLLUP_STAGES: readonly string[] = [
  // Where the statement makes it itself, as those of `trace` do.
  "flow_tuples",
  "locality",
  "own_addresses",
  "connections",
  "directed",
  "conversations",
  "hours",
];

/** Quoted text, comments and single characters, so that a parenthesis in a quote is none. */
const TOKENS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|[\s\S]/g;

function splitWith(sql: string): { expressions: readonly Expression[]; rest: string } {
  const start = /^WITH\s+/i.exec(sql)?.[0].length;
  if (start === undefined) return { expressions: [], rest: sql };
  const expressions: Expression[] = [];
  let at = start;
  for (;;) {
    const gap = /^(?:\s|--[^\n]*\n)*/.exec(sql.slice(at))![0].length;
    const head = /^([a-z_]\w*)(\s*\([^)]*\))?\s+AS\s+\(/i.exec(sql.slice(at + gap));
    if (head === null) break;
    const open = at + gap + head[0].length;
    const close = closingParenthesis(sql, open);
    const name = head[1]!;
    // What a part of the statement defines for itself is as good in front of it.
    const inner = splitWith(sql.slice(open, close).trim());
    expressions.push(...inner.expressions, {
      name,
      head: `${name}${head[2] ?? ""}`,
      body: inner.rest,
    });
    at = close + 1;
    const comma = /^\s*,/.exec(sql.slice(at));
    if (comma === null) break;
    at += comma[0].length;
  }
  return { expressions, rest: sql.slice(at).trim() };
}

/** Where the parenthesis closes that was opened just before `from`. */
function closingParenthesis(sql: string, from: number): number {
  TOKENS.lastIndex = from;
  let depth = 1;
  for (let token = TOKENS.exec(sql); token !== null; token = TOKENS.exec(sql)) {
    if (token[0] === "(") depth++;
    if (token[0] === ")" && --depth === 0) return token.index;
  }
  throw new TurnawayError("BUG", {
    what: "SQL with an open parenthesis",
    why: `nothing closes the one at character ${from}`,
  });
}
