import type { NotDrawable } from "@turnaway/dashboards";

import type { Figure } from "../figure.ts";

/** A sheet with its answers: all that a picture or a page of it needs. */
export interface Sheet {
  readonly dashboard: SheetDashboard;
  readonly id: string;
  readonly name: string;
  readonly filters: readonly SheetFilter[];
  readonly tiles: readonly Tile[];
}

export interface SheetDashboard {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** A filter that a person can set, and what is set. */
export interface SheetFilter {
  /** The name of its input. */
  readonly id: string;
  readonly label: string;
  readonly kind: "dates" | "choice";
  /** What is set, in words: `2026-11-07 to 2026-11-20`, `all`. */
  readonly text: string;
  /** Of dates: what stands in the two inputs, YYYY-MM-DD. */
  readonly dates?: { readonly from: string; readonly to: string };
  /** Of a choice: what can be chosen, and what of it is. None chosen is all. */
  readonly choices?: readonly { readonly value: string; readonly isChosen: boolean }[];
}

/** What stands somewhere on the sheet. */
export interface Tile extends Place {
  readonly content: TileContent;
}

export type TileContent =
  | { readonly kind: "text"; readonly paragraphs: readonly string[] }
  | { readonly kind: "figure"; readonly figure: Figure }
  | {
      readonly kind: "not-drawn";
      readonly visual: NotDrawable;
      /** What the engine said, where its query failed. */
      readonly failure?: string;
    };

/** Where on the grid of {@link COLUMNS} columns. */
export interface Place {
  readonly column: number;
  readonly columns: number;
  readonly row: number;
  readonly rows: number;
}

/** As many as a sheet of QuickSight has. */
export const COLUMNS = 36;
