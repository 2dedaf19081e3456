import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { guardTemplates } from "../scripts/cfn-guard.ts";

interface Resource {
  readonly Type: string;
  readonly [key: string]: unknown;
}

/** What keeps every rule; each case breaks it in one place. */
const GOOD: Readonly<Record<string, Resource>> = {
  Role: role({ StringEquals: subject("repo:example@1/flows@2:environment:production") }),
  Workgroup: workgroup({ ManagedQueryResultsConfiguration: { Enabled: true } }),
  Topic: { Type: "AWS::SNS::Topic", Properties: { KmsMasterKeyId: "key" } },
  Key: {
    Type: "AWS::KMS::Key",
    Properties: {
      KeyPolicy: {
        Statement: [
          { Principal: { AWS: "arn:aws:iam::123456789012:root" } },
          { Principal: { Service: "cloudwatch.amazonaws.com" } },
        ],
      },
    },
  },
  LogKey: logKey("Retain"),
  Policy: bucketPolicy({
    StringEquals: { "aws:SourceAccount": "123456789012" },
    ArnLike: { "aws:SourceArn": "arn:aws:logs:*" },
  }),
  Bucket: { Type: "AWS::S3::Bucket", DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" },
  Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: { TreatMissingData: "notBreaching" } },
};

const BROKEN: readonly [rule: string, how: string, change: Readonly<Record<string, unknown>>][] = [
  ...[
    ["by names alone", "repo:example/flows:environment:production"],
    ["by a branch", "repo:example@1/flows@2:ref:refs/heads/main"],
    ["with a wildcard", "repo:example@1/flows@2:environment:*"],
  ].map(
    ([how, sub]) =>
      ["github_subject_is_exact", how, { Role: role({ StringEquals: subject(sub!) }) }] as [
        string,
        string,
        Record<string, unknown>,
      ],
  ),
  [
    "github_subject_is_exact",
    "by a pattern beside the exact one",
    {
      Role: role({
        StringEquals: subject("repo:example@1/flows@2:environment:production"),
        StringLike: { "token.actions.githubusercontent.com:sub": "repo:*" },
      }),
    },
  ],
  [
    "github_subject_is_exact",
    "by a list whose second entry is everybody",
    {
      Role: role({
        StringEquals: {
          ...subject("repo:example@1/flows@2:environment:production"),
          "token.actions.githubusercontent.com:sub": [
            "repo:example@1/flows@2:environment:production",
            "*",
          ],
        },
      }),
    },
  ],
  [
    "github_subject_is_exact",
    "by the audience alone",
    {
      Role: role({
        StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
      }),
    },
  ],
  [
    "github_subject_is_exact",
    "by no condition, in a list of actions",
    { Role: role({}, ["sts:AssumeRoleWithWebIdentity"]) },
  ],
  [
    "workgroup_has_a_limit_and_encrypts",
    "without a limit",
    { Workgroup: workgroup({ BytesScannedCutoffPerQuery: undefined }) },
  ],
  [
    "workgroup_has_a_limit_and_encrypts",
    "with answers in the clear",
    { Workgroup: workgroup({ ResultConfiguration: { OutputLocation: "s3://b/" } }) },
  ],
  [
    "topic_key_lets_alarms_use_it",
    "with no grant",
    { Key: { ...GOOD["Key"], Properties: { KeyPolicy: { Statement: [] } } } },
  ],
  [
    "delivery_names_its_source",
    "without the account",
    { Policy: bucketPolicy({ ArnLike: { "aws:SourceArn": "arn:aws:logs:*" } }) },
  ],
  [
    "data_outlives_its_stack",
    "deleted with it",
    {
      Bucket: { Type: "AWS::S3::Bucket", DeletionPolicy: "Delete", UpdateReplacePolicy: "Retain" },
    },
  ],
  ["keys_of_data_outlive_their_stack", "deleted with it", { LogKey: logKey("Delete") }],
  [
    "alarms_say_what_missing_data_means",
    "left to CloudWatch",
    { Alarm: { Type: "AWS::CloudWatch::Alarm", Properties: {} } },
  ],
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "turnaway-guard-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("our rules for templates", () => {
  it("let through what keeps them", async () => {
    expect(await broken(GOOD)).toEqual([]);
  });

  it.each(BROKEN)("%s fails %s", async (rule, _how, change) => {
    expect(await broken({ ...GOOD, ...change })).toEqual([rule]);
  });
});

async function broken(resources: Readonly<Record<string, unknown>>): Promise<string[]> {
  const file = path.join(folder, "template.json");
  writeFileSync(file, JSON.stringify({ Resources: resources }));
  return (await guardTemplates([file])).map((found) => found.slice(file.length + 2));
}

function logKey(policy: string): Resource {
  const principals = [
    { AWS: "arn:aws:iam::123456789012:root" },
    { Service: "delivery.logs.amazonaws.com" },
  ];
  return {
    Type: "AWS::KMS::Key",
    DeletionPolicy: policy,
    UpdateReplacePolicy: policy,
    Properties: { KeyPolicy: { Statement: principals.map((Principal) => ({ Principal })) } },
  };
}

function role(
  condition: object,
  action: string | readonly string[] = "sts:AssumeRoleWithWebIdentity",
): Resource {
  const statement = {
    Effect: "Allow",
    Action: action,
    Principal: { Federated: "arn:aws:iam::123456789012:oidc-provider/x" },
    Condition: condition,
  };
  return {
    Type: "AWS::IAM::Role",
    Properties: { AssumeRolePolicyDocument: { Statement: [statement] } },
  };
}

function subject(sub: string): object {
  return {
    "token.actions.githubusercontent.com:sub": sub,
    "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
  };
}

function workgroup(change: object): Resource {
  const configuration = {
    EnforceWorkGroupConfiguration: true,
    BytesScannedCutoffPerQuery: 10_000_000,
    PublishCloudWatchMetricsEnabled: true,
    ...("ResultConfiguration" in change
      ? {}
      : { ManagedQueryResultsConfiguration: { Enabled: true } }),
    ...change,
  };
  return {
    Type: "AWS::Athena::WorkGroup",
    Properties: { WorkGroupConfiguration: configuration },
  };
}

function bucketPolicy(condition: object): Resource {
  const statement = {
    Effect: "Allow",
    Action: "s3:PutObject",
    Principal: { Service: "delivery.logs.amazonaws.com" },
    Condition: condition,
  };
  return {
    Type: "AWS::S3::BucketPolicy",
    Properties: { PolicyDocument: { Statement: [statement] } },
  };
}
