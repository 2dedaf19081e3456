import { Match, type Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { deploymentOf, HOME, propertiesOf, templateOf } from "../../test/template-of.ts";
import { deliveryScope } from "../delivery/delivery-scope.ts";
import { logPlace } from "../delivery/log-place.ts";
import { LogBucket } from "./log-bucket.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const DAY_RULES = new Set(["flow-logs", "transit-gateway-logs"]);

/** The template of the bucket that these keys below `logs` ask for. */
function bucketOf(logs = ""): Template {
  const deployment = deploymentOf(`logs: { bucket: example-flow-logs, ${logs} }\n`);
  const place = logPlace(deployment)!;
  const { config } = deployment;
  return templateOf((stack) => {
    new LogBucket(stack, "LogBucket", {
      place,
      delivery: deliveryScope(deployment, place),
      lifeCycle: config.logs,
      ...config.logs,
    });
  });
}

const withAlgorithm = (algorithm: string, more: object = {}) => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      { ServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, ...more } },
    ],
  },
});

describe("the bucket", () => {
  it.each<[string, string, object]>([
    [
      "is closed to the public and owns every object",
      "",
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        VersioningConfiguration: { Status: "Enabled" },
      },
    ],
    ["is encrypted by S3", "", withAlgorithm("AES256")],
    [
      "is encrypted by an existing key, by its ARN",
      `encryption: kms, kmsKey: "${KEY}"`,
      withAlgorithm("aws:kms", { KMSMasterKeyID: KEY }),
    ],
    [
      "counts what is delivered",
      "prefix: net",
      { MetricsConfigurations: [{ Id: "delivered", Prefix: "net/AWSLogs/" }] },
    ],
    [
      "logs access into an existing bucket",
      "accessLogs: seen",
      {
        LoggingConfiguration: {
          DestinationBucketName: "seen",
          LogFilePrefix: "example-flow-logs/",
        },
      },
    ],
    [
      "is locked",
      "objectLock: { mode: compliance, days: 400 }",
      {
        ObjectLockEnabled: true,
        ObjectLockConfiguration: {
          ObjectLockEnabled: "Enabled",
          Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 400 } },
        },
      },
    ],
    [
      "is locked so that an administrator can open it",
      "objectLock: { mode: governance, days: 30 }",
      { ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: "GOVERNANCE" } } } },
    ],
    ["has no lock unless asked", "", { ObjectLockEnabled: Match.absent() }],
  ])("%s", (_what, logs, expected) => {
    const named = { BucketName: "example-flow-logs", ...expected };
    bucketOf(logs).hasResourceProperties("AWS::S3::Bucket", named);
  });

  it("stays with its key and its access logs when the stack goes", () => {
    const template = bucketOf("encryption: kms");
    const kept = ["AWS::S3::Bucket", "AWS::KMS::Key"].flatMap((type) =>
      Object.values(template.findResources(type)),
    );
    expect(kept).toHaveLength(3);
    for (const resource of kept)
      expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  it("takes nothing without TLS, and neither does that of its access logs", () => {
    const deny = Match.objectLike({
      Effect: "Deny",
      Action: "s3:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
    const template = bucketOf();
    template.resourceCountIs("AWS::S3::BucketPolicy", 2);
    template.allResourcesProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: { Statement: Match.arrayWith([deny]) },
    });
  });

  it("lets the delivery service in, and nobody else", () => {
    const policy = propertiesOf(bucketOf(), "AWS::S3::BucketPolicy")["LogBucketPolicy"]!;
    const { Statement } = policy["PolicyDocument"] as { Statement: Statement[] };
    const allowed = Statement.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.map(({ Sid, Principal }) => [Sid, Principal])).toEqual([
      ["AWSLogDeliveryWrite", { Service: "delivery.logs.amazonaws.com" }],
      ["AWSLogDeliveryAclCheck", { Service: "delivery.logs.amazonaws.com" }],
    ]);
    for (const { Condition } of allowed)
      expect(Condition).toMatchObject({
        StringEquals: { "aws:SourceAccount": [HOME.account] },
        ArnLike: { "aws:SourceArn": [`arn:aws:logs:${HOME.region}:${HOME.account}:*`] },
      });
  });

  it("keeps its access logs in a bucket of its own, which only S3 writes to", () => {
    const template = bucketOf();
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: "Allow",
            Principal: { Service: "logging.s3.amazonaws.com" },
            Action: "s3:PutObject",
            Condition: Match.objectLike({ StringEquals: { "aws:SourceAccount": HOME.account } }),
          }),
        ]),
      },
    });
    bucketOf("accessLogs: seen").resourceCountIs("AWS::S3::Bucket", 1);
  });
});

