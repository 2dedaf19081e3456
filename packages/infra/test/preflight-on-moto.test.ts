import {
  CloudFormationClient,
  CreateStackCommand,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateFlowLogsCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateDatabaseCommand, GlueClient } from "@aws-sdk/client-glue";
import {
  CreateAccessKeyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateUserCommand,
  IAMClient,
  PutUserPolicyCommand,
} from "@aws-sdk/client-iam";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import {
  PutBucketEncryptionCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DEFAULT_FORMAT, toEc2LogFormat } from "@turnaway/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { deliveryKeyStatement, deliveryStatements } from "../src/delivery/delivery-statements.ts";
import { deliveryScope } from "../src/delivery/delivery-scope.ts";
import { logPlace } from "../src/delivery/log-place.ts";
import { examine } from "../src/deploy/preflight.ts";
import {
  bootstrap,
  deploymentOf,
  makeBucket,
  type MotoAccount,
  openAccount,
} from "./moto-account.ts";

let account: MotoAccount;

beforeAll(async () => {
  account = await openAccount();
}, 900_000);
beforeEach(() => account.reset());
afterAll(() => account?.stop());

const BUCKET = "example-flow-logs";

const NEW_BUCKET = `name: production
accounts: ["123456789012"]
regions: [eu-central-1]
vpcs: [{ id: VPC }]
logs: { bucket: ${BUCKET} }
`;

const EXISTING_BUCKET = NEW_BUCKET.replace(BUCKET, `${BUCKET}, createBucket: false`);

const LOG_GROUP = NEW_BUCKET.replace(/logs: .*/, "cloudwatch: { logGroup: /vpc/flow-logs }");

const REPOSITORY = `${NEW_BUCKET}infrastructure:
  github: { repository: example/turnaway, ownerId: 1, repositoryId: 2 }
`;

const KEY = (arn: string): string =>
  NEW_BUCKET.replace(BUCKET, `${BUCKET}, encryption: kms, kmsKey: "${arn}"`);

/** Everything but what is as it has to be, one line each; ids that differ from run to run named. */
async function notesOn(
  yaml: string,
  env: NodeJS.ProcessEnv = account.env,
): Promise<readonly string[]> {
  const { signal, vpcId } = account;
  const notes = await examine(deploymentOf(yaml, vpcId), { env, signal });
  return notes
    .filter(({ level }) => level !== "ok")
    .map(({ level, what, fix }) =>
      `${level}: ${what}. Fix: ${fix!}`
        .replaceAll(vpcId, "VPC")
        .replaceAll(/fl-[0-9a-f]{17}/g, "FLOW-LOG")
        .replaceAll(/key\/[0-9a-f-]{36}/g, "key/KEY"),
    );
}

/** What is ok, in the words of the notes. */
async function okNotes(yaml: string): Promise<readonly string[]> {
  const notes = await examine(deploymentOf(yaml, account.vpcId), account);
  return notes.filter(({ level }) => level === "ok").map(({ what }) => what);
}

