import type { SqlValue } from "@turnaway/core";
import pc from "picocolors";
import { terminalLine, terminalText } from "../../escape/terminal-text.ts";
import { displayWidth, fitText, padText, wrapText } from "../text/wrap.ts";
import type { RowTable } from "./row-files.ts";

/**
 * Rows for a terminal: numbers to the right, NULL empty, at most `width` cells.
 *
 * When a row does not fit, the widest columns of text are cut with `…`, numbers
 * never; when not even that helps, each row becomes a block of `column: value` lines.
 */
export function renderTable(
  { columns, rows }: RowTable,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const colors = pc.createColors(color);
  if (rows.length === 0) return `${colors.dim("no rows")}\n`;
  const names = columns.map(({ name }) => name);
  const head = names.map((name) => terminalText(name));
  const body = rows.map((row) => names.map((name) => cellText(row[name] ?? null)));
  const right = names.map((name) => rows.every((row) => isNumber(row[name] ?? null)));
  const widths = fitWidths(naturalWidths([head, ...body]), right, width);
  if (widths === undefined) return blocks(head, body, width);
  const line = (cells: readonly string[]): string =>
    terminalLine(
      cells
        .map((cell, index) =>
          padText(fitText(cell, widths[index]!), widths[index]!, right[index] ? "right" : "left"),
        )
        .join(GAP)
        .trimEnd(),
    );
  const rule = widths.map((size) => "─".repeat(size)).join(GAP);
  return [colors.bold(line(head)), colors.dim(rule), ...body.map(line)].join("\n") + "\n";
}

const GAP = "  ";
const NARROWEST = 8;

function cellText(value: SqlValue): string {
  return value === null ? "" : terminalText(String(value));
}

function isNumber(value: SqlValue): boolean {
  return value === null || typeof value === "number" || typeof value === "bigint";
}

function naturalWidths(lines: readonly (readonly string[])[]): number[] {
  return lines[0]!.map((_, column) =>
    lines.reduce((most, line) => Math.max(most, displayWidth(line[column]!)), 1),
  );
}

// Takes cells from the widest column of text until all fit; undefined when columns
// would get too narrow to read.
function fitWidths(
  natural: readonly number[],
  fixed: readonly boolean[],
  width: number,
): number[] | undefined {
  const widths = [...natural];
  const elastic = (): number[] => widths.filter((_, column) => !fixed[column]);
  let over = sum(widths) + GAP.length * (widths.length - 1) - width;
  while (over > 0) {
    const widest = Math.max(0, ...elastic());
    if (widest <= NARROWEST) return undefined;
    const column = widths.findIndex((size, index) => size === widest && !fixed[index]);
    const next = Math.max(NARROWEST, ...elastic().filter((size) => size < widest));
    const taken = Math.min(over, Math.max(1, widest - next));
    widths[column] = widest - taken;
    over -= taken;
  }
  return widths;
}

function blocks(
  head: readonly string[],
  body: readonly (readonly string[])[],
  width: number,
): string {
  return body
    .map((cells) =>
      cells
        .flatMap((cell, index) => wrapText(`${head[index]}: ${cell}`.trimEnd(), width))
        .map((line) => `${terminalLine(line)}\n`)
        .join(""),
    )
    .join("\n");
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
