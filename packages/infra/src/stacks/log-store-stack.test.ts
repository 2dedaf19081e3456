import { App, CfnResource } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { deploymentOf } from "../../test/template-of.ts";
import { FEATURE_FLAGS } from "../feature-flags.ts";
import { LogStoreStack } from "./log-store-stack.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

function stackOf(yaml: string): LogStoreStack {
  const deployment = deploymentOf(`${yaml}\n`);
  const app = new App({ context: FEATURE_FLAGS });
  return new LogStoreStack(app, "turnaway-default-logs", { deployment, env: deployment.home });
}

const isEmpty = (stack: LogStoreStack) =>
  !stack.node.findAll().some((one) => CfnResource.isCfnResource(one));

describe("the stack of the logs", () => {
  it.each<[string, string, object]>([
    [
      "makes a bucket",
      "logs: { bucket: flow }",
      { bucketName: "flow", bucketArn: "arn:aws:s3:::flow", keyArn: null },
    ],
    [
      "makes a bucket with an existing key",
      `logs: { bucket: flow, encryption: kms, kmsKey: "${KEY}" }`,
      { bucketName: "flow", keyArn: KEY },
    ],
    [
      "knows the ARN of a bucket in China",
      `accounts: ["123456789012"]\nregions: [cn-north-1]\nlogs: { bucket: flow }`,
      { bucketArn: "arn:aws-cn:s3:::flow" },
    ],
  ])("%s", (_what, yaml, values) => {
    const stack = stackOf(yaml);
    expect(stack).toMatchObject(values);
    expect(isEmpty(stack)).toBe(false);
  });

  it.each<[string, string, object]>([
    [
      "a bucket that exists",
      "logs: { bucket: flow, createBucket: false }",
      { bucketName: "flow", bucketArn: "arn:aws:s3:::flow", keyArn: null },
    ],
    [
      "a bucket that exists with its key",
      `logs: { bucket: flow, createBucket: false, encryption: kms, kmsKey: "${KEY}" }`,
      { keyArn: KEY },
    ],
    [
      "CloudWatch alone",
      "cloudwatch: { logGroup: /flow }",
      { bucketName: null, bucketArn: null, keyArn: null },
    ],
  ])("is empty with %s", (_what, yaml, values) => {
    const stack = stackOf(yaml);
    expect(stack).toMatchObject(values);
    expect(isEmpty(stack)).toBe(true);
  });

  it("is protected, and says what it is", () => {
    const stack = stackOf("logs: { bucket: flow }");
    expect(stack.terminationProtection).toBe(true);
    expect(stack.stackName).toBe("turnaway-default-logs");
  });

  it("delivers what many accounts and regions log, and transit gateways apart", () => {
    const stack = stackOf(`accounts: ["111111111111", "222222222222"]
regions: [eu-central-1, us-east-1]
transitGateways: [{ id: tgw-0a1b2c3d, account: "222222222222", region: us-east-1 }]
logs: { bucket: flow, layout: hive }
infrastructure: { account: "333333333333", region: eu-central-1 }`);
    const text = JSON.stringify(Template.fromStack(stack).findResources("AWS::S3::BucketPolicy"));
    for (const folder of ["AWSLogs", "transit-gateways/AWSLogs"])
      for (const account of ["111111111111", "222222222222"])
        expect(text).toContain(`arn:aws:s3:::flow/${folder}/aws-account-id=${account}/*`);
    expect(text).not.toContain("333333333333/*"); // the home logs nothing itself
  });

  it("refuses more accounts than a bucket's policy holds", () => {
    const accounts = Array.from({ length: 150 }, (_, i) => `"${100000000000 + i}"`).join(", ");
    expect(() =>
      stackOf(`accounts: [${accounts}]
regions: [eu-central-1]
logs: { bucket: flow }
infrastructure: { account: "100000000000" }`),
    ).toThrow("the bucket's policy would be too long (accounts): 150 accounts in 1 region need");
  });
});
