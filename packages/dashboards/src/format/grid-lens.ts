import { type Group, isGroup } from "../model/tree.ts";
import { type Lens, Misread } from "./lens.ts";
import { group, text } from "./plain-lenses.ts";

/** Widths of the grid's 36 columns by name. */
export const WIDTHS: Readonly<Record<string, number>> = {
  sixth: 6,
  quarter: 9,
  third: 12,
  half: 18,
  "two-thirds": 24,
  "three-quarters": 27,
  full: 36,
};

/** Heights of a row by name, in rows of the grid. */
export const HEIGHTS: Readonly<Record<string, number>> = {
  line: 2,
  low: 4,
  small: 6,
  medium: 8,
  large: 12,
  tall: 16,
};

const COLUMNS = 36;

/**
 * The elements of a grid as rows, read from the left to the right and from the top down:
 *
 *     - row: low
 *       items: { rejected-total: third, rejected-clients: third, rejected-servers: third }
 *
 * What each item is follows from `typeOf`. A layout with gaps or overlaps has no short form.
 */
export function gridRows(
  key: string,
  path: readonly string[],
  typeOf: (id: string) => string,
): Lens {
  return {
    key,
    path,
    toApi: (written) => {
      if (!Array.isArray(written)) throw new Misread("expected a list of rows");
      let top = 0;
      return written.flatMap((row: unknown, i) => {
        const elements = rowToApi(row, { top, i, typeOf });
        top += elements.length === 0 ? 0 : (elements[0]!["RowSpan"] as number);
        return elements;
      });
    },
    toFile: (part) => (Array.isArray(part) && part.every(isGroup) ? rowsOf(part) : undefined),
    place: ([index], written) => placeOfElement(Number(index ?? 0), written),
  };
}

function rowToApi(
  row: unknown,
  { top, i, typeOf }: { top: number; i: number; typeOf: (id: string) => string },
): Group[] {
  const { row: height, items, ...rest } = groupAt(row, [i]);
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Misread("unknown key, allowed are row, items", [i, unknown]);
  const RowSpan = sizeOf(height, HEIGHTS, [i, "row"]);
  let left = 0;
  return Object.entries(groupAt(items, [i, "items"])).map(([id, width]) => {
    const ColumnSpan = sizeOf(width, WIDTHS, [i, "items", id]);
    if (left + ColumnSpan > COLUMNS) {
      throw new Misread(`the row is ${left + ColumnSpan} columns wide, a sheet has ${COLUMNS}`, [
        i,
        "items",
        id,
      ]);
    }
    const element = {
      ElementId: id,
      ElementType: typeOf(id),
      ColumnIndex: left,
      ColumnSpan,
      RowIndex: top,
      RowSpan,
    };
    left += ColumnSpan;
    return element;
  });
}

function groupAt(value: unknown, path: readonly (string | number)[]): Group {
  if (isGroup(value)) return value;
  throw new Misread("expected a group of keys", path);
}

function sizeOf(
  written: unknown,
  names: Readonly<Record<string, number>>,
  path: readonly (string | number)[],
): number {
  if (typeof written === "number") return written;
  const size = typeof written === "string" ? names[written] : undefined;
  if (size !== undefined) return size;
  throw new Misread(
    `got ${JSON.stringify(written) ?? "nothing"}, expected a number or one of ${Object.keys(names).join(", ")}`,
    path,
  );
}

// Whether the rows are the elements the caller finds out, by turning them back.
function rowsOf(elements: readonly Group[]): unknown {
  const rows: { row: unknown; items: Record<string, unknown> }[] = [];
  let last: Group | undefined;
  for (const element of elements) {
    if (last?.["RowIndex"] !== element["RowIndex"] || rows.length === 0) {
      rows.push({ row: nameOf(element["RowSpan"], HEIGHTS), items: {} });
    }
    rows.at(-1)!.items[String(element["ElementId"])] = nameOf(element["ColumnSpan"], WIDTHS);
    last = element;
  }
  return rows.length === 0 ? undefined : rows;
}

function nameOf(size: unknown, names: Readonly<Record<string, number>>): unknown {
  return Object.keys(names).find((name) => names[name] === size) ?? size;
}

function placeOfElement(index: number, written: unknown): (string | number)[] {
  let before = 0;
  for (const [i, row] of (Array.isArray(written) ? written : []).entries()) {
    const items = Object.keys(group(isGroup(row) ? (row["items"] ?? {}) : {}));
    if (index < before + items.length) return [i, "items", text(items[index - before])];
    before += items.length;
  }
  return [];
}
