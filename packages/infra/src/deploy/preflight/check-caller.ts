import type { Deployment } from "../../deployment.ts";
import type { Caller } from "../aws/connect-aws.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import { error, ok } from "./note.ts";

/**
 * Whether whoever asks is in one of the deployment's accounts: templates that name one account,
 * deployed with the credentials of another, are how test environments come to write into
 * production.
 */
export function checkCaller(deployment: Deployment, { account, arn }: Caller): PreflightNote {
  const allowed = allowedAccounts(deployment);
  if (allowed.includes(account)) return ok(`signed in to ${account} as ${arn}`);
  return error(
    `signed in to ${account} (${arn}), which is none of this deployment's accounts`,
    `sign in to ${allowed.join(" or ")}, or list ${account} under accounts`,
  );
}

/** Accounts that a deployment may be applied from. */
export function allowedAccounts({ home, accounts }: Deployment): readonly string[] {
  return [...new Set([home.account, ...accounts])];
}
