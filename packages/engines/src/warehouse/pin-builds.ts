import type { QueryEngine } from "@turnaway/core";
import { type DayBuild, readBuilds } from "@turnaway/sql";

import type { Warehouse } from "./warehouse.ts";

/**
 * The engine of the warehouse, with the rollups of every statement taken from these builds:
 * a report of many statements is of one state, whatever is published while it is made.
 *
 * Superseded builds stay for an hour, which is how long such an engine may be used.
 */
export function pinBuilds(
  { engine, place }: Pick<Warehouse, "engine" | "place">,
  builds: readonly DayBuild[],
): QueryEngine {
  return {
    name: engine.name,
    dialect: engine.dialect,
    run: (statement, signal) => engine.run(readBuilds(place, statement, builds), signal),
  };
}
