import { type Check, fail, ok, warn } from "@turnaway/core/checks";

import { askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";

/** Whether the account has QuickSight, and in an edition that knows dashboards as definitions. */
export async function checkSubscription(session: QuickSightSession): Promise<Check> {
  const { account } = session.target;
  const asked = { operation: "DescribeAccountSubscription", subject: account };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeAccountSubscription(to, options),
  );
  const { Edition, AccountSubscriptionStatus: status = "" } = found?.AccountInfo ?? {};
  if (found === null || Edition === undefined || /UNSUBSCRIBED|^UNSIGNED/i.test(status)) {
    return fail(
      "SUBSCRIPTION",
      `the account ${account} has no QuickSight`,
      "sign up for QuickSight Enterprise in the console, in the region of the dashboards",
    );
  }
  if (Edition === "STANDARD") {
    return fail(
      "SUBSCRIPTION",
      `QuickSight of ${account} is of the Standard edition, which has no dashboards as files`,
      "upgrade it to Enterprise in QuickSight under Manage account",
    );
  }
  if (status !== "" && status !== "ACCOUNT_CREATED" && status !== "OK") {
    return warn("SUBSCRIPTION", `QuickSight of ${account} is ${status}`, "wait until it is ready");
  }
  return ok("SUBSCRIPTION", `QuickSight of ${account} is of the edition ${Edition}`);
}
