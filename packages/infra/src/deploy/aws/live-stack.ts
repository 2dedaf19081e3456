import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type Stack,
  type StackResourceSummary,
} from "@aws-sdk/client-cloudformation";

import type { Place } from "../../deployment.ts";
import type { Aws } from "./connect-aws.ts";

/** With what a stack is asked for. */
export interface AskedStack {
  readonly name: string;
  readonly place: Place;
  readonly aws: Aws;
  readonly signal: AbortSignal;
}

/** The stack as it is live; null where there is none. */
export async function findStack({ name, place, aws, signal }: AskedStack): Promise<Stack | null> {
  const client = await aws.client(CloudFormationClient, place);
  try {
    const asked = new DescribeStacksCommand({ StackName: name });
    const { Stacks } = await client.send(asked, { abortSignal: signal });
    return Stacks?.[0] ?? null;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** What the stack holds; nothing where there is none. */
export async function resourcesOf(asked: AskedStack): Promise<readonly StackResourceSummary[]> {
  const client = await asked.aws.client(CloudFormationClient, asked.place);
  const found: StackResourceSummary[] = [];
  try {
    const pages = paginateListStackResources({ client }, { StackName: asked.name });
    for await (const { StackResourceSummaries } of pages) {
      asked.signal.throwIfAborted();
      found.push(...(StackResourceSummaries ?? []));
    }
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return found;
}

/** Whether the stack holds a resource of that physical id: a name, or an ARN. */
export async function holds(asked: AskedStack, physicalId: string): Promise<boolean> {
  const resources = await resourcesOf(asked);
  return resources.some(
    ({ PhysicalResourceId, ResourceStatus }) =>
      PhysicalResourceId === physicalId && ResourceStatus !== "DELETE_COMPLETE",
  );
}

// CloudFormation has no name of its own for this error.
function isAbsent(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === "ValidationError" && /does not exist/.test(message);
}
