import { randomBytes } from "node:crypto";

import { TurnawayError } from "@turnaway/core";

/**
 * A name for a build that sorts by when it began: `20261119t031200123z_0a1b2c3d`.
 *
 * Of a day the greatest counts, not the last to be published: who began later has listed
 * the files later, so a slow builder never hides the rows of one that knew more.
 */
export function newBuildId(now: number): string {
  const time = new Date(Math.round(now * 1000))
    .toISOString()
    .replaceAll(/[-:.]/g, "")
    .toLowerCase();
  return `${time}_${randomBytes(4).toString("hex")}`;
}

/** When the build began, Unix seconds. @throws TurnawayError BUG for what is no build. */
export function buildBegan(build: string): number {
  const [, y, m, d, h, min, s, ms] =
    /^(\d{4})(\d\d)(\d\d)t(\d\d)(\d\d)(\d\d)(\d{3})z_[0-9a-f]{8}$/.exec(build) ?? [];
  if (ms !== undefined) return Date.parse(`${y}-${m}-${d}T${h}:${min}:${s}.${ms}Z`) / 1000;
  throw new TurnawayError("BUG", { what: "not a build", why: `received ${build}` });
}

/** The build in the name of a work table: `rollup_work_BUILD_name`; undefined where there is none. */
export function buildOfWork(table: string): string | undefined {
  return /^rollup_work_(\d{8}t\d{9}z_[0-9a-f]{8})_/.exec(table)?.[1];
}
