import type { AccessScope, QuickSightScope } from "./access-scope.ts";
import { homeArn } from "./read-statements.ts";
import type { RoleStatement } from "./role-statement.ts";

/** What looks at the dashboards of a deployment and changes nothing: a plan, drift, a status. */
export function seeDashboards(scope: AccessScope): readonly RoleStatement[] {
  const { quickSight } = scope;
  if (quickSight === null) return [];
  return [
    {
      sid: "SeeDashboards",
      actions: SEEING,
      resources: assetArns(scope, quickSight),
      wildcard: OF_DEPLOYMENT,
    },
    {
      sid: "ListDashboards",
      actions: [
        "quicksight:DescribeAccountSubscription",
        "quicksight:DescribeNamespace",
        "quicksight:ListAnalyses",
        "quicksight:ListDashboards",
        "quicksight:ListDataSets",
      ],
      resources: ["*"],
      wildcard: "what an account has is listed as a whole: names and times, no content",
    },
    {
      sid: "SeePrincipals",
      actions: ["quicksight:DescribeGroup", "quicksight:DescribeUser"],
      resources: quickSight.principals,
    },
  ];
}

/** What deploys, publishes, refreshes and deletes the dashboards of a deployment, and no others. */
export function changeDashboards(scope: AccessScope): readonly RoleStatement[] {
  const { quickSight } = scope;
  if (quickSight === null) return [];
  return [
    {
      sid: "ChangeDashboards",
      actions: CHANGING,
      resources: assetArns(scope, quickSight),
      wildcard: OF_DEPLOYMENT,
    },
    {
      sid: "SeeQuickSightRole",
      actions: ["iam:GetRole"],
      resources: [quickSight.roleArn],
    },
    {
      sid: "LetQuickSightRead",
      actions: ["iam:PassRole"],
      resources: [quickSight.roleArn],
      conditions: { StringEquals: { "iam:PassedToService": "quicksight.amazonaws.com" } },
    },
  ];
}

const OF_DEPLOYMENT =
  "ids of assets begin with the name of the deployment; definitions name the rest";

function assetArns(scope: AccessScope, { sourceId }: QuickSightScope): readonly string[] {
  return [
    homeArn(scope, "quicksight", `datasource/${sourceId}`),
    ...["dataset", "analysis", "dashboard"].map((kind) =>
      homeArn(scope, "quicksight", `${kind}/${sourceId}-*`),
    ),
  ];
}

const KINDS = ["Analysis", "Dashboard", "DataSet", "DataSource"];

// The list of IAM's actions has none for definitions, and policies that people use name them: a
// pattern covers what the service asks for, whichever it is, and no more than describing.
const SEEING: readonly string[] = [
  ...["Analysis", "Dashboard"].map((kind) => `Describe${kind}*`),
  ...["DataSet", "DataSource"].flatMap((kind) => [`Describe${kind}`, `Describe${kind}Permissions`]),
  "DescribeDataSetRefreshProperties",
  "DescribeIngestion",
  "ListDashboardVersions",
  "ListIngestions",
  "ListRefreshSchedules",
  "ListTagsForResource",
]
  .map((action) => `quicksight:${action}`)
  .toSorted();

const CHANGING: readonly string[] = [
  ...["Create", "Update", "Delete"].flatMap((verb) => KINDS.map((kind) => `${verb}${kind}`)),
  ...KINDS.map((kind) => `Update${kind}Permissions`),
  "CreateIngestion",
  "CreateRefreshSchedule",
  "DeleteDataSetRefreshProperties",
  "DeleteRefreshSchedule",
  "PassDataSet",
  "PassDataSource",
  "PutDataSetRefreshProperties",
  "RestoreAnalysis",
  "TagResource",
  "UntagResource",
  "UpdateDashboardPublishedVersion",
  "UpdateRefreshSchedule",
]
  .map((action) => `quicksight:${action}`)
  .toSorted();
