import type { DashboardVersionDefinition } from "@aws-sdk/client-quicksight";

import { HEIGHTS, WIDTHS } from "../format/grid-lens.ts";
import type { Detail } from "./details.ts";

/** Where a visual stands. */
export interface Place {
  readonly sheet: string;
  /** How many visuals of the sheet are read before it. */
  readonly index: number;
  /** `third x large`; null where the layout is no grid. */
  readonly size: string | null;
}

/** The place of each visual, by its id. */
export function placesIn({ Sheets = [] }: DashboardVersionDefinition): ReadonlyMap<string, Place> {
  return new Map(
    Sheets.flatMap(({ SheetId, Layouts, Visuals = [] }): readonly (readonly [string, Place])[] => {
      const sheet = SheetId ?? "";
      const elements = Layouts?.[0]?.Configuration?.GridLayout?.Elements ?? [];
      const inGrid = elements
        .filter(({ ElementType }) => ElementType === "VISUAL")
        .toSorted(
          (a, b) =>
            (a.RowIndex ?? 0) - (b.RowIndex ?? 0) || (a.ColumnIndex ?? 0) - (b.ColumnIndex ?? 0),
        );
      if (inGrid.length > 0) {
        return inGrid.map(({ ElementId, ColumnSpan, RowSpan }, index) => {
          const size = `${nameOf(ColumnSpan, WIDTHS)} x ${nameOf(RowSpan, HEIGHTS)}`;
          return [ElementId ?? "", { sheet, index, size }] as const;
        });
      }
      return Visuals.flatMap((visual, index) =>
        Object.values(visual).map(
          ({ VisualId }: { VisualId?: string }) =>
            [VisualId ?? "", { sheet, index, size: null }] as const,
        ),
      );
    }),
  );
}

/**
 * The visuals that stand somewhere else, and how. Whoever was only pushed aside by others has not
 * moved: of each sheet's visuals as few as possible count as moved.
 */
export function movedBetween(
  was: ReadonlyMap<string, Place>,
  is: ReadonlyMap<string, Place>,
): ReadonlyMap<string, readonly Detail[]> {
  const stayed = new Set<string>();
  for (const sheet of new Set([...is.values()].map((place) => place.sheet))) {
    const order = (places: ReadonlyMap<string, Place>): readonly string[] =>
      [...places]
        .filter(([id, place]) => place.sheet === sheet && was.get(id)?.sheet === is.get(id)?.sheet)
        .toSorted(([, a], [, b]) => a.index - b.index)
        .map(([id]) => id);
    for (const id of longestCommon(order(was), order(is))) stayed.add(id);
  }
  const moves = new Map<string, readonly Detail[]>();
  for (const [id, place] of is) {
    const before = was.get(id);
    if (before === undefined) continue;
    const details = [
      ...(before.sheet === place.sheet
        ? []
        : [{ key: "sheet", before: before.sheet, after: place.sheet }]),
      ...(before.sheet !== place.sheet || stayed.has(id)
        ? []
        : [{ key: "position", before: `${before.index + 1}.`, after: `${place.index + 1}.` }]),
      ...(before.size === place.size
        ? []
        : [{ key: "size", before: before.size, after: place.size }]),
    ];
    if (details.length > 0) moves.set(id, details);
  }
  return moves;
}

function longestCommon(a: readonly string[], b: readonly string[]): readonly string[] {
  const lengths = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i]![j] =
        a[i] === b[j]
          ? lengths[i + 1]![j + 1]! + 1
          : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const common: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common.push(a[i]!);
      i += 1;
      j += 1;
    } else if (lengths[i + 1]![j]! >= lengths[i]![j + 1]!) i += 1;
    else j += 1;
  }
  return common;
}

function nameOf(size: number | undefined, names: Readonly<Record<string, number>>): string {
  return Object.keys(names).find((name) => names[name] === size) ?? String(size ?? "?");
}
