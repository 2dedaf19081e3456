import { TurnawayError } from "@turnaway/core";
import { type Check, failed, warn } from "@turnaway/core/checks";

import { exceptionName, isRefused } from "../api/request-failure.ts";

/**
 * What the check found; one that was not let to look says which permission is missing.
 *
 * @throws TurnawayError what is not about this one check: nobody is signed in or answers
 */
export async function looked(code: string, check: () => Promise<Check>): Promise<Check> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof TurnawayError)) throw error;
    if (exceptionName(error) === "UnsupportedUserEditionException") return failed(code, error)[0]!;
    if (!isRefused(error)) throw error;
    const { where = code, why, fix } = error.detail;
    return warn(code, `${where} could not be looked at: ${why}`, fix ?? null);
  }
}
