import { ROLLUP_TABLES, WORK_PREFIX } from "@turnaway/sql";

import type { AccessScope } from "./access-scope.ts";
import { seeDashboards } from "./dashboard-statements.ts";
import { readStatements, tableArns, useKey } from "./read-statements.ts";
import type { RoleStatement } from "./role-statement.ts";

/**
 * What the role of a report may do: read, build the rollup, ask Logs Insights, tell a topic, and
 * look at what is deployed.
 *
 * The one thing that it writes is the rollup, which can be built again from the logs
 * (ADR 0008). Of the logs themselves it is denied every change, whatever else is granted.
 */
export function reportStatements(scope: AccessScope): readonly RoleStatement[] {
  return [
    ...readStatements(scope),
    ...buildRollup(scope),
    ...askInsights(scope),
    ...describeStacks(scope),
    ...tellTopic(scope),
    ...seeDashboards(scope),
    ...leaveLogsAlone(scope),
  ];
}

/** What the tables of the given names may be: made, changed and dropped. */
export function changeTables(
  scope: AccessScope,
  sid: string,
  tables: readonly string[],
): RoleStatement {
  return {
    sid,
    actions: ["glue:CreateTable", "glue:UpdateTable", "glue:DeleteTable"],
    resources: tableArns(scope, tables),
  };
}

// A commit of Iceberg writes files and moves the pointer in Glue; cleaning deletes both.
function buildRollup(scope: AccessScope): readonly RoleStatement[] {
  const { warehouse } = scope;
  if (warehouse === null || scope.bucketArn === null) return [];
  const tables = [...ROLLUP_TABLES.map(({ name }) => name), `${WORK_PREFIX}*`];
  return [
    {
      ...changeTables(scope, "BuildRollup", tables),
      wildcard: "a build works with tables of its own, named by when it began",
    },
    {
      sid: "WriteRollup",
      actions: [
        "s3:PutObject",
        "s3:DeleteObject",
        "s3:AbortMultipartUpload",
        "s3:ListMultipartUploadParts",
      ],
      resources: [`${warehouse.bucketArn}/${warehouse.prefix}*`],
      wildcard: "the engine names the files of the rollup, all below its one folder",
    },
    {
      sid: "FindParts",
      actions: ["s3:ListBucketMultipartUploads"],
      resources: [warehouse.bucketArn],
    },
    ...useKey(scope, ["kms:Decrypt", "kms:GenerateDataKey"]),
  ];
}

function askInsights({ partition, home, places, logGroup }: AccessScope): readonly RoleStatement[] {
  if (logGroup === null) return [];
  const regions = places.filter(({ account }) => account === home.account);
  return [
    {
      sid: "AskInsights",
      actions: ["logs:StartQuery"],
      resources: regions.map(
        ({ region }) => `arn:${partition}:logs:${region}:${home.account}:log-group:${logGroup}:*`,
      ),
      wildcard: "the streams of the one log group, which AWS names by interface",
    },
    {
      sid: "ReadInsights",
      actions: [
        "logs:GetQueryResults",
        "logs:StopQuery",
        "logs:DescribeQueries",
        "logs:DescribeLogGroups",
      ],
      resources: ["*"],
      wildcard: "these name a query or nothing at all, and know no log group as their resource",
    },
  ];
}

function describeStacks(scope: AccessScope): readonly RoleStatement[] {
  return [
    {
      // The plan of a pull request compares templates, and changes nothing.
      sid: "DescribeStacks",
      actions: [
        "cloudformation:DescribeStacks",
        "cloudformation:DescribeStackResources",
        "cloudformation:GetTemplate",
        "cloudformation:ListStackResources",
      ],
      resources: stackArns(scope),
      wildcard: "CloudFormation adds an id of its own to the name of a stack",
    },
  ];
}

/** The stacks of the deployment in the account of the role, in every region. */
export function stackArns({ partition, home, places, stacks }: AccessScope): readonly string[] {
  return places
    .filter(({ account }) => account === home.account)
    .flatMap(({ region, account }) =>
      stacks.map((name) => `arn:${partition}:cloudformation:${region}:${account}:stack/${name}/*`),
    );
}

function tellTopic({ topicArn }: AccessScope): readonly RoleStatement[] {
  if (topicArn === null) return [];
  return [{ sid: "TellTopic", actions: ["sns:Publish"], resources: [topicArn] }];
}

function leaveLogsAlone({ bucketArn, logPrefixes }: AccessScope): readonly RoleStatement[] {
  if (bucketArn === null) return [];
  return [
    {
      sid: "LeaveLogsAlone",
      deny: true,
      actions: [
        "s3:PutObject",
        "s3:PutObjectAcl",
        "s3:PutObjectTagging",
        "s3:PutObjectRetention",
        "s3:PutObjectLegalHold",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:BypassGovernanceRetention",
      ],
      resources: logPrefixes.map((prefix) => `${bucketArn}/${prefix}*`),
    },
  ];
}
