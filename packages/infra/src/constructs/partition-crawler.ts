import { Validations } from "aws-cdk-lib";
import { CfnCrawler } from "aws-cdk-lib/aws-glue";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

import type { Place } from "../deployment.ts";
import { partitionOf } from "../partition.ts";

export interface PartitionCrawlerProps {
  /** Where the catalogue is. */
  readonly place: Place;
  readonly database: string;
  /** Table that partitions are added to: one key for each level of folders. */
  readonly table: string;
  readonly bucketArn: string;
  /** Folder of the table in the bucket, ending in `/`. */
  readonly folder: string;
  /** Key of the bucket. @default S3 keeps it */
  readonly keyArn: string | null;
  /** Whether Lake Formation guards the bucket. */
  readonly lakeFormation: boolean;
}

/**
 * Adds the partitions of new days, once a day, for readers that ignore partition projection. It
 * only ever adds: what it finds changed or gone it writes to its log.
 */
export class PartitionCrawler extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: PartitionCrawlerProps) {
    super(scope, id);
    const { database, table } = props;
    this.role = new CrawlerRole(this, "Role", props);
    const crawler = new CfnCrawler(this, "Crawler", {
      description: `Partitions of ${database}.${table}, daily`,
      role: this.role.roleArn,
      targets: { catalogTargets: [{ databaseName: database, tables: [table] }] },
      // After the last hour of the day before has been delivered, everywhere.
      schedule: { scheduleExpression: "cron(30 0 * * ? *)" },
      schemaChangePolicy: { updateBehavior: "LOG", deleteBehavior: "LOG" },
      configuration: JSON.stringify({
        Version: 1,
        CrawlerOutput: { Partitions: { AddOrUpdateBehavior: "InheritFromTable" } },
        Grouping: { TableGroupingPolicy: "CombineCompatibleSchemas" },
      }),
      ...(props.lakeFormation
        ? { lakeFormationConfiguration: { useLakeFormationCredentials: true } }
        : {}),
    });
    Validations.of(crawler).acknowledge({
      id: "AwsSolutions-GL1",
      reason:
        "Its log names folders and counts partitions, no record. CloudWatch Logs encrypts it with a key of its own.",
    });
  }
}

/** Reads the folders, writes partitions of one table, and its own log. */
class CrawlerRole extends Role {
  constructor(scope: Construct, id: string, props: PartitionCrawlerProps) {
    const { place } = props;
    const { account, region } = place;
    const partition = partitionOf(region);
    super(scope, id, {
      description: "Crawler of the flow logs' partitions",
      assumedBy: new ServicePrincipal("glue.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": account } },
      }),
      inlinePolicies: { Crawl: new PolicyDocument({ statements: statements(props, partition) }) },
    });
    const files = `${props.bucketArn}/${props.folder}*`;
    const logs = logGroupArn(partition, place);
    Validations.of(this).acknowledge(
      {
        id: `AwsSolutions-IAM5[Resource::${files}]`,
        reason: "Every file of the folder that the table is over.",
      },
      {
        id: `AwsSolutions-IAM5[Resource::${logs}:*]`,
        reason: "The streams of the one log group that Glue writes what crawlers say to.",
      },
      ...(props.lakeFormation ? [DATA_ACCESS_HAS_NO_RESOURCE] : []),
    );
  }
}

const DATA_ACCESS_HAS_NO_RESOURCE = {
  id: "AwsSolutions-IAM5[Resource::*]",
  reason: "lakeformation:GetDataAccess has no resource: what it gives are Lake Formation's grants.",
};

function statements(
  { place, database, table, bucketArn, folder, keyArn, lakeFormation }: PartitionCrawlerProps,
  partition: string,
): PolicyStatement[] {
  const glue = `arn:${partition}:glue:${place.region}:${place.account}`;
  const logs = logGroupArn(partition, place);
  return [
    new PolicyStatement({
      actions: ["s3:ListBucket"],
      resources: [bucketArn],
      conditions: { StringLike: { "s3:prefix": [`${folder}*`] } },
    }),
    new PolicyStatement({ actions: ["s3:GetBucketLocation"], resources: [bucketArn] }),
    new PolicyStatement({ actions: ["s3:GetObject"], resources: [`${bucketArn}/${folder}*`] }),
    ...(keyArn === null
      ? []
      : [new PolicyStatement({ actions: ["kms:Decrypt"], resources: [keyArn] })]),
    new PolicyStatement({
      actions: [
        "glue:GetDatabase",
        "glue:GetTable",
        "glue:GetPartition",
        "glue:GetPartitions",
        "glue:BatchGetPartition",
        "glue:BatchCreatePartition",
        "glue:UpdateTable", // when it was crawled stands in the table
      ],
      resources: [
        `${glue}:catalog`,
        `${glue}:database/${database}`,
        `${glue}:table/${database}/${table}`,
      ],
    }),
    new PolicyStatement({
      actions: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [logs, `${logs}:*`],
    }),
    ...(lakeFormation
      ? [new PolicyStatement({ actions: ["lakeformation:GetDataAccess"], resources: ["*"] })]
      : []),
  ];
}

function logGroupArn(partition: string, { account, region }: Place): string {
  return `arn:${partition}:logs:${region}:${account}:log-group:/aws-glue/crawlers`;
}