describe("accounts and their bootstrap", () => {
  test("an account that is ready has nothing to say", async () => {
    await bootstrap();
    expect(await notesOn(NEW_BUCKET)).toEqual([]);
  });

  test("E25: another account's credentials end the look at once", async () => {
    expect(await notesOn(NEW_BUCKET.replace("123456789012", "999999999999"))).toEqual([
      "error: signed in to 123456789012 (arn:aws:sts::123456789012:user/moto), which is none of this deployment's accounts. Fix: sign in to 999999999999, or list 123456789012 under accounts",
    ]);
  });

  test("E23: a missing bootstrap is named with its command", async () => {
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "error: 123456789012, eu-central-1 is not bootstrapped. Fix: run `npx cdk bootstrap aws://123456789012/eu-central-1`",
    ]);
  });

  test("E23: an old bootstrap is too", async () => {
    await bootstrap("5");
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "error: the CDK bootstrap of 123456789012, eu-central-1 has version 5, and 8 is needed. Fix: run `npx cdk bootstrap aws://123456789012/eu-central-1` again",
    ]);
  });

  test("E23: that of another account has to trust the home", async () => {
    await bootstrap();
    const two = NEW_BUCKET.replace('["123456789012"]', '["123456789012", "222222222222"]').replace(
      "[{ id: VPC }]",
      '[{ id: VPC, account: "222222222222" }]',
    );
    expect(await notesOn(`${two}infrastructure: { account: "123456789012" }\n`)).toEqual([
      "error: 222222222222, eu-central-1 is not bootstrapped. Fix: run `npx cdk bootstrap aws://222222222222/eu-central-1 --trust 123456789012 --trust-for-lookup 123456789012 --cloudformation-execution-policies arn:aws:iam::aws:policy/AdministratorAccess`",
      "error: VPC is not in 222222222222, eu-central-1. Fix: correct or remove it under vpcs",
    ]);
  });
});

describe("the bucket of the logs", () => {
  beforeEach(() => bootstrap());

  test("E15: one of that name is not taken for ours", async () => {
    await makeBucket(BUCKET);
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "error: the bucket example-flow-logs exists already. Fix: write `logs.createBucket: false` to use it as it is, or choose another name",
    ]);
  });

  test("E15: what an earlier deployment left is taken back", async () => {
    await makeBucket(BUCKET);
    await new S3Client().send(
      new PutBucketTaggingCommand({
        Bucket: BUCKET,
        Tagging: { TagSet: [{ Key: "turnaway", Value: "production" }] },
      }),
    );
    expect(await notesOn(NEW_BUCKET)).toEqual([]);
    expect(await okNotes(NEW_BUCKET)).toContain(
      `the bucket ${BUCKET} is left from an earlier deployment, and is taken back`,
    );
  });

  test("E15: an existing log group is named as well", async () => {
    await new CloudWatchLogsClient().send(
      new CreateLogGroupCommand({ logGroupName: "/vpc/flow-logs" }),
    );
    expect(await notesOn(LOG_GROUP)).toEqual([
      "error: the log group /vpc/flow-logs exists already. Fix: write `cloudwatch.createLogGroup: false` to use it as it is, or choose another name",
    ]);
  });

  test("E15: an existing database is named as well", async () => {
    await makeDatabase({});
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "error: the Glue database turnaway exists already. Fix: choose another name in `athena.database`",
    ]);
  });

  test("E15: the database of an earlier deployment is taken back", async () => {
    await makeDatabase({ turnaway: "production" });
    expect(await notesOn(NEW_BUCKET)).toEqual([]);
    expect(await okNotes(NEW_BUCKET)).toContain(
      "the Glue database turnaway is left from an earlier deployment, and is taken back",
    );
  });

  test("E16: an existing one has to be there", async () => {
    expect(await notesOn(EXISTING_BUCKET)).toEqual([
      "error: the bucket example-flow-logs does not exist. Fix: write `logs.createBucket: true` and it is made, or correct logs.bucket",
    ]);
  });

  test("E16: it has to lie where the rest does", async () => {
    await makeBucket(BUCKET, "us-west-2");
    expect(await notesOn(EXISTING_BUCKET)).toEqual([
      "error: the bucket example-flow-logs lies in us-west-2, and everything else in eu-central-1. Fix: write `infrastructure.region: us-west-2`",
    ]);
  });

  test("E16: its policy has to let flow logs in", async () => {
    await makeBucket(BUCKET);
    expect(await notesOn(EXISTING_BUCKET)).toEqual([
      "error: the policy of example-flow-logs does not let flow logs in: AWSLogDeliveryWrite and AWSLogDeliveryAclCheck are missing. Fix: merge the statements that `turnaway deploy plan` ends with; nothing of the bucket is changed",
    ]);
  });

  test("E16: with the statements of the plan it does", async () => {
    await makeBucket(BUCKET);
    const deployment = deploymentOf(EXISTING_BUCKET, account.vpcId);
    const scope = deliveryScope(deployment, logPlace(deployment)!);
    const policy = { Version: "2012-10-17", Statement: deliveryStatements(scope) };
    await new S3Client().send(
      new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: JSON.stringify(policy) }),
    );
    expect(await notesOn(EXISTING_BUCKET)).toEqual([]);
  });

  test.each([
    [
      "named by its id",
      "1234abcd-12ab-34cd-56ef-1234567890ab",
      [
        "error: the policy of example-flow-logs does not let flow logs in: AWSLogDeliveryWrite and AWSLogDeliveryAclCheck are missing. Fix: merge the statements that `turnaway deploy plan` ends with; nothing of the bucket is changed",
        "error: the bucket example-flow-logs names its key as 1234abcd-12ab-34cd-56ef-1234567890ab: flow logs to it become undeliverable. Fix: name the key by its ARN in the bucket's default encryption",
      ],
    ],
    [
      "of S3 in KMS",
      undefined,
      [
        "error: the policy of example-flow-logs does not let flow logs in: AWSLogDeliveryWrite and AWSLogDeliveryAclCheck are missing. Fix: merge the statements that `turnaway deploy plan` ends with; nothing of the bucket is changed",
        "error: the bucket example-flow-logs encrypts with the key of S3 in KMS, which lets no flow logs in. Fix: encrypt it with AES-256, or with a KMS key whose policy you write",
      ],
    ],
  ])("E19: it can't encrypt with a key %s", async (_, key, expected) => {
    await makeBucket(BUCKET);
    const rule = { SSEAlgorithm: "aws:kms" as const, ...(key && { KMSMasterKeyID: key }) };
    await new S3Client().send(
      new PutBucketEncryptionCommand({
        Bucket: BUCKET,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: rule }],
        },
      }),
    );
    expect(await notesOn(EXISTING_BUCKET)).toEqual(expected);
  });
});

