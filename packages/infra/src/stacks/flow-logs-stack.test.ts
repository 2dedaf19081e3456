import { describe, expect, it } from "vitest";

import { deploymentOf, propertiesOf, templateOfStack } from "../../test/template-of.ts";
import type { Place } from "../deployment.ts";
import { FlowLogsStack } from "./flow-logs-stack.ts";

const VPC = "vpcs: [{ id: vpc-0a1b2c3d, name: shop }]\n";
const BUCKET = "logs: { bucket: flow }\n";
const GROUP = "cloudwatch: { logGroup: /vpc/flow, retention: 90 }\n";

/** The template of the flow logs in the first place, or in that one. */
function templateFor(yaml: string, place?: Place) {
  const deployment = deploymentOf(yaml);
  const env =
    deployment.places.find(
      ({ account, region }) => account === place?.account && region === place.region,
    ) ?? deployment.places[0]!;
  return templateOfStack(
    (app) => new FlowLogsStack(app, "flow-logs", { deployment, env, topicArn: null }),
  );
}

const flowLogsOf = (yaml: string, place?: Place) =>
  Object.values(propertiesOf(templateFor(yaml, place), "AWS::EC2::FlowLog")).map(
    ({ ResourceId, LogDestinationType }) => [ResourceId, LogDestinationType],
  );

describe("the flow logs of a place", () => {
  it.each<[string, string, unknown[]]>([
    ["go to the bucket", BUCKET + VPC, [["vpc-0a1b2c3d", "s3"]]],
    ["go to the log group", GROUP + VPC, [["vpc-0a1b2c3d", "cloud-watch-logs"]]],
    [
      "go to both",
      BUCKET + GROUP + VPC,
      [
        ["vpc-0a1b2c3d", "s3"],
        ["vpc-0a1b2c3d", "cloud-watch-logs"],
      ],
    ],
    [
      "are of everything that is listed",
      `${BUCKET}${VPC}subnets: [{ id: subnet-0a1b2c3d }]\ninterfaces: [{ id: eni-0a1b2c3d }]\ntransitGateways: [{ id: tgw-0a1b2c3d }]\n`,
      [
        ["vpc-0a1b2c3d", "s3"],
        ["subnet-0a1b2c3d", "s3"],
        ["eni-0a1b2c3d", "s3"],
        ["tgw-0a1b2c3d", "s3"],
      ],
    ],
    [
      "of a transit gateway stay out of the log group, whose lines have another format",
      `${BUCKET}${GROUP}transitGateways: [{ id: tgw-0a1b2c3d }]\n`,
      [["tgw-0a1b2c3d", "s3"]],
    ],
  ])("%s", (_what, yaml, expected) => {
    expect(flowLogsOf(yaml)).toEqual(expected);
  });

  it("are those of this account and region alone", () => {
    const yaml = `${BUCKET}accounts: ["111111111111", "222222222222"]
regions: [eu-central-1, us-east-1]
vpcs:
  - { id: vpc-11111111, account: "111111111111", region: eu-central-1 }
  - { id: vpc-22222222, account: "222222222222", region: us-east-1 }
infrastructure: { account: "111111111111", region: eu-central-1 }
`;
    const place = { account: "222222222222", region: "us-east-1" };
    expect(flowLogsOf(yaml, place)).toEqual([["vpc-22222222", "s3"]]);
  });

  it("keep their logical ids when another one is added before them", () => {
    const idsOf = (yaml: string) =>
      Object.entries(templateFor(yaml).findResources("AWS::EC2::FlowLog")).map(
        ([id, { Properties }]) => [(Properties as { ResourceId: string }).ResourceId, id],
      );
    const before = idsOf(BUCKET + GROUP + VPC);
    const after = idsOf(
      `${BUCKET}${GROUP}vpcs: [{ id: vpc-99999999 }, { id: vpc-0a1b2c3d, name: renamed }]\n`,
    );
    expect(after.slice(2)).toEqual(before);
  });

  it("have one log group, one role and one watch, however many there are", () => {
    const template = templateFor(`${GROUP}vpcs: [{ id: vpc-0a1b2c3d }, { id: vpc-1a1b2c3d }]\n`);
    template.resourceCountIs("AWS::Logs::LogGroup", 1);
    template.resourceCountIs("AWS::IAM::Role", 1);
    template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    template.hasResourceProperties("AWS::Logs::LogGroup", { RetentionInDays: 90 });
  });

  it("have neither without a log group", () => {
    const template = templateFor(BUCKET + VPC);
    template.resourceCountIs("AWS::Logs::LogGroup", 0);
    template.resourceCountIs("AWS::IAM::Role", 0);
    template.resourceCountIs("AWS::CloudWatch::Alarm", 0);
  });

  it("leave a log group that exists as it is", () => {
    const group = "cloudwatch: { logGroup: /vpc/flow, createLogGroup: false }\n";
    const template = templateFor(group + VPC);
    template.resourceCountIs("AWS::Logs::LogGroup", 0);
    template.hasResourceProperties("AWS::EC2::FlowLog", { LogGroupName: "/vpc/flow" });
  });
});
