import { CfnResource, Stack } from "aws-cdk-lib";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { HOME, templateOf } from "../../test/template-of.ts";
import { FlowLogGroup, type FlowLogGroupProps } from "./flow-log-group.ts";
import { LogGroupRole } from "./log-group-role.ts";

const ARN = `arn:aws:logs:${HOME.region}:${HOME.account}:log-group:/vpc/flow`;

const GROUP: FlowLogGroupProps = {
  name: "/vpc/flow",
  place: HOME,
  create: true,
  retention: 90,
  encryption: "service",
};

const groupOf = (props: Partial<FlowLogGroupProps> = {}) =>
  templateOf((stack) => {
    const { arn } = new FlowLogGroup(stack, "LogGroup", { ...GROUP, ...props });
    expect(arn).toBe(ARN);
  });

describe("the log group", () => {
  it("keeps records for the days of the configuration, and stays", () => {
    groupOf().hasResource("AWS::Logs::LogGroup", {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: { LogGroupName: "/vpc/flow", RetentionInDays: 90, KmsKeyId: Match.absent() },
    });
  });

  it("has a key that only this group uses", () => {
    const template = groupOf({ encryption: "kms" });
    template.hasResourceProperties("AWS::Logs::LogGroup", {
      KmsKeyId: { "Fn::GetAtt": Match.anyValue() },
    });
    template.hasResource("AWS::KMS::Key", {
      DeletionPolicy: "Retain",
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Principal: { Service: `logs.${HOME.region}.amazonaws.com` },
              Condition: Match.objectLike({
                ArnEquals: { "kms:EncryptionContext:aws:logs:arn": ARN },
              }),
            }),
          ]),
        },
      },
    });
  });

  it("is left as it is when it exists", () => {
    const stack = new Stack();
    new FlowLogGroup(stack, "LogGroup", { ...GROUP, create: false, encryption: "kms" });
    expect(stack.node.findAll().filter((one) => CfnResource.isCfnResource(one))).toEqual([]);
  });
});

describe("the role that writes into it", () => {
  const template = templateOf((stack) => {
    new LogGroupRole(stack, "Role", { logGroupArn: ARN, place: HOME });
  });

  it("is for flow logs of this account and region", () => {
    template.hasResourceProperties("AWS::IAM::Role", {
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: "sts:AssumeRole",
            Effect: "Allow",
            Principal: { Service: "vpc-flow-logs.amazonaws.com" },
            Condition: {
              StringEquals: { "aws:SourceAccount": HOME.account },
              ArnLike: {
                "aws:SourceArn": `arn:aws:ec2:${HOME.region}:${HOME.account}:vpc-flow-log/*`,
              },
            },
          },
        ],
      },
    });
  });

  it("writes into this group alone, and makes none", () => {
    template.hasResourceProperties("AWS::IAM::Role", {
      Policies: [
        {
          PolicyDocument: {
            Statement: [
              {
                Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Effect: "Allow",
                Resource: `${ARN}:*`,
              },
              Match.objectLike({ Action: "logs:DescribeLogGroups" }),
            ],
          },
        },
      ],
    });
    expect(JSON.stringify(template.toJSON())).not.toContain("logs:CreateLogGroup");
  });
});
