/**
 * Which log events a space-delimited filter pattern matches, after CloudWatch Logs, "Filter
 * pattern syntax": fields are separated by spaces, what stands in brackets or quotes is one
 * field, `...` is as many fields as it takes, conditions are joined by `&&` before `||`, and
 * `*` stands for any text.
 *
 * The guide does not say what becomes of an event with more fields than the pattern. Its
 * `[w1=ERROR, w2]` matches a line of seven words, other pages say that the count must fit.
 * So there are two readings, and a pattern of ours has to mean the same in both.
 */
export function matches(pattern: string, event: string, reading: Reading): boolean {
  const items = parsePattern(pattern);
  const gap = items.indexOf("...");
  const words = split(event);
  if (gap >= 0) {
    const before = items.slice(0, gap) as Item[];
    const after = items.slice(gap + 1) as Item[];
    if (words.length < before.length + after.length) return false;
    return holds(before, words) && holds(after, words.slice(words.length - after.length));
  }
  const named = items as Item[];
  if (words.length < named.length) return false;
  if (reading === "exact") return words.length === named.length && holds(named, words);
  const rest = words.slice(named.length - 1).join(" ");
  return holds(named, [...words.slice(0, named.length - 1), rest]);
}

/** `exact`: as many fields as the pattern names; `rest`: the last one takes what is left. */
export type Reading = "exact" | "rest";

/** Alternatives, each of which is a list of tests that hold together. */
interface Item {
  readonly name: string;
  readonly anyOf: readonly (readonly Test[])[];
}

interface Test {
  readonly operator: string;
  readonly value: string;
}

function parsePattern(pattern: string): (Item | "...")[] {
  const inner = /^\[(.*)\]$/s.exec(pattern)?.[1];
  if (inner === undefined) throw new SyntaxError(`not a space-delimited pattern: ${pattern}`);
  return inner.split(",").map((part) => parseItem(part.trim()));
}

function parseItem(text: string): Item | "..." {
  if (text === "...") return text;
  if (/^[A-Za-z]\w*$/.test(text)) return { name: text, anyOf: [] };
  const anyOf = text
    .split("||")
    .map((part) => part.split("&&").map((one) => parseTest(one.trim())));
  const names = new Set(anyOf.flat().map(({ name }) => name));
  if (names.size !== 1) throw new SyntaxError(`conditions of several fields in one: ${text}`);
  return { name: [...names][0]!, anyOf };
}

function parseTest(text: string): Test & { name: string } {
  const parts = /^([A-Za-z]\w*) *(>=|<=|!=|=|>|<) *(?:"([^"]*)"|([^\s"]+))$/.exec(text);
  if (parts === null) throw new SyntaxError(`not a condition: ${text}`);
  return { name: parts[1]!, operator: parts[2]!, value: parts[3] ?? parts[4]! };
}

function split(event: string): string[] {
  return event.match(/\[[^\]]*\]|"[^"]*"|\S+/g) ?? [];
}

function holds(items: readonly Item[], words: readonly string[]): boolean {
  return items.every(
    ({ anyOf }, i) =>
      anyOf.length === 0 || anyOf.some((tests) => tests.every((test) => passes(test, words[i]!))),
  );
}

function passes({ operator, value }: Test, word: string): boolean {
  switch (operator) {
    case "=":
      return glob(value).test(word);
    case "!=":
      return !glob(value).test(word);
    case ">":
      return Number(word) > Number(value);
    case "<":
      return Number(word) < Number(value);
    case ">=":
      return Number(word) >= Number(value);
    default:
      return Number(word) <= Number(value);
  }
}

function glob(value: string): RegExp {
  const parts = value.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
