import { hasDashboards } from "@turnaway/core";
import { glueTableInput, rawTable } from "@turnaway/sql";
import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnDatabase, type CfnTable } from "aws-cdk-lib/aws-glue";
import type { Construct } from "constructs";

import { type AccessScope, accessScope } from "../access/access-scope.ts";
import { GuardedLake, type LakeFolder, type LakeGrant } from "../constructs/guarded-lake.ts";
import { NamedQueries } from "../constructs/named-queries.ts";
import { PartitionCrawler } from "../constructs/partition-crawler.ts";
import { QueryWorkgroup } from "../constructs/query-workgroup.ts";
import { RawLogTable } from "../constructs/raw-log-table.ts";
import { logPlace, type LogPlace } from "../delivery/log-place.ts";
import { type Deployment, nameOf } from "../deployment.ts";
import { FOLDER_TABLE, folderTable } from "../folder-table.ts";
import { repositoryOf, roleName } from "../github-subject.ts";
import { namedQueries } from "../named-queries.ts";
import { resultsBucketName } from "../results-bucket.ts";
import { type LogStore, type StackInput, stackProps } from "./stack-input.ts";

export interface CatalogueInput extends StackInput {
  readonly store: Pick<LogStore, "keyArn">;
}

/**
 * What makes files a table, and questions answerable: empty where logs go to CloudWatch alone.
 * The views and the tables of the rollup are not here: `views deploy` and `rollup build` make them.
 */
export class CatalogueStack extends Stack {
  constructor(scope: Construct, id: string, input: CatalogueInput) {
    const { deployment } = input;
    const what = "the tables and queries of the flow logs";
    super(scope, id, stackProps(input, nameOf(deployment, "catalogue"), { what }));
    const place = logPlace(deployment);
    if (place === null) return;
    this.#catalogue(deployment, place, accessScope(deployment, input.store.keyArn));
    this.#workgroup(deployment);
  }

  #catalogue(deployment: Deployment, place: LogPlace, access: AccessScope): void {
    const { athena } = deployment.config;
    const database = this.#database(deployment);
    this.#table("RawTable", deployment, glueTableInput(rawTable(deployment.config)), database);
    const crawlers = athena.crawler ? [this.#crawler(deployment, { place, access, database })] : [];
    if (!athena.lakeFormation) return;
    const lake = new GuardedLake(this, "GuardedLake", {
      place: deployment.home,
      database: athena.database,
      folders: lakeFolders(place, access),
      keyArn: access.keyArn,
      grants: [
        ...roleGrants(deployment, access),
        ...crawlers.map(({ role }) => crawlerGrant(role.roleArn)),
      ],
    });
    lake.node.addDependency(database);
  }

  #database({ home, name, config }: Deployment): CfnDatabase {
    const database = new CfnDatabase(this, "Database", {
      catalogId: home.account,
      databaseName: config.athena.database, // by which a stack takes it back
      databaseInput: {
        name: config.athena.database,
        description: `VPC flow logs of ${name}, and what is made of them`,
        // A database has no tags that are read back; by this the next deployment knows its own.
        parameters: { turnaway: name },
        // With Lake Formation nobody is let in for having the rights of IAM alone.
        ...(config.athena.lakeFormation ? { createTableDefaultPermissions: [] } : {}),
      },
    });
    // The tables of the rollup stand in it, too: deleting it would take them along.
    database.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return database;
  }

  #table(
    id: string,
    { home, config }: Deployment,
    table: ReturnType<typeof glueTableInput>,
    database: CfnDatabase,
  ): CfnTable {
    const made = new RawLogTable(this, id, {
      account: home.account,
      database: config.athena.database,
      table,
    });
    made.addResourceDependency(database);
    return made;
  }

  #crawler(
    deployment: Deployment,
    { place, access, database }: { place: LogPlace; access: AccessScope; database: CfnDatabase },
  ): PartitionCrawler {
    const { config, home } = deployment;
    const table = folderTable(glueTableInput(rawTable(config)), config.logs.layout);
    const made = this.#table("FolderTable", deployment, table, database);
    const crawler = new PartitionCrawler(this, "PartitionCrawler", {
      place: home,
      database: config.athena.database,
      table: FOLDER_TABLE,
      bucketArn: place.bucketArn,
      folder: `${place.prefix}AWSLogs/`,
      keyArn: access.keyArn,
      lakeFormation: config.athena.lakeFormation,
    });
    crawler.node.addDependency(made);
    return crawler;
  }

  #workgroup(deployment: Deployment): void {
    const { home, config } = deployment;
    const { database, workgroup, results, resultDays, scanLimitBytes } = config.athena;
    const group = new QueryWorkgroup(this, "Workgroup", {
      name: workgroup,
      account: home.account,
      scanLimitBytes,
      results:
        results === "managed"
          ? "managed"
          : { bucketName: resultsBucketName(deployment), days: resultDays },
    });
    const queries = new NamedQueries(this, "NamedQueries", {
      workgroup,
      database,
      queries: namedQueries(config),
    });
    queries.node.addDependency(group);
  }
}

function lakeFolders(
  { bucketArn, prefix }: LogPlace,
  { warehouse }: AccessScope,
): readonly LakeFolder[] {
  return [
    { name: "Logs", bucketArn, folder: `${prefix}AWSLogs/` },
    ...(warehouse === null
      ? []
      : [{ name: "Rollup", bucketArn: warehouse.bucketArn, folder: warehouse.prefix }]),
  ];
}

function crawlerGrant(roleArn: string): LakeGrant {
  return { name: "Crawler", roleArn, may: "crawl", table: FOLDER_TABLE, folder: "Logs" };
}

// By name: these roles are made by the stack `access`, which stands before this one.
function roleGrants(
  deployment: Deployment,
  { partition, home }: AccessScope,
): readonly LakeGrant[] {
  const arn = (role: Parameters<typeof roleName>[1]): string =>
    `arn:${partition}:iam::${home.account}:role/${roleName(deployment, role)}`;
  return [
    ...(repositoryOf(deployment) === null
      ? []
      : ([
          { name: "Deploy", roleArn: arn("deploy"), may: "write", folder: "Rollup" },
          // It builds the rollup.
          { name: "Report", roleArn: arn("report"), may: "write", folder: "Rollup" },
        ] as const)),
    ...(!hasDashboards(deployment.config)
      ? []
      : ([{ name: "QuickSight", roleArn: arn("quicksight"), may: "read" }] as const)),
  ];
}
