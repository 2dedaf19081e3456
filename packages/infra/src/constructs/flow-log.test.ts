import {
  DEFAULT_FORMAT,
  parseLogFormat,
  RICH_FORMAT,
  S3_LAYOUTS,
  toEc2LogFormat,
} from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { propertiesOf, templateOf } from "../../test/template-of.ts";
import type { LogPlace } from "../delivery/log-place.ts";
import { FlowLog, type FlowLogProps } from "./flow-log.ts";

const PLACE: LogPlace = {
  bucket: "flow",
  bucketArn: "arn:aws:s3:::flow",
  prefix: "",
  gatewayPrefix: "transit-gateways/",
  layout: "default",
  fileFormat: "text",
};

const VPC: FlowLogProps = {
  watched: { id: "vpc-0a1b2c3d", kind: "vpcs", name: "shop" },
  destination: { to: "bucket", place: PLACE },
  trafficType: "all",
  aggregation: 600,
  format: DEFAULT_FORMAT,
  tags: { instance: [], interface: [], autoScalingGroup: [] },
};

const GATEWAY = { id: "tgw-0a1b2c3d", kind: "transitGateways", name: null } as const;

function flowLogOf(props: Partial<FlowLogProps>) {
  const template = templateOf((stack) => {
    new FlowLog(stack, "FlowLog", { ...VPC, ...props });
  });
  return propertiesOf(template, "AWS::EC2::FlowLog")["FlowLog"]!;
}

const into = (place: Partial<LogPlace>) => ({
  destination: { to: "bucket", place: { ...PLACE, ...place } } as const,
});

describe("a flow log", () => {
  it.each<[string, Partial<FlowLogProps>, object]>([
    [
      "of a VPC goes to a bucket",
      {},
      {
        ResourceId: "vpc-0a1b2c3d",
        ResourceType: "VPC",
        TrafficType: "ALL",
        MaxAggregationInterval: 600,
        LogDestinationType: "s3",
        LogDestination: "arn:aws:s3:::flow",
        Tags: [{ Key: "Name", Value: "shop" }],
      },
    ],
    [
      "goes below a prefix",
      into({ prefix: "net/a/" }),
      { LogDestination: "arn:aws:s3:::flow/net/a/" },
    ],
    [
      "goes to a log group with a role",
      { destination: { to: "log-group", name: "/vpc", roleArn: "arn:aws:iam::1:role/x" } },
      {
        LogDestinationType: "cloud-watch-logs",
        LogGroupName: "/vpc",
        DeliverLogsPermissionArn: "arn:aws:iam::1:role/x",
      },
    ],
    [
      "of a subnet",
      { watched: { id: "subnet-0a1b2c3d", kind: "subnets", name: null } },
      { ResourceType: "Subnet", Tags: [{ Key: "Name", Value: "subnet-0a1b2c3d" }] },
    ],
    [
      "of an interface",
      { watched: { id: "eni-0a1b2c3d", kind: "interfaces", name: null } },
      { ResourceType: "NetworkInterface" },
    ],
    [
      "of rejects alone, every minute",
      { trafficType: "reject", aggregation: 60 },
      { TrafficType: "REJECT", MaxAggregationInterval: 60 },
    ],
    ["has its format said", {}, { LogFormat: toEc2LogFormat(DEFAULT_FORMAT) }],
    [
      "has any format",
      { format: parseLogFormat("srcaddr dstaddr action") },
      { LogFormat: "${srcaddr} ${dstaddr} ${action}" },
    ],
    [
      "has fields for tags",
      {
        format: RICH_FORMAT,
        tags: { instance: ["team", "stage"], interface: [], autoScalingGroup: ["service"] },
      },
      {
        TagFieldSpecifications: [
          { ResourceType: "instance", TagKeys: ["team", "stage"] },
          { ResourceType: "auto-scaling-group", TagKeys: ["service"] },
        ],
      },
    ],
    [
      "of a transit gateway lies apart, every minute",
      { watched: GATEWAY, ...into({ gatewayPrefix: "net/transit-gateways/" }) },
      {
        ResourceType: "TransitGateway",
        MaxAggregationInterval: 60,
        LogDestination: "arn:aws:s3:::flow/net/transit-gateways/",
      },
    ],
  ])("%s", (_what, props, expected) => {
    expect(flowLogOf(props)).toMatchObject(expected);
  });

  it.each(
    S3_LAYOUTS.flatMap((layout) => (["text", "parquet"] as const).map((f) => [layout, f] as const)),
  )("says all three options of its files, %s %s", (layout, fileFormat) => {
    expect(flowLogOf(into({ layout, fileFormat }))["DestinationOptions"]).toEqual({
      FileFormat: fileFormat === "text" ? "plain-text" : "parquet",
      HiveCompatiblePartitions: layout === "hive" || layout === "hive-hourly",
      PerHourPartition: layout === "hourly" || layout === "hive-hourly",
    });
  });

  it.each<[string, Partial<FlowLogProps>, string[]]>([
    [
      "of a transit gateway chooses neither traffic nor format",
      { watched: GATEWAY },
      ["TrafficType", "LogFormat"],
    ],
    [
      "into a log group has no files",
      { destination: { to: "log-group", name: "/vpc", roleArn: "r" } },
      ["DestinationOptions", "LogDestination"],
    ],
    ["has no tag fields without keys", {}, ["TagFieldSpecifications"]],
  ])("%s", (_what, props, absent) => {
    expect(Object.keys(flowLogOf(props)).filter((key) => absent.includes(key))).toEqual([]);
  });
});
