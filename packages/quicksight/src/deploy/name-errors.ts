import type { AnalysisError, DashboardError } from "@aws-sdk/client-quicksight";
import type { ErrorDetail } from "@turnaway/core";

import type { WantedDashboard } from "../wanted/want.ts";

/** What the service found wrong with a definition, by the file that it is about. */
export function nameErrors(
  what: string,
  errors: readonly (DashboardError | AnalysisError)[],
  wanted: Pick<WantedDashboard, "name" | "files"> & WithDefinition,
): readonly ErrorDetail[] {
  if (errors.length === 0) {
    const why = "QuickSight does not say why";
    return [{ what, where: wanted.name, why, fix: "run the same command again" }];
  }
  return errors.map(({ Type = "ERROR", Message = "", ViolatedEntities = [] }) => {
    const places = ViolatedEntities.map(({ Path = "" }) => placeOf(Path, wanted));
    const where = [...new Set(places)].join(", ");
    return {
      what,
      where: where === "" ? wanted.name : where,
      why: Message === "" ? Type : `${Type}: ${Message.replace(/\.$/, "")}`,
      fix: FIXES[Type] ?? "run `turnaway dashboards check`, and mend the file",
    };
  });
}

interface WithDefinition {
  readonly dashboard: Pick<WantedDashboard["dashboard"], "definition">;
}

const VIEWS = "deploy the views that the data sets read: `turnaway views deploy`";

const FIXES: Readonly<Record<string, string>> = {
  COLUMN_REPLACEMENT_MISSING: VIEWS,
  COLUMN_TYPE_MISMATCH: VIEWS,
  DATA_SET_NOT_FOUND: "run `turnaway dashboards deploy` without naming dashboards",
  ACCESS_DENIED: "give whoever deploys the permission quicksight:PassDataSet on the data set",
  INTERNAL_FAILURE: "run the same command again",
};

// `sheet/overview/visual/top-sources`, or by the members of the definition and their places.
function placeOf(
  path: string,
  { name, files, dashboard }: Parameters<typeof nameErrors>[2],
): string {
  const steps = path.split(/[/.[\]:]+/).filter((step) => step !== "");
  const ids = steps.flatMap((step, i) => [
    step,
    ...idsAt(dashboard.definition, steps.slice(0, i + 1)),
  ]);
  for (const folder of ["visuals", "sheets", "data-sets"]) {
    const file = ids.map((id) => `${folder}/${id}.yml`).findLast((one) => one in files);
    if (file !== undefined) return `${name}/${file}`;
  }
  return steps.length === 0 ? name : `${name}/dashboard.yml: ${path}`;
}

function idsAt(definition: unknown, steps: readonly string[]): readonly string[] {
  let part = definition;
  for (const step of steps) {
    if (typeof part !== "object" || part === null) return [];
    part = (part as Readonly<Record<string, unknown>>)[step];
  }
  if (typeof part !== "object" || part === null) return [];
  const [only] = Object.values(part) as readonly unknown[];
  const { SheetId, VisualId } = part as Readonly<Record<string, unknown>>;
  const inner = (only ?? {}) as Readonly<Record<string, unknown>>;
  return [SheetId, VisualId, inner["VisualId"]].filter((id) => typeof id === "string");
}
