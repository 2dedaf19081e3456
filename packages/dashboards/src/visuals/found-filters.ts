import type { Dashboard } from "../dashboard.ts";
import { type Group, isGroup, partAt } from "../model/tree.ts";
import type { FoundVisual } from "./find-visual.ts";

/** A filter of a definition. */
export interface FoundFilter {
  readonly id: string;
  /** The member of the union: `CategoryFilter`. */
  readonly member: string;
  readonly body: Group;
  /** The group that it stands in. */
  readonly group: Group;
  /** What it filters; undefined where it is no column. */
  readonly dataSet: string | undefined;
  readonly column: string | undefined;
}

/** Every filter that is switched on. */
export function allFilters({ definition }: Dashboard): readonly FoundFilter[] {
  const groups = (definition.FilterGroups ?? []) as unknown as readonly Group[];
  return groups
    .filter(({ Status }) => Status !== "DISABLED")
    .flatMap((group) =>
      (group["Filters"] as readonly Group[]).flatMap((filter) =>
        Object.entries(filter).flatMap(([member, body]) =>
          isGroup(body) ? [foundFilter(member, body, group)] : [],
        ),
      ),
    );
}

/** Whether the filter is about that visual. */
export function reaches(
  { group }: FoundFilter,
  { id, sheet }: Pick<FoundVisual, "id" | "sheet">,
): boolean {
  const scope = group["ScopeConfiguration"];
  if (partAt(scope, ["AllSheets"]) !== undefined) return true;
  const sheets = partAt(scope, ["SelectedSheets", "SheetVisualScopingConfigurations"]);
  return (Array.isArray(sheets) ? sheets.filter(isGroup) : []).some(
    ({ SheetId, Scope, VisualIds }) =>
      SheetId === sheet &&
      (Scope === "ALL_VISUALS" || (Array.isArray(VisualIds) && VisualIds.includes(id))),
  );
}

function foundFilter(member: string, body: Group, group: Group): FoundFilter {
  const { DataSetIdentifier: dataSet, ColumnName: column } = isGroup(body["Column"])
    ? body["Column"]
    : {};
  return {
    id: String(body["FilterId"]),
    member,
    body,
    group,
    dataSet: typeof dataSet === "string" ? dataSet : undefined,
    column: typeof column === "string" ? column : undefined,
  };
}
