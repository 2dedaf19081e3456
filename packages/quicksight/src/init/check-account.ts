import type { QuickSightSession } from "../api/session.ts";
import { fine, type Note, problem } from "./note.ts";

/** Whether whoever asks is in the account of the dashboards. */
export async function checkAccount({ caller, target }: QuickSightSession): Promise<Note> {
  const { account, arn } = await caller();
  if (account === target.account) return fine(`signed in to ${account} as ${arn}`);
  return problem(
    `signed in to ${account} (${arn}), and the dashboards lie in ${target.account}`,
    `sign in to ${target.account}, or write infrastructure.account: "${account}"`,
  );
}
