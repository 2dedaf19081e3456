import { type ErrorDetail, TurnawayError } from "@turnaway/core";

import type { DashboardsPlan } from "../plan/dashboards-plan.ts";

/** @throws TurnawayError USAGE with everything that somebody else changed, before anything is written. */
export function refuseEdits({ assets }: DashboardsPlan, force: boolean): void {
  if (force) return;
  const details = assets
    .filter(({ action }) => action === "edited")
    .map(({ kind, name, id, why }): ErrorDetail => {
      const canPull = kind === "dashboard" || kind === "analysis";
      const asked = kind === "analysis" ? `${name} --from analysis` : name;
      return {
        what: "nothing is deployed",
        where: `${kind} ${id}`,
        why: why ?? "somebody else changed it",
        fix: canPull
          ? `run \`turnaway dashboards pull ${asked}\` to keep the change as files, or deploy over it with --force`
          : "undo the change in the console, or deploy over it with --force",
      };
    });
  if (details.length > 0) throw new TurnawayError("USAGE", details);
}
