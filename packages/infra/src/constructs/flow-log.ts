import { type Config, type LogFormat, toEc2LogFormat } from "@turnaway/core";
import { CfnFlowLog, type CfnFlowLogProps } from "aws-cdk-lib/aws-ec2";
import { Construct } from "constructs";

import type { LogPlace } from "../delivery/log-place.ts";
import type { Watched } from "../deployment.ts";

export interface FlowLogProps {
  /** What is logged. A transit gateway has no rejects, no choice of traffic and its own format. */
  readonly watched: Watched;
  readonly destination: BucketDestination | LogGroupDestination;
  readonly trafficType: Config["logs"]["trafficType"];
  /** Seconds that one record may sum up; a transit gateway's always 60. */
  readonly aggregation: Config["logs"]["aggregation"];
  readonly format: LogFormat;
  /** Keys of the tags that the fields of version 11 hold. @default none */
  readonly tags: Config["logs"]["tags"];
}

export interface BucketDestination {
  readonly to: "bucket";
  readonly place: LogPlace;
}

export interface LogGroupDestination {
  readonly to: "log-group";
  readonly name: string;
  /** ARN of the role that the service writes with. */
  readonly roleArn: string;
}

/**
 * One flow log: a resource, and where its records go. AWS changes none of its properties in place,
 * so another format is another flow log: records of the minutes between the two are missing, and
 * what was delivered stays.
 */
export class FlowLog extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogProps) {
    super(scope, id);
    const { watched, destination, trafficType, aggregation, format, tags } = props;
    const isGateway = watched.kind === "transitGateways";
    // Not the L2: it writes the keys of DestinationOptions in a case that EC2 does not know, and
    // has no tag fields.
    new CfnFlowLog(this, "Resource", {
      resourceId: watched.id,
      resourceType: RESOURCE_TYPES[watched.kind],
      ...destinationProps(destination, isGateway),
      ...(isGateway
        ? { maxAggregationInterval: 60 }
        : {
            trafficType: trafficType.toUpperCase(),
            maxAggregationInterval: aggregation,
            logFormat: toEc2LogFormat(format),
            ...tagFields(tags),
          }),
      tags: [{ key: "Name", value: watched.name ?? watched.id }],
    });
  }
}

const RESOURCE_TYPES = {
  vpcs: "VPC",
  subnets: "Subnet",
  interfaces: "NetworkInterface",
  transitGateways: "TransitGateway",
} as const satisfies Record<Watched["kind"], string>;

type DestinationProps = Pick<
  CfnFlowLogProps,
  "logDestinationType" | "logDestination" | "logGroupName" | "deliverLogsPermissionArn"
>;

function destinationProps(
  destination: FlowLogProps["destination"],
  isGateway: boolean,
): Partial<DestinationProps> & { destinationOptions?: DestinationOptions } {
  if (destination.to === "log-group") {
    return {
      logDestinationType: "cloud-watch-logs",
      logGroupName: destination.name,
      deliverLogsPermissionArn: destination.roleArn,
    };
  }
  const { bucketArn, prefix, gatewayPrefix, layout, fileFormat } = destination.place;
  const folder = isGateway ? gatewayPrefix : prefix;
  return {
    logDestinationType: "s3",
    logDestination: folder === "" ? bucketArn : `${bucketArn}/${folder}`,
    destinationOptions: {
      FileFormat: fileFormat === "text" ? "plain-text" : "parquet",
      HiveCompatiblePartitions: layout.startsWith("hive"),
      PerHourPartition: layout.endsWith("hourly"),
    },
  };
}

/** CDK passes these on as they stand, and EC2 wants all three in this case. */
interface DestinationOptions {
  readonly FileFormat: "plain-text" | "parquet";
  readonly HiveCompatiblePartitions: boolean;
  readonly PerHourPartition: boolean;
}

const TAGGED = {
  interface: "network-interface",
  instance: "instance",
  autoScalingGroup: "auto-scaling-group",
} as const satisfies Record<keyof FlowLogProps["tags"], string>;

function tagFields(tags: FlowLogProps["tags"]): {
  tagFieldSpecifications?: CfnFlowLog.TagFieldSpecificationProperty[];
} {
  const specifications = (Object.keys(TAGGED) as (keyof typeof TAGGED)[])
    .filter((kind) => tags[kind].length > 0)
    .map((kind) => ({ resourceType: TAGGED[kind], tagKeys: tags[kind] }));
  return specifications.length === 0 ? {} : { tagFieldSpecifications: specifications };
}
