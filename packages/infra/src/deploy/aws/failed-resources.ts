import {
  CloudFormationClient,
  paginateDescribeStackEvents,
  type StackEvent,
} from "@aws-sdk/client-cloudformation";

import type { AskedStack } from "./live-stack.ts";

/** A resource that CloudFormation could not make, change or delete. */
export interface FailedResource {
  readonly logicalId: string;
  readonly type: string;
  /** As AWS gives it. */
  readonly reason: string;
}

/**
 * What failed in the last change of a stack, the first failure first. What was given up because
 * something else had failed is left out.
 */
export async function failedResources(asked: AskedStack): Promise<readonly FailedResource[]> {
  const client = await asked.aws.client(CloudFormationClient, asked.place);
  const failed: FailedResource[] = [];
  const pages = paginateDescribeStackEvents({ client }, { StackName: asked.name });
  for await (const { StackEvents = [] } of pages) {
    for (const event of StackEvents) {
      // Events come newest first: here the change began.
      if (isBegin(event, asked.name)) return failed.toReversed();
      if (isFailure(event, asked.name)) failed.push(failureOf(event));
    }
  }
  return failed.toReversed();
}

function isBegin({ LogicalResourceId, ResourceStatusReason }: StackEvent, name: string): boolean {
  return LogicalResourceId === name && ResourceStatusReason === "User Initiated";
}

function isFailure(event: StackEvent, name: string): boolean {
  const { LogicalResourceId, ResourceStatus, ResourceStatusReason = "" } = event;
  return (
    ResourceStatus?.endsWith("_FAILED") === true &&
    LogicalResourceId !== name &&
    !/cancelled/i.test(ResourceStatusReason)
  );
}

function failureOf(event: StackEvent): FailedResource {
  const { LogicalResourceId = "?", ResourceType = "?", ResourceStatusReason } = event;
  return {
    logicalId: LogicalResourceId,
    type: ResourceType,
    reason: (ResourceStatusReason ?? "it gave no reason").replace(/\s+/g, " ").replace(/\.$/, ""),
  };
}