describe("keys and delivery", () => {
  beforeEach(() => bootstrap());

  async function makeKey(statements: readonly object[]): Promise<string> {
    const Policy = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const { KeyMetadata } = await new KMSClient().send(new CreateKeyCommand({ Policy }));
    return KeyMetadata!.Arn!;
  }

  test("E19: a key has to let flow logs be encrypted", async () => {
    expect(await notesOn(KEY(await makeKey([])))).toEqual([
      "error: the policy of arn:aws:kms:eu-central-1:123456789012:key/KEY does not let flow logs be encrypted: no file would arrive. Fix: merge the statement that `turnaway deploy plan` ends with into the policy of the key",
    ]);
  });

  test("E19: with the statement of the plan it does", async () => {
    const deployment = deploymentOf(NEW_BUCKET, account.vpcId);
    const scope = deliveryScope(deployment, logPlace(deployment)!);
    expect(await notesOn(KEY(await makeKey([deliveryKeyStatement(scope)])))).toEqual([]);
  });

  test("E19: a key that is not there is named", async () => {
    expect(
      await notesOn(
        KEY("arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"),
      ),
    ).toEqual([
      "error: the key arn:aws:kms:eu-central-1:123456789012:key/KEY does not exist. Fix: correct logs.kmsKey",
    ]);
  });

  test("E19: a flow log of ours that delivers nothing is an error", async () => {
    await makeFlowLog(
      { LogGroupName: "gone", LogDestinationType: "cloud-watch-logs" },
      "production",
    );
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "error: the flow log FLOW-LOG of VPC in 123456789012, eu-central-1 delivers nothing: Access error: the log group is gone, or its role or its key does not let the service write. Fix: run `turnaway deploy status` to see what changed by hand",
    ]);
  });

  test("another flow log to the same place is a warning", async () => {
    await makeBucket(BUCKET);
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:*", Resource: "*" }],
    };
    await new S3Client().send(
      new PutBucketPolicyCommand({ Bucket: BUCKET, Policy: JSON.stringify(policy) }),
    );
    const toBucket = {
      LogDestination: `arn:aws:s3:::${BUCKET}`,
      LogDestinationType: "s3",
    } as const;
    await makeFlowLog({ ...toBucket, LogFormat: "${srcaddr} ${dstaddr}" }, "somebody");
    expect(await notesOn(EXISTING_BUCKET)).toEqual([
      "warning: the flow log FLOW-LOG, which is not this deployment's, delivers the records of VPC to the same place: they would come twice. Fix: once ours delivers, remove it by `aws ec2 delete-flow-logs --flow-log-ids FLOW-LOG --region eu-central-1`",
    ]);
  });

  test("an equal one is an error, since EC2 makes no second", async () => {
    await makeBucket(BUCKET);
    const toBucket = {
      LogDestination: `arn:aws:s3:::${BUCKET}`,
      LogDestinationType: "s3",
    } as const;
    await makeFlowLog(
      { ...toBucket, LogFormat: toEc2LogFormat(DEFAULT_FORMAT), MaxAggregationInterval: 600 },
      "somebody",
    );
    expect(await notesOn(EXISTING_BUCKET)).toEqual([
      "error: the policy of example-flow-logs does not let flow logs in: AWSLogDeliveryWrite and AWSLogDeliveryAclCheck are missing. Fix: merge the statements that `turnaway deploy plan` ends with; nothing of the bucket is changed",
      "error: the flow log FLOW-LOG, which is not this deployment's, delivers the records of VPC to the same place in the same way, and EC2 makes no second one. Fix: remove it by `aws ec2 delete-flow-logs --flow-log-ids FLOW-LOG --region eu-central-1`",
    ]);
  });

  async function makeFlowLog(
    properties: Partial<ConstructorParameters<typeof CreateFlowLogsCommand>[0]>,
    owner: string,
  ): Promise<void> {
    await new EC2Client().send(
      new CreateFlowLogsCommand({
        ResourceIds: [account.vpcId],
        ResourceType: "VPC",
        TrafficType: "ALL",
        ...(properties.LogDestinationType === "cloud-watch-logs" && {
          DeliverLogsPermissionArn: "arn:aws:iam::123456789012:role/logs",
        }),
        TagSpecifications: [
          { ResourceType: "vpc-flow-log", Tags: [{ Key: "turnaway", Value: owner }] },
        ],
        ...properties,
      }),
    );
  }

  test("what is to be logged has to be there", async () => {
    expect(await notesOn(NEW_BUCKET.replace("VPC", "vpc-0a1b2c3d4e5f67890"))).toEqual([
      "error: vpc-0a1b2c3d4e5f67890 is not in 123456789012, eu-central-1. Fix: correct or remove it under vpcs",
    ]);
  });
});

