import { fullDiff, type TemplateDiff } from "@aws-cdk/cloudformation-diff";
import { DiffMethod, type Toolkit } from "@aws-cdk/toolkit-lib";

import type { AssembledStack, Assembly } from "./assemble.ts";
import type { StackPlan } from "./deploy-plan.ts";
import { resourceChanges } from "./resource-change.ts";

/** Every stack against nothing: the plan of somebody who has no credentials. */
export function asNew({ stacks }: Assembly): readonly StackPlan[] {
  return stacks.map((stack) => planOf(stack, fullDiff({}, stack.template), "new"));
}

/**
 * Every stack against what is live. Reads the live templates with the lookup roles that the CDK
 * bootstrap made, account by account.
 *
 * @throws what the toolkit throws: see {@link explainToolkitError}
 */
export async function compareWithLive(
  { folder, stacks }: Assembly,
  toolkit: Toolkit,
): Promise<readonly StackPlan[]> {
  const source = await toolkit.fromAssemblyDirectory(folder);
  const diffs = await toolkit.diff(source, { method: DiffMethod.TemplateOnly() });
  return stacks.map((stack) => {
    // By what the toolkit shows people: the id, and the name where that is another.
    const diff = diffs[stack.id] ?? diffs[`${stack.id} (${stack.name})`];
    if (diff === undefined) throw new Error(`the toolkit compared no stack ${stack.id}`);
    return planOf(stack, diff, isNew(diff) ? "new" : "changed");
  });
}

function planOf(
  { name, account, region, template }: AssembledStack,
  diff: TemplateDiff,
  state: "new" | "changed",
): StackPlan {
  const changes = resourceChanges(diff);
  // Of a stack without resources CloudFormation makes nothing, so there is nothing to deploy.
  const isNothing = diff.isEmpty || (changes.length === 0 && isBare(template));
  return { name, account, region, state: isNothing ? "unchanged" : state, changes };
}

function isBare({ Resources = {} }: AssembledStack["template"]): boolean {
  return Object.keys(Resources).length === 0;
}

// A stack that is not there yet compares as one without anything, and all of ours say what they are.
function isNew({ description }: TemplateDiff): boolean {
  return description?.isAddition === true;
}
