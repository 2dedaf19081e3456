import type { Config } from "@turnaway/core";
import { type Check, fail } from "@turnaway/core/checks";

import type { QuickSightSession } from "../api/session.ts";
import { checkAccount } from "./check-account.ts";
import { checkNamespace } from "./check-namespace.ts";
import { checkPrincipal } from "./check-principal.ts";
import { checkRole } from "./check-role.ts";
import { checkSubscription } from "./check-subscription.ts";
import { looked } from "./looked.ts";

/**
 * Looks at everything that QuickSight needs before a first deployment, and changes nothing: all
 * that is missing is said at once, with what to do.
 *
 * @param env for IAM, which is asked for the role
 */
export async function init(
  session: QuickSightSession,
  config: Pick<Config, "name" | "dashboards">,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly Check[]> {
  const account = await looked("CALLER", () => checkAccount(session));
  const subscription = await looked("SUBSCRIPTION", () => checkSubscription(session));
  const { principals, authors, namespace } = config.dashboards;
  const arns = [...new Set([...authors, ...principals])];
  const people: Check[] = [];
  // Without a subscription there is neither a namespace nor anybody in it.
  if (subscription.status !== "fail") {
    people.push(await looked("NAMESPACE", () => checkNamespace(session, namespace)));
    for (const arn of arns) {
      people.push(await looked("PRINCIPAL", () => checkPrincipal(session, { arn, namespace })));
    }
  }
  if (arns.length === 0) people.push(NOBODY);
  const role = await looked("ROLE", () => checkRole(session, { deployment: config.name, env }));
  return [account, subscription, ...people, role];
}

const NOBODY = fail(
  "PRINCIPAL",
  "nobody would see the dashboards",
  "list users or groups under dashboards.principals and dashboards.authors of turnaway.yml",
);
