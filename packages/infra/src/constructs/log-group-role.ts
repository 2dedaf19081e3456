import { Validations } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import type { Place } from "../deployment.ts";
import { partitionOf } from "../partition.ts";

export interface LogGroupRoleProps {
  /** ARN of the log group, without `:*`. */
  readonly logGroupArn: string;
  /** Where the flow logs are that write with it. */
  readonly place: Place;
}

/**
 * What the flow logs of one account and region write into a log group with. It can't make the
 * group: one that somebody deleted would come back without its retention and its key. Source:
 * Amazon VPC User Guide, "IAM role for publishing flow logs to CloudWatch Logs".
 */
export class LogGroupRole extends Role {
  constructor(scope: Construct, id: string, { logGroupArn, place }: LogGroupRoleProps) {
    const { account, region } = place;
    const partition = partitionOf(region);
    const allGroups = `arn:${partition}:logs:${region}:${account}:log-group:*`;
    super(scope, id, {
      description: "Flow logs into a log group",
      // The service acts for many customers: only for flow logs of this account and region.
      assumedBy: new ServicePrincipal("vpc-flow-logs.amazonaws.com", {
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*` },
        },
      }),
      inlinePolicies: {
        Write: new PolicyDocument({
          statements: [
            new PolicyStatement({
              actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
              resources: [`${logGroupArn}:*`],
            }),
            new PolicyStatement({ actions: ["logs:DescribeLogGroups"], resources: [allGroups] }),
          ],
        }),
      },
    });
    Validations.of(this).acknowledge(
      {
        id: `AwsSolutions-IAM5[Resource::${logGroupArn}:*]`,
        reason: "The streams of this one log group: each interface has its own.",
      },
      {
        id: `AwsSolutions-IAM5[Resource::${allGroups}]`,
        reason: "The service looks for the group in a list, and a list has no narrower resource.",
      },
    );
  }
}
