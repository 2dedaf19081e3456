import { is, isName, type Token, tokenize } from "../tokens.ts";

/**
 * The query of a view in a form that is the same for the text that was deployed and for what
 * an engine prints of it: engines keep the parsed query, and print it in a style of their own.
 *
 * @param text a query, or a whole `CREATE VIEW … AS query`
 */
export function normalizeView(text: string): string {
  return viewWords(text).join(" ");
}

/** The words of that form. */
export function viewWords(text: string): readonly string[] {
  return joined(queryOf(tokenize(text)))
    .map((token) => (token.kind === "text" ? `'${token.value}'` : token.value.toLowerCase()))
    .filter((word) => !STYLE.has(word));
}

/** What a printer adds or leaves out: grouping, aliases' AS, the default order, kinds of join. */
const STYLE = new Set(["(", ")", "as", "asc", "inner"]);

// `a || b` is printed as `concat(a, b)`: either way the bars are left.
function joined(tokens: readonly Token[]): readonly Token[] {
  const depths: number[] = [];
  return tokens.flatMap((token, i) => {
    const { depth } = token;
    if (isConcat(token) && is(tokens[i + 1], "(")) {
      depths.push(depth + 1);
      return [];
    }
    if (is(token, ")") && depths.at(-1) === depth + 1) depths.pop();
    return is(token, ",") && depths.at(-1) === depth ? [{ ...token, value: "||" }] : [token];
  });
}

function isConcat(token: Token): boolean {
  return isName(token) && token.value.toLowerCase() === "concat";
}

function queryOf(tokens: readonly Token[]): readonly Token[] {
  if (!is(tokens[0], "CREATE")) return tokens;
  const as = tokens.findIndex(
    (token, i) =>
      token.depth === 0 && is(token, "AS") && QUERY.some((word) => is(tokens[i + 1], word)),
  );
  const end = is(tokens.at(-1), ";") ? -1 : undefined;
  return tokens.slice(as + 1, end);
}

const QUERY = ["WITH", "SELECT", "(", "VALUES", "TABLE"];
