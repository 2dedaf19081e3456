import type { QuickSightSession } from "../api/session.ts";
import { fine, type Note, problem } from "./note.ts";

/** Whether whoever asks is in the account of the dashboards. */
export async function checkAccount(session: QuickSightSession): Promise<Note> {
  const { account, arn } = await session.caller();
  const { target } = session;
  if (account === target.account) return fine(`signed in to ${account} as ${arn}`);
  return problem(
    `signed in to ${account} (${arn}), and the dashboards lie in ${target.account}`,
    `sign in to ${target.account}, or write infrastructure.account: "${account}"`,
  );
}
