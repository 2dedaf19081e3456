import { type Check, fail, ok } from "@turnaway/core/checks";

import { askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";

/** Whether a user or a group of the configuration is there, in the region that its ARN names. */
export async function checkPrincipal(
  session: QuickSightSession,
  { arn, namespace }: { readonly arn: string; readonly namespace: string },
): Promise<Check> {
  const match = /^arn:[^:]+:quicksight:([^:]*):(\d*):(user|group)\/([^/]+)\/(.+)$/.exec(arn);
  if (match === null) {
    return fail(
      "PRINCIPAL",
      `${arn} is neither a user nor a group`,
      "write arn:aws:quicksight:REGION:ACCOUNT:user/NAMESPACE/NAME, or group/ in place of user/",
    );
  }
  const [, region = "", account, kind, itsNamespace = "", name = ""] = match;
  if (account !== session.target.account) {
    return fail(
      "PRINCIPAL",
      `${arn} is of another account`,
      `list users and groups of ${session.target.account}`,
    );
  }
  if (itsNamespace !== namespace) {
    return fail(
      "PRINCIPAL",
      `${arn} is not of the namespace ${namespace}`,
      `write dashboards.namespace: ${itsNamespace}, or list users and groups of ${namespace}`,
    );
  }
  const api = region === session.target.region ? session.api : session.apiIn(region);
  const found =
    kind === "user"
      ? await askOrNull(
          session,
          { operation: "DescribeUser", subject: arn, api },
          (api, to, options) =>
            api.describeUser({ ...to, Namespace: namespace, UserName: name }, options),
        )
      : await askOrNull(
          session,
          { operation: "DescribeGroup", subject: arn, api },
          (api, to, options) =>
            api.describeGroup({ ...to, Namespace: namespace, GroupName: name }, options),
        );
  if (found !== null) return ok("PRINCIPAL", `the ${kind} ${name} is there`);
  return fail(
    "PRINCIPAL",
    `there is no ${kind} ${name} in ${region}, namespace ${namespace}`,
    `invite or make it in QuickSight under Manage users, or take ${arn} out of turnaway.yml`,
  );
}
