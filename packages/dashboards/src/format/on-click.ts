import type { Lens } from "./lens.ts";
import { named } from "./plain-lenses.ts";

/** What a click on a mark does, where it does what clicks mostly do. */
export function onClick(): Lens {
  return named("on-click", ["Actions"], { "filter-sheet": [FILTER_SHEET] });
}

/** A click on a mark shows what the other visuals of the sheet have of it. */
const FILTER_SHEET = {
  CustomActionId: "filter-sheet",
  Name: "Filter this sheet",
  Trigger: "DATA_POINT_CLICK",
  ActionOperations: [
    {
      FilterOperation: {
        SelectedFieldsConfiguration: { SelectedFieldOptions: "ALL_FIELDS" },
        TargetVisualsConfiguration: {
          SameSheetTargetVisualConfiguration: { TargetVisualOptions: "ALL_VISUALS" },
        },
      },
    },
  ],
};