describe("the life-cycle", () => {
  const rulesOf = (logs: string): Rule[] => {
    const bucket = propertiesOf(bucketOf(logs), "AWS::S3::Bucket")["LogBucket"]!;
    return (bucket["LifecycleConfiguration"] as { Rules: Rule[] }).Rules;
  };

  it("expires logs and never the rollup, which lies in the same bucket", () => {
    const rules = rulesOf("prefix: net, retention: 90");
    const expiring = rules.filter((rule) => rule.ExpirationInDays !== undefined);
    expect(expiring.map((rule) => [rule.Prefix, rule.ExpirationInDays])).toEqual([
      ["net/AWSLogs/", 90],
      ["net/transit-gateways/AWSLogs/", 90],
    ]);
    for (const { Prefix } of expiring) expect("turnaway/".startsWith(Prefix!)).toBe(false);
  });

  it("clears away old versions and unfinished uploads everywhere", () => {
    expect(rulesOf("oldVersionDays: 45").at(-1)).toEqual({
      Id: "left-over",
      Status: "Enabled",
      NoncurrentVersionExpiration: { NoncurrentDays: 45 },
      ExpiredObjectDeleteMarker: true,
      AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
    });
  });

  it.each<[string, string, object[] | undefined]>([
    ["moves nothing unless asked", "", undefined],
    [
      "moves files to infrequent access, then to Glacier",
      "infrequentAccessDays: 60, glacierDays: 180",
      [
        { StorageClass: "STANDARD_IA", TransitionInDays: 60 },
        { StorageClass: "GLACIER_IR", TransitionInDays: 180 },
      ],
    ],
    [
      "moves files to the Glacier that has to be restored",
      "glacierDays: 100, glacierClass: flexible",
      [{ StorageClass: "GLACIER", TransitionInDays: 100 }],
    ],
    [
      "moves files to the coldest class",
      "glacierDays: 100, glacierClass: deep",
      [{ StorageClass: "DEEP_ARCHIVE", TransitionInDays: 100 }],
    ],
  ])("%s", (_what, logs, transitions) => {
    for (const rule of rulesOf(logs).filter(({ Id }) => DAY_RULES.has(Id)))
      expect(rule.Transitions).toEqual(transitions);
  });
});

describe("the key", () => {
  it("is made on request, rotates, and lets the delivery service in", () => {
    const template = bucketOf("encryption: kms");
    template.hasResourceProperties("AWS::KMS::Key", {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Sid: "AWSLogDeliveryEncrypt",
            Principal: { Service: "delivery.logs.amazonaws.com" },
            Condition: {
              StringEquals: { "aws:SourceAccount": [HOME.account] },
              ArnLike: { "aws:SourceArn": [`arn:aws:logs:${HOME.region}:${HOME.account}:*`] },
            },
          }),
        ]),
      },
    });
    template.hasResourceProperties("AWS::S3::Bucket", {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            BucketKeyEnabled: true,
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: "aws:kms",
              KMSMasterKeyID: { "Fn::GetAtt": [Match.stringLikeRegexp("^LogBucketKey"), "Arn"] },
            },
          },
        ],
      },
    });
  });

  it.each(["", `encryption: kms, kmsKey: "${KEY}"`])("is not made otherwise: %s", (logs) => {
    bucketOf(logs).resourceCountIs("AWS::KMS::Key", 0);
  });
});

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal: unknown;
  readonly Condition: object;
}

interface Rule {
  readonly Id: string;
  readonly Prefix?: string;
  readonly ExpirationInDays?: number;
  readonly Transitions?: object[];
}
