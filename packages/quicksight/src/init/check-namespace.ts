import { askOrNull } from "../api/ask.ts";
import type { QuickSightSession } from "../api/session.ts";
import { fine, type Note, problem } from "./note.ts";

/** Whether the namespace of the principals is there. */
export async function checkNamespace(session: QuickSightSession, name: string): Promise<Note> {
  const asked = { operation: "DescribeNamespace", subject: `the namespace ${name}` };
  const found = await askOrNull(session, asked, (api, to, options) =>
    api.describeNamespace({ ...to, Namespace: name }, options),
  );
  const status = found?.Namespace?.CreationStatus;
  if (found !== null && (status === undefined || status === "CREATED")) {
    return fine(`the namespace ${name} is there`);
  }
  return problem(
    found === null ? `there is no namespace ${name}` : `the namespace ${name} is ${status}`,
    "write the name of one that exists under dashboards.namespace; most accounts have only `default`",
  );
}
