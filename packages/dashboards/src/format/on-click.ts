import { isSame } from "../model/tree.ts";
import type { Lens, Scope } from "./lens.ts";
import { Misread } from "./lens.ts";

/** What a click on a mark does, where it does what clicks mostly do. */
export function onClick(): Lens {
  return {
    key: "on-click",
    path: ["Actions"],
    toApi: (written, scope) => {
      if (written === "filter-sheet") return [filterSheet(scope)];
      throw new Misread(`got ${JSON.stringify(written)}, expected filter-sheet`);
    },
    toFile: (part, scope) => (isSame(part, [filterSheet(scope)]) ? "filter-sheet" : undefined),
  };
}

/** The id of the action that a visual has for clicks; no two visuals may share one. */
export function clickIdOf(visual: string): string {
  return `${visual}-click`;
}

/** Shows what the other visuals of the sheet have of the mark. */
function filterSheet({ id = "" }: Scope): object {
  return {
    CustomActionId: clickIdOf(id),
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
}