describe("the provider of GitHub's tokens", () => {
  beforeEach(() => bootstrap());

  const ARN = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
  const NAMED = REPOSITORY.replace("repositoryId: 2", `repositoryId: 2, provider: "${ARN}"`);

  async function makeProvider(audience: string): Promise<void> {
    await new IAMClient().send(
      new CreateOpenIDConnectProviderCommand({
        Url: "https://token.actions.githubusercontent.com",
        ClientIDList: [audience],
        ThumbprintList: ["0".repeat(40)],
      }),
    );
  }

  test("E17: one that exists has to be named", async () => {
    await makeProvider("sts.amazonaws.com");
    expect(await notesOn(REPOSITORY)).toEqual([
      "error: 123456789012 has a provider of GitHub's tokens already, and there can be only one. Fix: write `infrastructure.github.provider: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com`",
    ]);
    expect(await notesOn(NAMED)).toEqual([]);
  });

  test("E17: one that is named has to exist", async () => {
    expect(await notesOn(NAMED)).toEqual([
      "error: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com does not exist. Fix: remove infrastructure.github.provider, and it is made",
    ]);
  });

  test("E17: it has to take tokens that are for AWS", async () => {
    await makeProvider("example");
    expect(await notesOn(NAMED)).toEqual([
      "error: arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com takes no tokens for sts.amazonaws.com. Fix: run `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com --client-id sts.amazonaws.com`",
    ]);
  });
});

