import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { templateOf } from "../../test/template-of.ts";
import { NamedQueries } from "./named-queries.ts";
import { QueryWorkgroup, type QueryWorkgroupProps } from "./query-workgroup.ts";

const workgroupOf = (results: QueryWorkgroupProps["results"]) =>
  templateOf((stack) => {
    new QueryWorkgroup(stack, "Workgroup", {
      name: "turnaway",
      account: "123456789012",
      scanLimitBytes: 10_000_000_000,
      results,
    });
  });

const BUCKET = { bucketName: "answers", days: 30 };

describe("the workgroup", () => {
  it.each(["managed", BUCKET] as const)("enforces its limit, answers in %j", (results) => {
    workgroupOf(results).hasResourceProperties("AWS::Athena::WorkGroup", {
      Name: "turnaway",
      RecursiveDeleteOption: true,
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 10_000_000_000,
        PublishCloudWatchMetricsEnabled: true,
        EngineVersion: { SelectedEngineVersion: "Athena engine version 3" },
      },
    });
  });

  it("leaves answers with Athena", () => {
    const template = workgroupOf("managed");
    template.hasResourceProperties("AWS::Athena::WorkGroup", {
      WorkGroupConfiguration: {
        ManagedQueryResultsConfiguration: { Enabled: true },
        ResultConfiguration: Match.absent(), // Athena takes only one of the two
      },
    });
    template.resourceCountIs("AWS::S3::Bucket", 0);
  });

  it("writes answers into a bucket, encrypted and to this account alone", () => {
    workgroupOf(BUCKET).hasResourceProperties("AWS::Athena::WorkGroup", {
      WorkGroupConfiguration: {
        ManagedQueryResultsConfiguration: { Enabled: false },
        ResultConfiguration: {
          OutputLocation: "s3://answers/",
          ExpectedBucketOwner: "123456789012",
          EncryptionConfiguration: { EncryptionOption: "SSE_S3" },
        },
      },
    });
  });

  it("clears answers, and uploads of stopped queries, away after some days", () => {
    const template = workgroupOf(BUCKET);
    template.hasResourceProperties("AWS::S3::Bucket", {
      BucketName: "answers",
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            ExpirationInDays: 30,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          }),
        ],
      },
      PublicAccessBlockConfiguration: Match.objectLike({ BlockPublicAcls: true }),
    });
    template.hasResourceProperties("AWS::S3::BucketPolicy", {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: "Deny",
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          }),
        ],
      },
    });
  });
});

describe("named queries", () => {
  const queriesOf = (text: string, description = "Who was refused.") =>
    templateOf((stack) => {
      new NamedQueries(stack, "NamedQueries", {
        workgroup: "turnaway",
        database: "flow",
        queries: [{ name: "ssh-rejects", description, text }],
      });
    });

  it("stand in the workgroup, for the database", () => {
    queriesOf("SELECT 1").hasResourceProperties("AWS::Athena::NamedQuery", {
      Name: "ssh-rejects",
      Description: "Who was refused.",
      Database: "flow",
      WorkGroup: "turnaway",
      QueryString: "SELECT 1",
    });
  });

  it("cut a description that is longer than Athena takes", () => {
    queriesOf("SELECT 1", "x".repeat(2000)).hasResourceProperties("AWS::Athena::NamedQuery", {
      Description: `${"x".repeat(1023)}…`,
    });
  });

  it("refuse a text that is longer than Athena takes, in bytes", () => {
    queriesOf("é".repeat(131_072));
    expect(() => queriesOf("é".repeat(131_073))).toThrow(
      /the query ssh-rejects would be too long \(report\): .* 262146 bytes/,
    );
  });
});
