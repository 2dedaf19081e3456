import { type Check, fail, ok } from "@turnaway/core/checks";

import type { QuickSightSession } from "../api/session.ts";

/** Whether whoever asks is in the account of the dashboards. */
export async function checkAccount(session: QuickSightSession): Promise<Check> {
  const { account, arn } = await session.caller();
  const { target } = session;
  if (account === target.account) return ok("CALLER", `signed in to ${account} as ${arn}`);
  return fail(
    "CALLER",
    `signed in to ${account} (${arn}), and the dashboards lie in ${target.account}`,
    `sign in to ${target.account}, or write infrastructure.account: "${account}"`,
  );
}
