import { parseExpression } from "./parse-expression.ts";
import { MalformedQuery } from "./malformed-query.ts";
import type { Aggregate, Command, Item, SortKey } from "./syntax.ts";
import { AGGREGATES } from "./functions.ts";
import { TokenReader } from "./token-reader.ts";

const LONGEST_QUERY = 10_000;
const MOST_STATS = 2;

/**
 * A query as a list of commands.
 *
 * Stricter than the service where its documentation leaves a doubt: a query may not name a
 * field anew that the record has, so that no answer hangs on which of the two is meant.
 *
 * @throws MalformedQuery for whatever is not in the subset.
 */
export function parseQuery(query: string): readonly Command[] {
  if (query.length > LONGEST_QUERY) throw new MalformedQuery("query is too long", LONGEST_QUERY);
  const tokens = new TokenReader(query);
  const commands: Command[] = [];
  do {
    commands.push(parseCommand(tokens));
  } while (tokens.takeSign("|"));
  tokens.expectEnd();
  checkOrder(commands, tokens);
  return commands;
}

type Parse = (tokens: TokenReader) => Command;

const COMMANDS: Readonly<Record<string, Parse>> = {
  fields: (tokens) => ({ kind: "fields", items: parseItems(tokens) }),
  filter: (tokens) => ({ kind: "filter", condition: parseExpression(tokens) }),
  parse: parseParse,
  stats: parseStats,
  sort: (tokens) => ({ kind: "sort", keys: parseList(tokens, parseSortKey) }),
  limit: (tokens) => ({ kind: "limit", count: Number(tokens.expect("number")) }),
};

function parseCommand(tokens: TokenReader): Command {
  const at = tokens.peek();
  const name = tokens.expect("name");
  const parse = COMMANDS[name];
  if (parse === undefined) throw new MalformedQuery(`unknown command ${name}`, at.start, at.end);
  return parse(tokens);
}

function parseParse(tokens: TokenReader): Command {
  const from = parseExpression(tokens);
  const at = tokens.peek();
  const glob = tokens.expect("text");
  tokens.expectName("as");
  const names = parseList(tokens, (t) => t.expect("name"));
  if (glob.split("*").length - 1 !== names.length) {
    throw new MalformedQuery("parse has not as many names as wildcards", at.start, at.end);
  }
  return { kind: "parse", from, glob, names };
}

function parseStats(tokens: TokenReader): Command {
  const aggregates = parseList(tokens, parseAggregate);
  return { kind: "stats", aggregates, by: tokens.takeName("by") ? parseItems(tokens) : [] };
}

function parseAggregate(tokens: TokenReader): Aggregate {
  const at = tokens.peek();
  const operation = tokens.expect("name");
  if (!AGGREGATES.has(operation)) {
    throw new MalformedQuery(`unknown aggregation ${operation}`, at.start, at.end);
  }
  tokens.expectSign("(");
  const of = operation === "count" && tokens.takeSign("*") ? null : parseExpression(tokens);
  tokens.expectSign(")");
  tokens.expectName("as");
  return { operation, of, name: tokens.expect("name") };
}

function parseItems(tokens: TokenReader): readonly Item[] {
  return parseList(tokens, (t) => {
    const at = t.peek();
    const expression = parseExpression(t);
    if (t.takeName("as")) return { expression, name: t.expect("name") };
    if (expression.kind === "field") return { expression, name: expression.name };
    throw new MalformedQuery("an expression needs a name", at.start, at.end);
  });
}

function parseSortKey(tokens: TokenReader): SortKey {
  const name = tokens.expect("name");
  const descending = tokens.takeName("desc");
  if (!descending) tokens.takeName("asc");
  return { name, descending };
}

function parseList<T>(tokens: TokenReader, parse: (tokens: TokenReader) => T): T[] {
  const items = [parse(tokens)];
  while (tokens.takeSign(",")) items.push(parse(tokens));
  return items;
}

function checkOrder(commands: readonly Command[], tokens: TokenReader): void {
  const kinds = commands.map(({ kind }) => kind);
  const refuse = (message: string): never => {
    throw new MalformedQuery(message, 0, tokens.length);
  };
  if (kinds.filter((kind) => kind === "stats").length > MOST_STATS)
    refuse("too many stats commands");
  const first = kinds.findIndex((kind) => kind === "sort" || kind === "limit");
  if (first >= 0 && kinds.indexOf("stats", first) >= 0) {
    refuse("sort and limit have to follow the last stats command");
  }
}
