import { TurnawayError } from "@turnaway/core";

import type { Deployment, Place } from "../../deployment.ts";
import type { Aws } from "../aws/connect-aws.ts";
import { explainAwsError } from "../aws/explain-aws-error.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import { warning } from "./note.ts";

/** What every check looks at, and with what. */
export interface Examined {
  readonly deployment: Deployment;
  readonly aws: Aws;
  readonly signal: AbortSignal;
}

/** One look at what is live in one place. */
export interface Check {
  /** What is looked at: `the bucket example-flow-logs`. */
  readonly about: string;
  readonly place: Place;
  /** `S3`, `EC2`, as messages call it. */
  readonly service: string;
  /** Permission that it takes, for where AWS does not say. */
  readonly permission: string;
  look(): Promise<readonly PreflightNote[]>;
}

/**
 * What the check found. One that could not look says so and which permission is missing: whoever
 * deploys may be let to do what a reader is not, so this alone stops nothing.
 *
 * @throws TurnawayError what is not about this one check: an interruption, a session that expired.
 */
export async function runCheck(
  check: Check,
  signal: AbortSignal,
): Promise<readonly PreflightNote[]> {
  try {
    return await check.look();
  } catch (thrown) {
    signal.throwIfAborted();
    const { about, place, service, permission } = check;
    const what = `${about} in ${place.account}, ${place.region} could not be looked at`;
    const asked = { what, service, region: place.region, permission };
    const failure = explainAwsError(thrown, asked);
    if (thrown instanceof TurnawayError || failure.code === "CONFIG") throw failure;
    const { why, fix } = failure.detail;
    return [warning(`${what}: ${why}`, fix ?? "look at it by hand")];
  }
}
