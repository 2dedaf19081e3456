import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { HOME, templateOf } from "../../test/template-of.ts";
import { PartitionCrawler, type PartitionCrawlerProps } from "./partition-crawler.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd";

const crawlerOf = (props: Partial<PartitionCrawlerProps> = {}) =>
  templateOf((stack) => {
    new PartitionCrawler(stack, "Crawler", {
      place: HOME,
      database: "flow",
      table: "flow_logs_by_folder",
      bucketArn: "arn:aws:s3:::flow",
      folder: "net/AWSLogs/",
      keyArn: null,
      lakeFormation: false,
      ...props,
    });
  });

describe("the crawler", () => {
  it("adds partitions to one table daily, and changes and deletes nothing", () => {
    crawlerOf().hasResourceProperties("AWS::Glue::Crawler", {
      Targets: { CatalogTargets: [{ DatabaseName: "flow", Tables: ["flow_logs_by_folder"] }] },
      Schedule: { ScheduleExpression: "cron(30 0 * * ? *)" },
      SchemaChangePolicy: { UpdateBehavior: "LOG", DeleteBehavior: "LOG" },
      Configuration: Match.serializedJson(
        Match.objectLike({
          CrawlerOutput: { Partitions: { AddOrUpdateBehavior: "InheritFromTable" } },
        }),
      ),
      LakeFormationConfiguration: Match.absent(),
    });
  });

  it("reads its folder and no other", () => {
    const text = JSON.stringify(crawlerOf().toJSON());
    expect(text.match(/arn:aws:s3:::flow[^"]*/g)).toEqual([
      "arn:aws:s3:::flow",
      "arn:aws:s3:::flow",
      "arn:aws:s3:::flow/net/AWSLogs/*",
    ]);
    expect(text).not.toMatch(/glue:(Create|Delete)Table|s3:Put|s3:Delete/);
  });

  it.each<[string, Partial<PartitionCrawlerProps>, object]>([
    [
      "decrypts with the key of the bucket",
      { keyArn: KEY },
      { Action: "kms:Decrypt", Resource: KEY },
    ],
    [
      "asks Lake Formation",
      { lakeFormation: true },
      { Action: "lakeformation:GetDataAccess", Resource: "*" },
    ],
  ])("%s where it has to", (_what, props, statement) => {
    crawlerOf(props).hasResourceProperties("AWS::IAM::Role", {
      Policies: [{ PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(statement)]) } }],
    });
    const action = (statement as { Action: string }).Action;
    expect(JSON.stringify(crawlerOf().toJSON())).not.toContain(action);
  });
});
