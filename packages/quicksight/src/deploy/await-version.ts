import { TurnawayError } from "@turnaway/core";

import { ask } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { outcomeOf } from "../live/outcome.ts";
import { nameErrors } from "./name-errors.ts";
import { until } from "./until.ts";

/** Whose files the errors of a version are named by. */
export type VersionOf = Parameters<typeof nameErrors>[2] & { readonly id: string };

/**
 * Waits until one version is made: that very number, since another version's success says
 * nothing about this one.
 *
 * @throws TurnawayError AWS with the service's errors by visual and file, or at the deadline
 */
export async function awaitVersion(
  session: QuickSightSession,
  dashboard: VersionOf,
  { number, waitMs }: { readonly number: number; readonly waitMs: number },
): Promise<void> {
  const { id } = dashboard;
  const what = `version ${number}`;
  const asked = { operation: "DescribeDashboard", subject: `${id}, ${what}` };
  const version = await until(session, { what, subject: id, waitMs }, async () => {
    const { Dashboard } = await ask(session, asked, (api, to, options) =>
      api.describeDashboard({ ...to, DashboardId: id, VersionNumber: number }, options),
    );
    const found = Dashboard?.Version ?? {};
    return outcomeOf(found.Status) === "in progress" ? null : found;
  });
  if (outcomeOf(version.Status) === "ok") return;
  const failed = `version ${number} failed and is not published`;
  throw new TurnawayError("AWS", nameErrors(failed, version.Errors ?? [], dashboard));
}
