import type { FlowLog } from "@aws-sdk/client-ec2";
import { toEc2LogFormat } from "@turnaway/core";

import { logPlace } from "../../delivery/log-place.ts";
import type { Deployment, WatchedPlace } from "../../deployment.ts";
import { deliveryFault, destinationOf, isOurs, liveFlowLogs } from "../aws/live-flow-logs.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok, warning } from "./note.ts";

/** Whether other flow logs bring the same records twice, and whether ours bring any. */
export function checkFlowLogs(place: WatchedPlace, examined: Examined): Check {
  const { deployment } = examined;
  return {
    about: "the flow logs",
    place,
    service: "EC2",
    permission: "ec2:DescribeFlowLogs",
    async look(): Promise<readonly PreflightNote[]> {
      const live = await liveFlowLogs(place, examined);
      const ours = live.filter((flowLog) => isOurs(flowLog, deployment));
      const watched = new Set(place.watched.map(({ id }) => id));
      const others = live.filter(
        (flowLog) => !ours.includes(flowLog) && watched.has(flowLog.ResourceId ?? ""),
      );
      const doubled = others.filter((flowLog) => goesTheSameWay(flowLog, deployment));
      const faults = ours.flatMap((flowLog) => faultNotes(flowLog, place));
      const delivering = ours.length - faults.length;
      return [
        ...faults,
        ...doubled.map((flowLog) => doubledNote(flowLog, deployment, place)),
        ...(delivering > 0
          ? [
              ok(
                `${delivering} of ${ours.length} flow logs in ${place.account}, ${place.region} deliver`,
              ),
            ]
          : []),
      ];
    },
  };
}

function faultNotes(flowLog: FlowLog, { account, region }: WatchedPlace): PreflightNote[] {
  const fault = deliveryFault(flowLog);
  if (fault === null) return [];
  const { FlowLogId, ResourceId } = flowLog;
  const what = `the flow log ${FlowLogId!} of ${ResourceId!} in ${account}, ${region} delivers nothing: ${fault.why}`;
  return [error(what, fault.fix)];
}

function goesTheSameWay(flowLog: FlowLog, deployment: Deployment): boolean {
  const place = logPlace(deployment);
  const { logGroup } = deployment.config.cloudwatch;
  if (logGroup !== null && flowLog.LogGroupName === logGroup) return true;
  if (place === null) return false;
  // A folder and the same folder with a slash are one place.
  const folder = destinationOf(flowLog).replace(/\/+$/, "");
  return [place.prefix, place.gatewayPrefix].some(
    (prefix) => folder === `${place.bucketArn}/${prefix}`.replace(/\/+$/, ""),
  );
}

function doubledNote(
  flowLog: FlowLog,
  { config: { logs } }: Deployment,
  { region }: WatchedPlace,
): PreflightNote {
  const { FlowLogId, ResourceId, LogFormat, TrafficType, MaxAggregationInterval } = flowLog;
  const remove = `\`aws ec2 delete-flow-logs --flow-log-ids ${FlowLogId!} --region ${region}\``;
  const what = `the flow log ${FlowLogId!}, which is not this deployment's, delivers the records of ${ResourceId!} to the same place`;
  const isEqual =
    LogFormat === toEc2LogFormat(logs.format) &&
    TrafficType === logs.trafficType.toUpperCase() &&
    MaxAggregationInterval === logs.aggregation;
  // EC2: "There is an existing Flow Log with the same configuration and log destination".
  return isEqual
    ? error(`${what} in the same way, and EC2 makes no second one`, `remove it by ${remove}`)
    : warning(`${what}: they would come twice`, `once ours delivers, remove it by ${remove}`);
}
