import type { Config } from "@turnaway/core";
import { RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { CfnLogGroup, type ILogGroup, LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

import type { Place } from "../deployment.ts";
import { partitionOf } from "../partition.ts";

export interface FlowLogGroupProps {
  readonly name: string;
  /** Where it lies. */
  readonly place: Place;
  /** Whether it is made; of an existing one nothing is changed. */
  readonly create: boolean;
  /** Days that records are kept, as CloudWatch Logs counts them. */
  readonly retention: Config["cloudwatch"]["retention"];
  /** Who keeps the key: the service, or a KMS key of its own. */
  readonly encryption: Config["cloudwatch"]["encryption"];
}

/** The log group that flow logs of one account and region are delivered to. It stays with its key. */
export class FlowLogGroup extends Construct {
  readonly logGroup: ILogGroup;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FlowLogGroupProps) {
    super(scope, id);
    const { name, place, create } = props;
    this.arn = logGroupArn(name, place);
    // By reference where it is made here: then what watches it waits for it.
    this.logGroup = LogGroup.fromLogGroupName(this, "Named", create ? this.#make(props).ref : name);
  }

  #make({ name, place, retention, encryption }: FlowLogGroupProps): CfnLogGroup {
    const group = new CfnLogGroup(this, "LogGroup", {
      logGroupName: name,
      retentionInDays: retention,
      ...(encryption === "kms" ? { kmsKeyId: this.#key(place).keyArn } : {}),
    });
    group.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return group;
  }

  #key({ region, account }: Place): Key {
    const key = new Key(this, "Key", {
      description: `Log group ${this.arn.split(":").at(-1)!} of Turnaway`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Source: CloudWatch Logs User Guide, "Encrypt log data using AWS KMS".
    key.addToResourcePolicy(
      new PolicyStatement({
        sid: "CloudWatchLogs",
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncrypt*",
          "kms:GenerateDataKey*",
          "kms:DescribeKey",
        ],
        resources: ["*"], // in the policy of a key: this key
        conditions: {
          ArnEquals: { "kms:EncryptionContext:aws:logs:arn": this.arn },
          StringEquals: { "aws:SourceAccount": account },
        },
      }),
    );
    return key;
  }
}

/** ARN of a log group, without the `:*` of its streams. */
export function logGroupArn(name: string, { account, region }: Place): string {
  return `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}`;
}
