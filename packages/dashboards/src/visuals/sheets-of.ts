import type { Dashboard } from "../dashboard.ts";
import { type Group, isGroup, partAt, textAt } from "../model/tree.ts";
import { plainText } from "./plain-text.ts";

/** A sheet, and where everything stands on its grid. */
export interface SheetPlan {
  readonly id: string;
  readonly name: string;
  /** From the top down, and from the left to the right. */
  readonly elements: readonly SheetElement[];
}

/** A box on a grid of 36 columns. */
export interface SheetElement {
  /** Id of the visual, the text or the image. */
  readonly id: string;
  readonly kind: "visual" | "text" | "other";
  /** Of a text: what it says, without its style. */
  readonly text: string | null;
  /** Counted from 0. */
  readonly column: number;
  readonly row: number;
  readonly width: number;
  readonly height: number;
}

/** Columns of a sheet's grid. */
export const GRID_COLUMNS = 36;

/** The sheets of a dashboard. Where a layout is no grid, each visual gets a row of its own. */
export function sheetsOf({ definition }: Dashboard): readonly SheetPlan[] {
  return ((definition.Sheets ?? []) as unknown as readonly Group[]).map((sheet) => {
    const grid = partAt(sheet, ["Layouts", 0, "Configuration", "GridLayout", "Elements"]);
    const elements = Array.isArray(grid) ? grid.filter(isGroup) : [];
    const placed = elements.length === 0 ? belowEachOther(sheet) : inGrid(elements, sheet);
    return {
      id: String(sheet["SheetId"]),
      name: String(sheet["Name"] ?? sheet["SheetId"]),
      elements: placed.toSorted((a, b) => a.row - b.row || a.column - b.column),
    };
  });
}

function inGrid(elements: readonly Group[], sheet: Group): readonly SheetElement[] {
  const texts = new Map(
    listIn(sheet, "TextBoxes").map((box) => [
      String(box["SheetTextBoxId"]),
      plainText(textAt(box, "Content") ?? ""),
    ]),
  );
  let below = 0;
  return elements.map((element) => {
    const id = String(element["ElementId"]);
    const type = element["ElementType"];
    const height = Number(element["RowSpan"] ?? 1);
    const row = Number(element["RowIndex"] ?? below);
    below = Math.max(below, row + height);
    return {
      id,
      kind: type === "VISUAL" ? "visual" : type === "TEXT_BOX" ? "text" : "other",
      text: texts.get(id) ?? null,
      column: Number(element["ColumnIndex"] ?? 0),
      row,
      width: Number(element["ColumnSpan"] ?? GRID_COLUMNS),
      height,
    };
  });
}

const HEIGHT = 12;

function belowEachOther(sheet: Group): readonly SheetElement[] {
  return listIn(sheet, "Visuals").flatMap((visual, i) =>
    Object.values(visual)
      .filter(isGroup)
      .map(({ VisualId }): SheetElement => ({
        id: String(VisualId),
        kind: "visual",
        text: null,
        column: 0,
        row: i * HEIGHT,
        width: GRID_COLUMNS,
        height: HEIGHT,
      })),
  );
}

function listIn(sheet: Group, key: string): readonly Group[] {
  const list = sheet[key];
  return Array.isArray(list) ? list.filter(isGroup) : [];
}
