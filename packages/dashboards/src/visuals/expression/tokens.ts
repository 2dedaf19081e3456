import { Undrawable } from "../undrawable.ts";

/** One piece of a calculated field. */
export interface Token {
  readonly kind: "column" | "parameter" | "text" | "number" | "name" | "sign" | "end";
  /** What stands between braces or quotes; else the piece itself. */
  readonly value: string;
}

/** Cuts the text of a calculated field into its pieces. @throws Undrawable */
export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const at = PIECE.lastIndex;
    const match = PIECE.exec(text);
    if (match === null) {
      throw new Undrawable(
        `the calculated field is not understood at "${text.slice(at, at + 20)}"`,
      );
    }
    const [kind, value] = Object.entries(match.groups!).find(([, part]) => part !== undefined)!;
    if (kind === "space") continue;
    found.push({
      kind: kind as Token["kind"],
      value: kind === "text" ? unquoted(value) : value.replace(/^\$?\{(.*)\}$/s, "$1"),
    });
  }
  return [...found, { kind: "end", value: "" }];
}

const PIECE = new RegExp(
  [
    String.raw`(?<space>\s+|//[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<column>\{[^{}]+\})`,
    String.raw`(?<parameter>\$\{[^{}]+\})`,
    String.raw`(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")`,
    String.raw`(?<number>\d+(?:\.\d+)?|\.\d+)`,
    String.raw`(?<name>[A-Za-z_]\w*)`,
    String.raw`(?<sign><>|!=|<=|>=|[-+*/%^=<>(),[\]])`,
  ].join("|"),
  "y",
);

function unquoted(text: string): string {
  return text.slice(1, -1).replaceAll(/\\(.)/gs, "$1");
}