describe("stacks that CloudFormation would not change", () => {
  beforeEach(() => bootstrap());

  async function makeStack(name: string, status: string, isProtected = false): Promise<void> {
    const cloudFormation = new CloudFormationClient();
    await cloudFormation.send(
      new CreateStackCommand({
        StackName: name,
        TemplateBody: JSON.stringify({ Resources: { Topic: { Type: "AWS::SNS::Topic" } } }),
        Tags: [{ Key: "moto:status", Value: status }],
      }),
    );
    await cloudFormation.send(
      new UpdateTerminationProtectionCommand({
        StackName: name,
        EnableTerminationProtection: isProtected,
      }),
    );
  }

  test.each([
    [
      "ROLLBACK_COMPLETE",
      [
        "warning: the stack turnaway-production-alerts in 123456789012, eu-central-1 is ROLLBACK_COMPLETE: it failed when it was first made. Fix: nothing to do: what is left of it is deleted (`aws cloudformation delete-stack --stack-name turnaway-production-alerts --region eu-central-1`), and it is made anew",
      ],
    ],
    [
      "ROLLBACK_FAILED",
      [
        "error: the stack turnaway-production-alerts in 123456789012, eu-central-1 is ROLLBACK_FAILED: it failed when it was first made. Fix: run `aws cloudformation delete-stack --stack-name turnaway-production-alerts --region eu-central-1`",
      ],
    ],
    [
      "UPDATE_ROLLBACK_FAILED",
      [
        "error: the stack turnaway-production-alerts in 123456789012, eu-central-1 is UPDATE_ROLLBACK_FAILED: a change failed, and so did the way back. Fix: repair what its events name, then run `aws cloudformation continue-update-rollback --stack-name turnaway-production-alerts --region eu-central-1`",
      ],
    ],
    [
      "UPDATE_IN_PROGRESS",
      [
        "error: the stack turnaway-production-alerts in 123456789012, eu-central-1 is UPDATE_IN_PROGRESS: something changes it right now. Fix: wait until `aws cloudformation describe-stacks --stack-name turnaway-production-alerts --region eu-central-1 --query 'Stacks[0].StackStatus'` says COMPLETE, and run again",
      ],
    ],
    [
      "DELETE_FAILED",
      [
        "error: the stack turnaway-production-alerts in 123456789012, eu-central-1 is DELETE_FAILED: not all of it could be deleted. Fix: repair what its events name, then run `aws cloudformation delete-stack --stack-name turnaway-production-alerts --region eu-central-1`",
      ],
    ],
    [
      "UPDATE_FAILED",
      [
        "error: the stack turnaway-production-alerts in 123456789012, eu-central-1 is UPDATE_FAILED: a change stopped half-way. Fix: run `aws cloudformation rollback-stack --stack-name turnaway-production-alerts --region eu-central-1`",
      ],
    ],
    ["UPDATE_ROLLBACK_COMPLETE", []],
  ])("E18: %s has its command", async (status, expected) => {
    await makeStack("turnaway-production-alerts", status);
    expect(await notesOn(NEW_BUCKET)).toEqual(expected);
  });

  test("E18: a protected one that was never made has to go by hand", async () => {
    await makeStack("turnaway-production-logs", "ROLLBACK_COMPLETE", true);
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "error: the stack turnaway-production-logs in 123456789012, eu-central-1 is ROLLBACK_COMPLETE: it failed when it was first made. Fix: run `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name turnaway-production-logs --region eu-central-1` and `aws cloudformation delete-stack --stack-name turnaway-production-logs --region eu-central-1`; what it holds of data stays, and is taken back",
    ]);
  });

  test("one that the configuration asks for no longer is named", async () => {
    await makeStack("turnaway-production-demo-network", "CREATE_COMPLETE");
    expect(await notesOn(NEW_BUCKET)).toEqual([
      "warning: the stack turnaway-production-demo-network in 123456789012, eu-central-1 is live, and turnaway.yml asks for it no longer. Fix: remove it by `aws cloudformation delete-stack --stack-name turnaway-production-demo-network --region eu-central-1`",
    ]);
  });
});

