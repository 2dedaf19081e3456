import type { Row } from "@turnaway/core";
import type { PlannedField } from "@turnaway/dashboards";
import { visibleText } from "@turnaway/report";

import { type Figure, fieldsOf, keyOf, valueText } from "../figure.ts";

/** A table as it is written, whatever it is written in. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableCell[])[];
  /** Whether there are more rows than were asked for. */
  readonly isCut: boolean;
}

export interface TableColumn {
  readonly label: string;
  readonly isNumber: boolean;
  /** Pixels, where the definition says so. */
  readonly width: number | null;
  /** Whether it says what the row is about. */
  readonly isHeading: boolean;
}

export interface TableCell {
  readonly text: string;
  readonly color: string | null;
  readonly background: string | null;
  /** Of a pivot table: the same as in the row above. */
  readonly isRepeated: boolean;
}

/** A table or pivot table of the rows. */
export function tableOf(figure: Figure): Table {
  return figure.plan.type === "pivot-table" ? pivoted(figure) : plain(figure);
}

function plain(figure: Figure): Table {
  const { hidden } = figure.plan.options;
  const fields = figure.plan.fields.filter(({ id }) => !hidden.includes(id));
  return {
    columns: fields.map((field, i) => columnOf(figure, field, i === 0)),
    rows: figure.rows.map((row) => fields.map((field) => cellOf(figure, row, field))),
    isCut: isCut(figure),
  };
}

function pivoted(figure: Figure): Table {
  const rows = fieldsOf(figure, "row");
  const across = fieldsOf(figure, "column");
  const values = fieldsOf(figure, "value");
  const lines = groups(figure.rows, rows);
  const columns = across.length === 0 ? [null] : [...groups(figure.rows, across).keys()].toSorted();
  const names = new Map(
    figure.rows.map((row) => [
      keyOfRow(row, across),
      across.map((field) => valueText(row[field.id], field)).join(" · "),
    ]),
  );
  const written = [...lines.values()].map((group) => [
    ...rows.map((field) => cellOf(figure, group[0]!, field)),
    ...columns.flatMap((column) => {
      const row =
        column === null ? group[0] : group.find((one) => keyOfRow(one, across) === column);
      return values.map((field) => (row === undefined ? EMPTY : cellOf(figure, row, field)));
    }),
  ]);
  return {
    columns: [
      ...rows.map((field) => columnOf(figure, field, true)),
      ...columns.flatMap((column) =>
        values.map((field) => {
          const own = columnOf(figure, field, false);
          if (column === null) return own;
          const name = names.get(column)!;
          return { ...own, label: values.length === 1 ? name : `${name} · ${own.label}` };
        }),
      ),
    ],
    rows: written.map((cells, i) => withoutRepeats(cells, written[i - 1], rows.length)),
    isCut: isCut(figure),
  };
}

function isCut({ plan, rows }: Figure): boolean {
  return plan.query.limit !== null && rows.length >= plan.query.limit;
}

/** How many rows there are besides those that are shown. */
export function restText({ rows, isCut }: Table, shown: number): string {
  const rest = (rows.length - shown).toLocaleString("en-US");
  return isCut ? `more than ${rest} more rows` : `${rest} more rows`;
}

function columnOf(figure: Figure, field: PlannedField, isHeading: boolean): TableColumn {
  return {
    label: visibleText(field.label),
    isNumber: field.type === "number",
    width: figure.plan.options.widths[field.id] ?? null,
    isHeading,
  };
}

function cellOf({ plan }: Figure, row: Row, field: PlannedField): TableCell {
  const colors = plan.options.conditionalColors.filter(
    (one) => one.field === field.id && isTrue(row[one.when]),
  );
  return {
    text: valueText(row[field.id], field),
    color: hexOf(colors.find(({ text }) => text !== null)?.text),
    background: hexOf(colors.find(({ background }) => background !== null)?.background),
    isRepeated: false,
  };
}

// A definition may come from anybody: what is no colour is none.
function hexOf(color: string | null | undefined): string | null {
  return /^#[\da-f]{6}$/i.test(color ?? "") ? color! : null;
}

function isTrue(value: Row[string] | undefined): boolean {
  return value === true || value === 1 || value === "true";
}

function groups(rows: readonly Row[], fields: readonly PlannedField[]): Map<string, Row[]> {
  const all = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOfRow(row, fields);
    const group = all.get(key);
    if (group === undefined) all.set(key, [row]);
    else group.push(row);
  }
  return all;
}

function keyOfRow(row: Row, fields: readonly PlannedField[]): string {
  return fields.map(({ id }) => keyOf(row[id])).join("\u0001");
}

// As pivot tables have it: a heading stands once over its rows.
function withoutRepeats(
  cells: readonly TableCell[],
  above: readonly TableCell[] | undefined,
  headings: number,
): readonly TableCell[] {
  if (above === undefined) return cells;
  const same = cells.findIndex((cell, i) => i >= headings - 1 || cell.text !== above[i]!.text);
  return cells.map((cell, i) => (i < same ? { ...cell, isRepeated: true } : cell));
}

const EMPTY: TableCell = { text: "", color: null, background: null, isRepeated: false };
