import type { Figure } from "./figures.ts";
import type { Unit } from "./limits.ts";

/** The figures as aligned text: what, how it spread, what is allowed, whether it is met. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = [
    ["figure", "min", "median", "max", "at most", ""],
    ...figures.map(({ title, unit, most, spread, met }) => [
      title,
      ...(spread === null
        ? ["-", "-", "-"]
        : [spread.min, spread.median, spread.max].map((value) => formatValue(value, unit))),
      formatValue(most, unit),
      met === null ? "not measured" : met ? "met" : "MISSED",
    ]),
  ];
  return alignRows(rows);
}

/** Columns of equal width: the first to the left, numbers to the right, the last as it is. */
export function alignRows(rows: readonly (readonly string[])[]): string {
  const last = Math.max(...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: last }, (_, i) =>
    Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        if (i === 0) return cell.padEnd(widths[i]!);
        return i === last ? cell : cell.padStart(widths[i]!);
      })
      .join("  ")
      .trimEnd();
  return rows.map((row) => `${line(row)}\n`).join("");
}

/** A ratio or seconds in three digits, bytes in MiB. */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case "times":
      return `${digits(value)} x`;
    case "seconds":
      return `${digits(value)} s`;
    case "bytes":
      return `${Math.round(value / 2 ** 20)} MiB`;
    case "count":
      return String(value);
  }
}

function digits(value: number): string {
  return value.toFixed(value < 1 ? 3 : value < 100 ? 2 : 0);
}
