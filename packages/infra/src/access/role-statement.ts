import { Validations } from "aws-cdk-lib";
import { Effect, PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

/** One thing that a role may do, or, with `deny`, may not whatever else is said. */
export interface RoleStatement {
  readonly sid: string;
  readonly deny?: true;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** Operator, then key to values: `{ StringEquals: { "kms:ViaService": "…" } }`. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | string[]>>>>;
  /** Why a resource or an action with a `*` is not narrower; every such statement has to say it. */
  readonly wildcard?: string;
}

/** The statements as the one inline policy of a role. */
export function policyOf(statements: readonly RoleStatement[]): PolicyDocument {
  return new PolicyDocument({
    statements: statements.map(
      ({ sid, deny, actions, resources, conditions }) =>
        new PolicyStatement({
          sid,
          effect: deny === true ? Effect.DENY : Effect.ALLOW,
          actions: [...actions],
          resources: [...resources],
          ...(conditions === undefined ? {} : { conditions }),
        }),
    ),
  });
}

/** Acknowledges each wildcard of the statements by itself, with the reason that stands beside it. */
export function acknowledgeWildcards(scope: Construct, statements: readonly RoleStatement[]): void {
  for (const [wildcard, reasons] of wildcardsOf(statements)) {
    Validations.of(scope).acknowledge({
      id: `AwsSolutions-IAM5[${wildcard}]`,
      reason: [...reasons].join("; "),
    });
  }
}

// The same wildcard may stand in several statements, each with a reason of its own.
function wildcardsOf(statements: readonly RoleStatement[]): ReadonlyMap<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { deny, actions, resources, wildcard } of statements) {
    if (deny === true || wildcard === undefined) continue;
    const named = [
      ...resources.map((resource) => `Resource::${resource}`),
      ...actions.map((action) => `Action::${action}`),
    ];
    for (const one of named.filter((name) => name.includes("*"))) {
      found.set(one, (found.get(one) ?? new Set()).add(wildcard));
    }
  }
  return found;
}
