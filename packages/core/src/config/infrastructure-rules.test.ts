import { describe, expect, test } from "vitest";

import { parseConfig, parseDeployableConfig } from "./parse.ts";

type Case = readonly [rule: string, text: string, line: string];

const BROKEN: readonly Case[] = [
  [
    "a key needs KMS",
    "logs:\n  kmsKey: arn:aws:kms:eu-central-1:123456789012:key/1234abcd",
    "logs.kmsKey would not be used (turnaway.yml:2): logs.encryption is s3. " +
      "Write `encryption: kms`, or remove the key.",
  ],
  [
    "a lock needs a new bucket",
    "logs:\n  createBucket: false\n  objectLock: { mode: governance, days: 30 }",
    "logs.objectLock can not be set (turnaway.yml:3): the bucket exists already " +
      "(createBucket: false), and `deploy` changes nothing of it. " +
      "Remove it here, and lock the bucket where it was made.",
  ],
  [
    "storage gets colder in order",
    "logs:\n  infrequentAccessDays: 30\n  glacierDays: 59",
    "wrong value for logs.glacierDays (turnaway.yml:3): got 59, files move to infrequent access " +
      "after 30 days and stay there for 30 at least. " +
      "Write 60 or more, or remove infrequentAccessDays.",
  ],
  [
    "files are kept until they move",
    "logs:\n  retention: 90\n  infrequentAccessDays: 90",
    "logs.infrequentAccessDays would never come (turnaway.yml:3): got 90, files are deleted " +
      "after 90 days. Write fewer days, or raise logs.retention.",
  ],
  [
    "tags have a field",
    "logs:\n  fields: version srcaddr dstaddr protocol start end action instance-tag\n" +
      "  tags:\n    instance: [team, stage]",
    "logs.tags.instance has no field to stand in (turnaway.yml:4): logs.fields lacks " +
      "instance-tag-2. Add instance-tag-2 to logs.fields, or write `fields: rich`.",
  ],
  [
    "access logs lie elsewhere",
    "logs:\n  bucket: flow\n  accessLogs: flow",
    "wrong value for logs.accessLogs (turnaway.yml:3): a bucket that logs access to itself never " +
      "comes to rest. Name another bucket, or remove it: then one is made.",
  ],
  [
    "a repository has its ids",
    "infrastructure:\n  github:\n    repository: octo/flows\n    ownerId: 1",
    "infrastructure.github.repositoryId is missing (turnaway.yml:3): GitHub names the repository " +
      "to AWS by its ids, and a role that trusts names alone can be taken over. " +
      "Write the number that `gh api repos/octo/flows --jq .id` prints.",
  ],
];

const DOUBTFUL: readonly Case[] = [
  [
    "Athena reads what reports need",
    "logs:\n  glacierDays: 14\n  glacierClass: deep",
    "days that reports compare with can not be built again (turnaway.yml:2): files are in Glacier " +
      "(deep) after 14 days, and Athena reads none there; report.historyDays is 14. " +
      "Write more days, or `glacierClass: instant`.",
  ],
  [
    "alarms have a log group",
    "alerts:\n  rdpRejects: 5",
    "alerts.rdpRejects watches nothing (turnaway.yml:2): alarms count lines of a log group, and " +
      "cloudwatch.logGroup names none. " +
      "Name a log group, and flow logs are delivered there, too.",
  ],
  [
    "locked files expire later",
    "logs:\n  retention: 30\n  objectLock: { mode: compliance, days: 31 }",
    "files stay longer than logs.retention says (turnaway.yml:3): they are locked for 31 days, " +
      "the retention is 30.",
  ],
];

/** Valid for a report on files, and not to be deployed. */
const UNDEPLOYABLE: readonly Case[] = [
  [
    "records are delivered somewhere",
    "accounts: ['123456789012']\nregions: [eu-central-1]",
    "flow logs have nowhere to go (turnaway.yml:1): neither logs.bucket nor cloudwatch.logGroup " +
      "is there. Name a bucket, which is what reports at scale read.",
  ],
  [
    "there is a home",
    "accounts: ['123456789012', '210987654321']\nregions: [eu-central-1]\nlogs: { bucket: flow }",
    "infrastructure.account is missing (turnaway.yml:1): accounts has 2 entries, and the bucket, " +
      "the catalogue and the roles lie in one. Write one of 123456789012, 210987654321.",
  ],
  [
    "what is logged has a place",
    "accounts: ['123456789012']\nregions: [eu-central-1, eu-west-1]\nlogs: { bucket: flow }\n" +
      "infrastructure: { region: eu-west-1 }\nsubnets:\n  - id: subnet-0a1b2c3d",
    "subnets[0].region is missing (turnaway.yml:6): regions has 2 entries. " +
      "Write which region subnet-0a1b2c3d lies in.",
  ],
  [
    "transit gateways have a bucket",
    "accounts: ['123456789012']\nregions: [eu-central-1]\ncloudwatch: { logGroup: /flow }\n" +
      "transitGateways:\n  - id: tgw-0a1b2c3d",
    "tgw-0a1b2c3d has nowhere to log to (turnaway.yml:5): logs.bucket is not there, and records of " +
      "another format would be counted wrongly in the log group. " +
      "Name a bucket, or remove the transit gateway.",
  ],
  [
    "an existing bucket has an existing key",
    "accounts: ['123456789012']\nregions: [eu-central-1]\n" +
      "logs:\n  bucket: flow\n  createBucket: false\n  encryption: kms",
    "logs.kmsKey is missing (turnaway.yml:6): the bucket exists already (createBucket: false), and " +
      "roles that read it need its key. " +
      "Write the ARN of the key that the bucket is encrypted with.",
  ],
];

describe("what must hold", () => {
  test.each(BROKEN)("%s", (_rule, text, line) => {
    expect(() => parseConfig(text, "turnaway.yml")).toThrow(
      expect.objectContaining({ message: line, code: "CONFIG" }),
    );
  });
});

describe("what ought to hold", () => {
  test.each(DOUBTFUL)("%s", (_rule, text, line) => {
    expect(parseConfig(text, "turnaway.yml").warnings).toEqual([line]);
  });
});

describe("what a deployment needs", () => {
  test.each(UNDEPLOYABLE)("%s", (_rule, text, line) => {
    expect(parseConfig(text, "turnaway.yml").warnings).toEqual([]);
    expect(() => parseDeployableConfig(text, "turnaway.yml")).toThrow(
      expect.objectContaining({ message: line, code: "CONFIG" }),
    );
  });
});
