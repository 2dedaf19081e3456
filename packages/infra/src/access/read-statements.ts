import type { AccessScope } from "./access-scope.ts";
import type { RoleStatement } from "./role-statement.ts";

/** What everybody needs who asks the catalogue: queries, tables, logs, and the way to answers. */
export function readStatements(scope: AccessScope): readonly RoleStatement[] {
  if (scope.bucketArn === null) return [];
  return [
    ...askAthena(scope),
    ...readCatalogue(scope),
    ...readBuckets(scope),
    ...useKey(scope, ["kms:Decrypt"]),
  ];
}

/** An ARN in the place of the catalogue. */
export function homeArn({ partition, home }: AccessScope, service: string, rest: string): string {
  return `arn:${partition}:${service}:${home.region}:${home.account}:${rest}`;
}

/** ARNs of tables, with what Glue asks to be named beside them. */
export function tableArns(scope: AccessScope, tables: readonly string[]): readonly string[] {
  return [
    homeArn(scope, "glue", "catalog"),
    homeArn(scope, "glue", `database/${scope.database}`),
    ...tables.map((table) => homeArn(scope, "glue", `table/${scope.database}/${table}`)),
  ];
}

/** The key of the bucket, for requests of S3 alone. */
export function useKey(
  { keyArn, home }: AccessScope,
  actions: readonly string[],
): readonly RoleStatement[] {
  if (keyArn === null) return [];
  const viaS3 = { "kms:ViaService": `s3.${home.region}.amazonaws.com` };
  const sid = `UseKey${actions.length}`;
  return [{ sid, actions, resources: [keyArn], conditions: { StringEquals: viaS3 } }];
}

function askAthena(scope: AccessScope): readonly RoleStatement[] {
  return [
    {
      sid: "AskAthena",
      actions: [
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
        "athena:GetQueryResultsStream",
        "athena:GetWorkGroup",
      ],
      resources: [homeArn(scope, "athena", `workgroup/${scope.workgroup}`)],
    },
    {
      sid: "DescribeTables",
      actions: ["athena:GetDatabase", "athena:GetTableMetadata", "athena:ListTableMetadata"],
      resources: [homeArn(scope, "athena", "datacatalog/AwsDataCatalog")],
    },
    ...useResults(scope),
  ];
}

// Athena writes answers with the rights of who asks.
function useResults({ resultsArn }: AccessScope): readonly RoleStatement[] {
  if (resultsArn === null) return [];
  return [
    {
      sid: "FindAnswers",
      actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
      resources: [resultsArn],
    },
    {
      sid: "WriteAnswers",
      actions: [
        "s3:GetObject",
        "s3:PutObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
      ],
      resources: [`${resultsArn}/*`],
      wildcard: "Athena names the objects of answers by the id of the query",
    },
  ];
}

function readCatalogue(scope: AccessScope): readonly RoleStatement[] {
  return [
    {
      sid: "ReadCatalogue",
      actions: [
        "glue:GetDatabase",
        "glue:GetDatabases",
        "glue:GetTable",
        "glue:GetTables",
        "glue:GetPartition",
        "glue:GetPartitions",
        "glue:BatchGetPartition",
      ],
      resources: tableArns(scope, ["*"]),
      wildcard: "tables and views of the one database: builds of the rollup add and drop some",
    },
    {
      // Athena looks whether it is there before it runs anything. Source: ATH, "Access to
      // databases and tables in the Glue Data Catalog".
      sid: "SeeDefaultDatabase",
      actions: ["glue:GetDatabase"],
      resources: [homeArn(scope, "glue", "database/default")],
    },
    ...(scope.lakeFormation
      ? [
          {
            sid: "AskLakeFormation",
            actions: ["lakeformation:GetDataAccess"],
            resources: ["*"],
            wildcard: "the action knows no resources; what is given is what Lake Formation grants",
          },
        ]
      : []),
  ];
}

function readBuckets({ bucketArn, logPrefixes, warehouse }: AccessScope): readonly RoleStatement[] {
  const logs = logPrefixes.map((prefix) => `${bucketArn}/${prefix}*`);
  const tables = warehouse === null ? [] : [`${warehouse.bucketArn}/${warehouse.prefix}*`];
  const elsewhere = warehouse !== null && warehouse.bucketArn !== bucketArn;
  return [
    {
      sid: "ListLogs",
      actions: ["s3:GetBucketLocation", "s3:ListBucket"],
      resources: [bucketArn!],
    },
    ...(elsewhere
      ? [
          {
            sid: "FindWarehouse",
            actions: ["s3:GetBucketLocation"],
            resources: [warehouse.bucketArn],
          },
          {
            sid: "ListWarehouse",
            actions: ["s3:ListBucket"],
            resources: [warehouse.bucketArn],
            conditions: { StringLike: { "s3:prefix": [`${warehouse.prefix}*`] } },
          },
        ]
      : []),
    {
      sid: "ReadLogsAndRollup",
      actions: ["s3:GetObject"],
      resources: [...logs, ...tables],
      wildcard:
        "AWS names the files of logs, the engine those of the rollup; both below one folder",
    },
  ];
}
