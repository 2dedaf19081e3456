import { Stack } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

import { acknowledgeWildcards, policyOf, type RoleStatement } from "../access/role-statement.ts";

export interface QuickSightRoleProps {
  /** Name that the data source of the dashboards finds it by. */
  readonly roleName: string;
  readonly statements: readonly RoleStatement[];
}

/**
 * The role that the data source of the dashboards reads with, instead of the one role that
 * QuickSight shares between all data sources of an account.
 */
export class QuickSightRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { roleName, statements }: QuickSightRoleProps) {
    super(scope, id);
    this.role = new Role(this, "Role", {
      roleName,
      description: "Reads flow logs and their rollup through Athena, for QuickSight",
      assumedBy: new ServicePrincipal("quicksight.amazonaws.com", {
        conditions: { StringEquals: { "aws:SourceAccount": Stack.of(this).account } },
      }),
      inlinePolicies: { permissions: policyOf(statements) },
    });
    acknowledgeWildcards(this.role, statements);
  }
}
