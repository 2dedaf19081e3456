import { hasDashboards } from "@turnaway/core";
import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Role } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

import { type AccessScope, accessScope } from "../access/access-scope.ts";
import { deployStatements } from "../access/deploy-statements.ts";
import { readStatements } from "../access/read-statements.ts";
import { reportStatements } from "../access/report-statements.ts";
import { GithubProvider } from "../constructs/github-provider.ts";
import { GithubRole } from "../constructs/github-role.ts";
import { QuickSightRole } from "../constructs/quicksight-role.ts";
import { type Deployment, nameOf } from "../deployment.ts";
import { type GithubRepository, githubSubject, repositoryOf, roleName } from "../github-subject.ts";
import { type LogStore, type StackInput, stackProps } from "./stack-input.ts";

export interface AccessStackProps extends StackInput {
  readonly store: Pick<LogStore, "keyArn">;
}

/** The roles: of the workflows that deploy and report, and of QuickSight. */
export class AccessStack extends Stack {
  constructor(scope: Construct, id: string, props: AccessStackProps) {
    const { deployment, store } = props;
    const what = "the roles of workflows and of QuickSight";
    super(scope, id, stackProps(props, nameOf(deployment, "access"), { what }));
    const access = accessScope(deployment, store.keyArn);
    const repository = repositoryOf(deployment);
    if (repository !== null) this.#letWorkflowsIn(deployment, repository, access);
    if (hasDashboards(deployment.config) && access.bucketArn !== null) {
      const { role } = new QuickSightRole(this, "QuickSightRole", {
        roleName: roleName(deployment, "quicksight"),
        statements: readStatements(access),
      });
      this.#printArn("QuickSightRoleArn", role);
    }
  }

  #letWorkflowsIn(deployment: Deployment, repository: GithubRepository, access: AccessScope): void {
    const { provider, sessionMinutes, deployEnvironment, reportEnvironment } =
      deployment.config.infrastructure.github;
    const { providerArn } = new GithubProvider(this, "GithubProvider", { existingArn: provider });
    const common = { providerArn, sessionMinutes };
    const deploy = new GithubRole(this, "DeployRole", {
      ...common,
      roleName: roleName(deployment, "deploy"),
      description: `Deploys Turnaway (${deployment.name}) from ${repository.repository}`,
      subject: githubSubject(repository, deployEnvironment),
      statements: deployStatements(access),
    });
    const report = new GithubRole(this, "ReportRole", {
      ...common,
      roleName: roleName(deployment, "report"),
      description: `Reports on flow logs (${deployment.name}) from ${repository.repository}`,
      subject: githubSubject(repository, reportEnvironment),
      statements: reportStatements(access),
    });
    this.#printArn("DeployRoleArn", deploy.role);
    this.#printArn("ReportRoleArn", report.role);
  }

  #printArn(id: string, role: Role): void {
    new CfnOutput(this, id, { value: role.roleArn });
  }
}
