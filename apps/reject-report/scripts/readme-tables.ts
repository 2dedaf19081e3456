import { parse } from "yaml";

/** What a README says of an action.yml, by the name of the place: `inputs`, `outputs`. */
export function readmeTables(actionYml: string): Readonly<Record<string, string>> {
  const { inputs, outputs } = parse(actionYml) as Action;
  return {
    inputs: table(
      ["input", "meaning", "default"],
      Object.entries(inputs).map(([name, { description, default: value }]) => [
        `\`${name}\``,
        description,
        value === undefined ? "" : `\`${value}\``,
      ]),
    ),
    outputs: table(
      ["output", "meaning"],
      Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]),
    ),
  };
}

/** Puts each table between its markers, `<!-- inputs -->` and `<!-- /inputs -->`. */
export function withTables(readme: string, tables: Readonly<Record<string, string>>): string {
  return Object.entries(tables).reduce(
    (text, [name, content]) =>
      text.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        (_, start: string, end: string) => `${start}\n${content}\n\n${end}`,
      ),
    readme,
  );
}

interface Action {
  readonly inputs: Readonly<Record<string, { description: string; default?: string }>>;
  readonly outputs: Readonly<Record<string, { description: string }>>;
}

// Padded as the formatter has tables, so that neither undoes what the other did.
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [line(cells[0]!), rule, ...cells.slice(1).map(line)].join("\n");
}
