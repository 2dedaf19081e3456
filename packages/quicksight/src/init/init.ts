import type { Config } from "@turnaway/core";

import type { QuickSightSession } from "../api/session.ts";
import { checkAccount } from "./check-account.ts";
import { checkPrincipal } from "./check-principal.ts";
import { checkRole } from "./check-role.ts";
import { checkSubscription } from "./check-subscription.ts";
import { checkNamespace } from "./check-namespace.ts";
import { type Note, noted, problem } from "./note.ts";

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
): Promise<readonly Note[]> {
  const account = await noted("who asks", () => checkAccount(session));
  const subscription = await noted("the subscription", () => checkSubscription(session));
  // Without a subscription there is neither a namespace nor anybody in it.
  const isSubscribed = subscription.level !== "error";
  const { principals, authors, namespace } = config.dashboards;
  const arns = [...new Set([...authors, ...principals])];
  const people: Note[] = [];
  if (isSubscribed) {
    people.push(await noted("the namespace", () => checkNamespace(session, namespace)));
    for (const arn of arns) {
      people.push(await noted(arn, () => checkPrincipal(session, { arn, namespace })));
    }
  }
  if (arns.length === 0) people.push(NOBODY);
  const role = await noted("the role", () => checkRole(session, { deployment: config.name, env }));
  return [account, subscription, ...people, role];
}

const NOBODY = problem(
  "nobody would see the dashboards",
  "list users or groups under dashboards.principals and dashboards.authors of turnaway.yml",
);
