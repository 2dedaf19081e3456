import type { Stack, StackProps } from "aws-cdk-lib";

import type { Deployment, Place } from "../deployment.ts";

/** What every stack is made from. */
export interface StackInput {
  readonly deployment: Deployment;
  /** Where it is deployed to. */
  readonly env: Place;
}

/** Properties that all stacks share. */
export function stackProps({ env }: StackInput, name: string, what: string): StackProps {
  return {
    stackName: name,
    description: `Turnaway: ${what}`,
    env: { account: env.account, region: env.region },
    // Somebody who deletes the wrong stack is asked twice; `deploy destroy` lifts it first.
    terminationProtection: true,
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
