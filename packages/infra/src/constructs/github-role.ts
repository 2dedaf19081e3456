import { Duration } from "aws-cdk-lib";
import { FederatedPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

import { acknowledgeWildcards, policyOf, type RoleStatement } from "../access/role-statement.ts";
import { AUDIENCE, GITHUB_ISSUER } from "./github-provider.ts";

export interface GithubRoleProps {
  /** Name that workflows find it by. */
  readonly roleName: string;
  readonly description: string;
  /** Provider of GitHub's tokens in this account. */
  readonly providerArn: string;
  /** Subject of the one kind of job that may take the role; see `githubSubject`. */
  readonly subject: string;
  /** Longest session, in minutes: 60 to 720. */
  readonly sessionMinutes: number;
  readonly statements: readonly RoleStatement[];
}

/**
 * A role that one kind of job of one repository may take, without a stored key.
 *
 * The subject is compared as a whole. A `*` in it, or a comparison that knows wildcards,
 * is how roles of others were taken over.
 */
export class GithubRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, props: GithubRoleProps) {
    super(scope, id);
    const { roleName, description, providerArn, subject, sessionMinutes, statements } = props;
    this.role = new Role(this, "Role", {
      roleName,
      description,
      assumedBy: new FederatedPrincipal(
        providerArn,
        {
          StringEquals: { [`${GITHUB_ISSUER}:aud`]: AUDIENCE, [`${GITHUB_ISSUER}:sub`]: subject },
        },
        "sts:AssumeRoleWithWebIdentity",
      ),
      maxSessionDuration: Duration.minutes(sessionMinutes),
      inlinePolicies: { permissions: policyOf(statements) },
    });
    acknowledgeWildcards(this.role, statements);
  }
}
