import type { PreflightNote } from "../deploy-plan.ts";

/** Something is as it has to be. */
export function ok(what: string): PreflightNote {
  return { level: "ok", what, fix: null };
}

/** Something works, and is probably not meant; or it could not be looked at. */
export function warning(what: string, fix: string): PreflightNote {
  return { level: "warning", what, fix };
}

/** A deployment would fail, or do harm. */
export function error(what: string, fix: string): PreflightNote {
  return { level: "error", what, fix };
}
