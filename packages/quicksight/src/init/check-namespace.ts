import { type Check, fail, ok } from "@turnaway/core/checks";

import { askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";

/** Whether the namespace of the principals is there. */
export async function checkNamespace(session: QuickSightSession, name: string): Promise<Check> {
  const asked = { operation: "DescribeNamespace", subject: `the namespace ${name}` };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeNamespace({ ...to, Namespace: name }, options),
  );
  const status = found?.Namespace?.CreationStatus;
  if (found !== null && (status === undefined || status === "CREATED")) {
    return ok("NAMESPACE", `the namespace ${name} is there`);
  }
  return fail(
    "NAMESPACE",
    found === null ? `there is no namespace ${name}` : `the namespace ${name} is ${status}`,
    "write the name of one that exists under dashboards.namespace; most accounts have only `default`",
  );
}
