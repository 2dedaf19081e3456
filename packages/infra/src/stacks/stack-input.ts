import type { Stack, StackProps } from "aws-cdk-lib";

import type { Deployment, Place } from "../deployment.ts";

/** What every stack is made from. */
export interface StackInput {
  readonly deployment: Deployment;
  /** Where it is deployed to. */
  readonly env: Place;
}

/**
 * Properties that all stacks share.
 *
 * @param holdsData protects the stack from being deleted; `deploy destroy` leaves it alone
 */
export function stackProps(
  { env }: StackInput,
  name: string,
  { what, holdsData = false }: { readonly what: string; readonly holdsData?: boolean },
): StackProps {
  return {
    stackName: name,
    description: `Turnaway: ${what}`,
    env: { account: env.account, region: env.region },
    terminationProtection: holdsData,
  };
}

/** Whether both are the same account and region. */
export function isSamePlace(one: Place, other: Place): boolean {
  return one.account === other.account && one.region === other.region;
}

/** What others need of the stack that keeps the logs. */
export interface LogStore extends Stack {
  readonly bucketName: string | null;
  readonly bucketArn: string | null;
  /** Null where S3 keeps the key. */
  readonly keyArn: string | null;
}
