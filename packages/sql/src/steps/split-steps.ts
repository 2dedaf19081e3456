import { closing, is, isName, type Token, tokenize } from "../tokens.ts";

/** A common table of a statement that is kept as a table of its own. */
export interface Step {
  /** Name of the common table. */
  readonly name: string;
  /** The query whose rows it holds. */
  readonly sql: string;
}

/** A statement as several, each of which scans few tables. */
export interface SplitStatement {
  /** In the order in which they have to run: later ones read the tables of earlier ones. */
  readonly steps: readonly Step[];
  readonly last: string;
}

/**
 * Takes those common tables out of a statement which it would evaluate again and again.
 *
 * Trino, and so Athena, writes a common table out wherever its name stands. A statement of
 * thirty that build on one another becomes a plan of a thousand scans, which is refused
 * (QUERY_HAS_TOO_MANY_STAGES). DuckDB evaluates each once and runs the statement as it is.
 *
 * @param tableOf the table that a step's rows are kept in
 */
export function splitSteps(sql: string, tableOf: (name: string) => string): SplitStatement {
  const { tables, body } = parseWith(sql);
  const kept = new Set(chooseKept(tables, body));
  const compose = (text: string): string => composeWith({ tables, kept, tableOf }, text);
  return {
    steps: tables
      .filter(({ name }) => kept.has(name))
      .map(({ name, text }) => ({ name, sql: compose(text) })),
    last: compose(body),
  };
}

/** Scans that a table must save: one that saves fewer is cheaper to evaluate again. */
const WORTH = 8;

interface CommonTable {
  readonly name: string;
  readonly text: string;
  /** Names after FROM and JOIN, as often as they stand there. */
  readonly reads: readonly string[];
}

function parseWith(sql: string): { tables: readonly CommonTable[]; body: string } {
  const tokens = tokenize(sql);
  const tables: CommonTable[] = [];
  let at = 0;
  while (is(tokens[at], at === 0 ? "WITH" : ",") && isHead(tokens, at + 1)) {
    const open = at + 3;
    const close = closing(tokens, open);
    const text = sql.slice(tokens[open]!.at + 1, tokens[close]!.at).trim();
    tables.push({ name: tokens[at + 1]!.value, text, reads: relationsOf(text) });
    at = close + 1;
  }
  return { tables, body: at === 0 ? sql : sql.slice(tokens[at]!.at) };
}

// `name AS (`
function isHead(tokens: readonly Token[], at: number): boolean {
  return isName(tokens[at]) && is(tokens[at + 1], "AS") && is(tokens[at + 2], "(");
}

function chooseKept(tables: readonly CommonTable[], body: string): string[] {
  const read = [...tables.map(({ reads }) => reads), relationsOf(body)];
  const uses = (name: string): number => read.flat().filter((other) => other === name).length;
  const scans = new Map<string, number>();
  return tables.flatMap(({ name }, i) => {
    const own = read[i]!.reduce((sum, other) => sum + (scans.get(other) ?? 1), 0);
    // What is one scan already would only be copied.
    const isKept = own > 1 && (uses(name) - 1) * own >= WORTH;
    scans.set(name, isKept ? 1 : own);
    return isKept ? [name] : [];
  });
}

function relationsOf(text: string): string[] {
  const tokens = tokenize(text);
  return tokens.flatMap((token, i) => {
    const follows = is(tokens[i - 1], "FROM") || is(tokens[i - 1], "JOIN");
    return follows && isName(token) ? [token.value] : [];
  });
}

interface Composition {
  readonly tables: readonly CommonTable[];
  readonly kept: ReadonlySet<string>;
  readonly tableOf: (name: string) => string;
}

/** The text behind those common tables that it needs, and no others. */
function composeWith({ tables, kept, tableOf }: Composition, text: string): string {
  const needed = new Set<string>();
  const visit = (reads: readonly string[]): void => {
    for (const name of reads) {
      const table = tables.find((other) => other.name === name);
      if (table === undefined || needed.has(name)) continue;
      needed.add(name);
      if (!kept.has(name)) visit(table.reads);
    }
  };
  visit(relationsOf(text));
  if (needed.size === 0) return text;
  const list = tables
    .filter(({ name }) => needed.has(name))
    .map(({ name, text: own }) =>
      kept.has(name) ? `${name} AS (SELECT * FROM ${tableOf(name)})` : `${name} AS (\n${own}\n)`,
    );
  return `WITH ${list.join(",\n")}\n${text}`;
}
