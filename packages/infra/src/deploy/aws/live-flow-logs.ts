import { EC2Client, type FlowLog, paginateDescribeFlowLogs } from "@aws-sdk/client-ec2";

import type { Deployment, Place } from "../../deployment.ts";
import type { Aws } from "./connect-aws.ts";

/** All flow logs of a place, of whomever they are. */
export async function liveFlowLogs(
  place: Place,
  { aws, signal }: { readonly aws: Aws; readonly signal: AbortSignal },
): Promise<readonly FlowLog[]> {
  const client = await aws.client(EC2Client, place);
  const found: FlowLog[] = [];
  for await (const { FlowLogs } of paginateDescribeFlowLogs({ client }, {})) {
    signal.throwIfAborted();
    found.push(...(FlowLogs ?? []));
  }
  return found;
}

/** Whether a stack of the deployment made it. */
export function isOurs({ Tags }: FlowLog, { name }: Pick<Deployment, "name">): boolean {
  return Tags?.some(({ Key, Value }) => Key === "turnaway" && Value === name) === true;
}

/** Where its records go: the name of a log group, or an ARN. */
export function destinationOf({ LogDestination, LogGroupName }: FlowLog): string {
  return LogDestination ?? LogGroupName ?? "unknown";
}

/** Why nothing arrives, and what to do; null where records are delivered. */
export function deliveryFault(flowLog: FlowLog): { why: string; fix: string } | null {
  if (flowLog.DeliverLogsStatus !== "FAILED") return null;
  const said = flowLog.DeliverLogsErrorMessage ?? "no reason given";
  if (/rate limited/i.test(said)) {
    return {
      why: "CloudWatch Logs takes no more from this account, or can make no more log groups",
      fix: "raise its quotas, or deliver to a bucket",
    };
  }
  const toBucket = flowLog.LogDestinationType === "s3";
  return {
    why: `${said}: ${
      toBucket
        ? "the policy of the bucket or of its key does not let the delivery service in, or the bucket is gone"
        : "the log group is gone, or its role or its key does not let the service write"
    }`,
    fix: toBucket
      ? "compare both policies with the statements of `turnaway deploy plan`, and name the key by its ARN in the bucket's default encryption"
      : "run `turnaway deploy status` to see what changed by hand",
  };
}
