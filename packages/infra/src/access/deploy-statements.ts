import { composeViews, DEFAULT_SETTINGS } from "@turnaway/sql";

import type { AccessScope } from "./access-scope.ts";
import { changeDashboards } from "./dashboard-statements.ts";
import { changeTables, reportStatements, stackArns } from "./report-statements.ts";
import type { RoleStatement } from "./role-statement.ts";

/**
 * What the role of a deployment may do: take the roles of CDK's bootstrap, which do the rest,
 * see what is live, make the views and the dashboards, and build the rollup as a report does.
 *
 * It creates no stack by itself, so what a deployment may reach is decided in one place, by
 * who bootstraps the account.
 */
export function deployStatements(scope: AccessScope): readonly RoleStatement[] {
  return [
    ...assumeBootstrap(scope),
    ...seeDrift(scope),
    ...(scope.bucketArn === null ? [] : [changeTables(scope, "DeployViews", viewNames())]),
    ...changeDashboards(scope),
    ...reportStatements(scope),
  ];
}

/** Qualifier of the roles that `cdk bootstrap` makes, unless told otherwise. */
const QUALIFIER = "hnb659fds";

function assumeBootstrap({ partition, places }: AccessScope): readonly RoleStatement[] {
  return [
    {
      sid: "AssumeBootstrap",
      actions: ["sts:AssumeRole"],
      resources: places.map(
        ({ account, region }) =>
          `arn:${partition}:iam::${account}:role/cdk-${QUALIFIER}-*-role-${account}-${region}`,
      ),
      wildcard: "the roles of one bootstrap: to deploy, to publish files and to look up",
    },
  ];
}

function seeDrift(scope: AccessScope): readonly RoleStatement[] {
  return [
    {
      sid: "SeeDrift",
      actions: [
        "cloudformation:DescribeStackEvents",
        "cloudformation:DescribeStackResourceDrifts",
        "cloudformation:DetectStackDrift",
        "cloudformation:DetectStackResourceDrift",
      ],
      resources: stackArns(scope),
      wildcard: "CloudFormation adds an id of its own to the name of a stack",
    },
    {
      sid: "FollowDrift",
      actions: ["cloudformation:DescribeStackDriftDetectionStatus"],
      resources: ["*"],
      wildcard: "the action names a detection, and knows no stack as its resource",
    },
  ];
}

// The names alone, which no layout and no setting has a part in.
function viewNames(): readonly string[] {
  const place = { dialect: "athena", schema: "", icebergCatalog: null, location: null } as const;
  return composeViews(place, { layout: "default", settings: DEFAULT_SETTINGS }).map(
    ({ name }) => name,
  );
}
