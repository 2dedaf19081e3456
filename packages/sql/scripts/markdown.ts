import type { SqlParameter } from "../src/sql-file.ts";

/** Says who wrote the page, so that nobody edits it. */
export const GENERATED_NOTE =
  "<!-- Made by `pnpm generate` from the headers in packages/sql. Do not edit. -->";

/** A table with one line a row; nothing when there is none. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line), ""];
}

/** Name, type, meaning and default of each parameter. */
export function parameterTable(
  parameters: Readonly<Record<string, SqlParameter>> | undefined,
): readonly string[] {
  return table(
    ["parameter", "type", "what", "default"],
    Object.entries(parameters ?? {}).map(([name, p]) => [
      `\`${name}\``,
      p.type,
      p.what,
      p.default === undefined ? "must be given" : `\`${String(p.default)}\``,
    ]),
  );
}

/** Names in code to their meanings. */
export function meaningTable(
  head: string,
  meanings: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  return table(
    [head, "meaning"],
    Object.entries(meanings ?? {}).map(([name, meaning]) => [`\`${name}\``, meaning]),
  );
}

/** A fenced block. */
export function fenced(language: string, text: string): readonly string[] {
  return [`\`\`\`${language}`, text.trim(), "```", ""];
}