test("a demo network wants room for a VPC", async () => {
  await bootstrap();
  for (const i of [1, 2, 3, 4])
    await new EC2Client().send(new CreateVpcCommand({ CidrBlock: `10.${i}.0.0/16` }));
  expect(await notesOn(`${NEW_BUCKET}infrastructure: { demoNetwork: true }\n`)).toEqual([
    'warning: 123456789012 has 6 VPCs in eu-central-1, where it may have 5 unless it has asked for more, and the demo network is another. Fix: raise the quota "VPCs per Region", or write `infrastructure.demoNetwork: false`',
  ]);
});

test("a check that is not let to look names the permission, and the others go on", async () => {
  await bootstrap();
  const env = {
    ...account.env,
    // Of SSM and Glue moto refuses in a form that these services do not have.
    ...(await makeReader(
      "sts:GetCallerIdentity",
      "ssm:GetParameter",
      "glue:Get*",
      "ec2:Describe*",
    )),
  };
  await enforcePolicies(true);
  try {
    expect(await notesOn(NEW_BUCKET, env)).toEqual([
      "warning: the stack turnaway-production-logs in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
      "warning: the stack turnaway-production-alerts in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
      "warning: the stack turnaway-production-access in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
      "warning: the stack turnaway-production-catalogue in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
      "warning: the stack turnaway-production-flow-logs in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
      "warning: the stack turnaway-production-demo-network in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
      "warning: the bucket example-flow-logs in 123456789012, eu-central-1 could not be looked at: cloudformation:ListStackResources is not allowed. Fix: allow cloudformation:ListStackResources in the role's policy",
      "warning: the number of roles in 123456789012, eu-central-1 could not be looked at: cloudformation:DescribeStacks is not allowed. Fix: allow cloudformation:DescribeStacks in the role's policy",
    ]);
  } finally {
    await enforcePolicies(false);
  }
});

/** Keys of a user who may do nothing else. */
async function makeReader(...actions: readonly string[]): Promise<NodeJS.ProcessEnv> {
  const iam = new IAMClient();
  await iam.send(new CreateUserCommand({ UserName: "reader" }));
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: actions, Resource: "*" }],
  };
  await iam.send(
    new PutUserPolicyCommand({
      UserName: "reader",
      PolicyName: "reads",
      PolicyDocument: JSON.stringify(policy),
    }),
  );
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
  return {
    AWS_ACCESS_KEY_ID: AccessKey!.AccessKeyId!,
    AWS_SECRET_ACCESS_KEY: AccessKey!.SecretAccessKey!,
  };
}

// moto lets everybody do everything, for so many requests.
async function enforcePolicies(isOn: boolean): Promise<void> {
  const url = `${process.env["AWS_ENDPOINT_URL"]!}/moto-api/reset-auth`;
  await fetch(url, { method: "POST", body: isOn ? "0" : "inf" });
}

async function makeDatabase(parameters: Record<string, string>): Promise<void> {
  const DatabaseInput = { Name: "turnaway", Parameters: parameters };
  await new GlueClient().send(new CreateDatabaseCommand({ DatabaseInput }));
}
