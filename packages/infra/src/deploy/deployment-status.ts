import type { Toolkit } from "@aws-cdk/toolkit-lib";
import type { Environment } from "@turnaway/core/aws-clients";

import type { Deployment, Place, WatchedPlace } from "../deployment.ts";
import type { Assembly } from "./assemble.ts";
import { type Aws, connectAws } from "./aws/connect-aws.ts";
import { explainAwsError } from "./aws/explain-aws-error.ts";
import { expectedStacks } from "./aws/expected-stacks.ts";
import { deliveryFault, destinationOf, isOurs, liveFlowLogs } from "./aws/live-flow-logs.ts";
import { findStack } from "./aws/live-stack.ts";
import { compareWithLive } from "./compare-stacks.ts";
import { explainToolkitError } from "./explain-toolkit-error.ts";
import type { ResourceChange } from "./resource-change.ts";

/** What of a deployment is live. */
export interface DeploymentStatus {
  readonly name: string;
  /** In the order in which they are made; then those that turnaway.yml asks for no longer. */
  readonly stacks: readonly StackStatus[];
  readonly flowLogs: readonly FlowLogStatus[];
}

export interface StackStatus extends Place {
  readonly name: string;
  /** As CloudFormation calls it; null where the stack is not there. */
  readonly state: string | null;
  /** ISO 8601 UTC; null where the stack is not there. */
  readonly updatedAt: string | null;
  /** `left-over`: live, and turnaway.yml asks for it no longer. */
  readonly compared: "as written" | "differs" | "missing" | "left-over";
  /** What a deployment would change. */
  readonly changes: readonly ResourceChange[];
}

/** The flow log of one resource; several where records go to several places. */
export interface FlowLogStatus extends Place {
  /** Null where the resource has none of this deployment's. */
  readonly id: string | null;
  readonly resource: string;
  readonly destination: string | null;
  readonly delivers: boolean;
  /** Why not, and what to do; null where it does. */
  readonly fault: string | null;
}

export interface StatusOptions {
  readonly toolkit: Toolkit;
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** A connection that is there already. Default: one of its own */
  readonly aws?: Aws;
}

/** @throws TurnawayError CONFIG without credentials, AWS where AWS does not answer. */
export async function deploymentStatus(
  deployment: Deployment,
  assembly: Assembly,
  { toolkit, env, signal, aws: given }: StatusOptions,
): Promise<DeploymentStatus> {
  const aws = given ?? (await connectAws(deployment.home, { env, signal }));
  const asked = { deployment, aws, signal };
  return {
    name: deployment.name,
    stacks: [...(await wantedStacks(assembly, toolkit, asked)), ...(await leftOverStacks(asked))],
    flowLogs: (await Promise.all(deployment.places.map((place) => flowLogs(place, asked)))).flat(),
  };
}

interface Asked {
  readonly deployment: Deployment;
  readonly aws: Aws;
  readonly signal: AbortSignal;
}

async function wantedStacks(
  assembly: Assembly,
  toolkit: Toolkit,
  asked: Asked,
): Promise<readonly StackStatus[]> {
  const compared = await compareWithLive(assembly, toolkit).catch((error: unknown) => {
    const what = "the live stacks could not be compared";
    throw explainToolkitError(error, { what, place: asked.deployment.home });
  });
  return Promise.all(
    compared.map(async ({ name, account, region, state, changes }): Promise<StackStatus> => {
      const live = await liveState(name, { account, region }, asked);
      const as = state === "unchanged" ? "as written" : "differs";
      return {
        name,
        account,
        region,
        ...live,
        compared: live.state === null && state !== "unchanged" ? "missing" : as,
        changes,
      };
    }),
  );
}

async function leftOverStacks(asked: Asked): Promise<readonly StackStatus[]> {
  const unwanted = expectedStacks(asked.deployment).filter(({ isWanted }) => !isWanted);
  const found = await Promise.all(
    unwanted.map(async ({ name, place }): Promise<StackStatus> => {
      const live = await liveState(name, place, asked);
      return { name, ...place, ...live, compared: "left-over", changes: [] };
    }),
  );
  return found.filter(({ state }) => state !== null);
}

async function liveState(
  name: string,
  place: Place,
  { aws, signal }: Asked,
): Promise<Pick<StackStatus, "state" | "updatedAt">> {
  try {
    const stack = await findStack({ name, place, aws, signal });
    const changed = stack?.LastUpdatedTime ?? stack?.CreationTime;
    return { state: stack?.StackStatus ?? null, updatedAt: changed?.toISOString() ?? null };
  } catch (error) {
    signal.throwIfAborted();
    throw explainAwsError(error, {
      what: `the stack ${name} could not be looked at`,
      service: "CloudFormation",
      region: place.region,
      permission: "cloudformation:DescribeStacks",
    });
  }
}

async function flowLogs(place: WatchedPlace, asked: Asked): Promise<readonly FlowLogStatus[]> {
  const { account, region, watched } = place;
  const live = await liveFlowLogs(place, asked).catch((error: unknown) => {
    asked.signal.throwIfAborted();
    throw explainAwsError(error, {
      what: `the flow logs of ${account} could not be looked at`,
      service: "EC2",
      region,
      permission: "ec2:DescribeFlowLogs",
    });
  });
  const ours = live.filter((flowLog) => isOurs(flowLog, asked.deployment));
  const found = ours.map((flowLog): FlowLogStatus => {
    const fault = deliveryFault(flowLog);
    return {
      account,
      region,
      id: flowLog.FlowLogId ?? null,
      resource: flowLog.ResourceId ?? "unknown",
      destination: destinationOf(flowLog),
      delivers: fault === null,
      fault: fault === null ? null : `${fault.why}: ${fault.fix}`,
    };
  });
  const logged = new Set(found.map(({ resource }) => resource));
  const without = watched
    .filter(({ id }) => !logged.has(id))
    .map(({ id }): FlowLogStatus => {
      const fault = "it has no flow log: run `turnaway deploy apply`";
      return { account, region, id: null, resource: id, destination: null, delivers: false, fault };
    });
  return [...found, ...without].toSorted((a, b) => a.resource.localeCompare(b.resource));
}
