import { ExpandStackSelection, StackSelectionStrategy, type Toolkit } from "@aws-cdk/toolkit-lib";
import { interruptionOf, orInterrupted, TurnawayError } from "@turnaway/core";
import type { Environment } from "@turnaway/core/aws-clients";

import type { Deployment } from "../deployment.ts";
import type { AssembledStack, Assembly } from "./assemble.ts";
import { connectAws, type Aws } from "./aws/connect-aws.ts";
import { failedResources } from "./aws/failed-resources.ts";
import type { Say } from "./connect-toolkit.ts";
import { type DeployPlan, hasChanges } from "./deploy-plan.ts";
import { explainFailedResource } from "./explain-failed-resource.ts";
import { explainToolkitError } from "./explain-toolkit-error.ts";
import { takesBack } from "./preflight.ts";
import { checkCaller } from "./preflight/check-caller.ts";
import { type Allowed, refuseDestruction, refuseErrors } from "./refuse-plan.ts";

export interface ApplyOptions {
  readonly deployment: Deployment;
  readonly toolkit: Toolkit;
  readonly allow: Allowed;
  readonly env: Environment;
  /** Told of each stack before it is deployed. */
  readonly say: Say;
  readonly signal: AbortSignal;
  /** A connection that is there already. Default: one of its own */
  readonly aws?: Aws;
}

/** A stack after it was deployed. */
export interface AppliedStack {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Deploys the stacks of a plan, one after the other.
 *
 * There is no journal: CloudFormation keeps what each stack is. A run that was interrupted or broke
 * is repeated as it is, finds the stacks that are done unchanged, and goes on with the others;
 * CloudFormation itself takes a stack that failed back to what it was before.
 *
 * @throws TurnawayError USAGE where it would destroy what no flag allows, CONFIG where the
 * preflight found an error or the account is another, AWS with the resource that failed.
 */
export async function applyPlan(
  plan: DeployPlan,
  assembly: Assembly,
  options: ApplyOptions,
): Promise<readonly AppliedStack[]> {
  const { deployment, allow, env, say, signal } = options;
  refuseErrors(plan.preflight);
  refuseDestruction(plan, allow);
  const aws = options.aws ?? (await connectAws(deployment.home, { env, signal }));
  refuseErrors([checkCaller(deployment, aws.caller)]);
  if (!hasChanges(plan)) say("nothing to deploy in AWS: every stack is as turnaway.yml says");
  const applied: AppliedStack[] = [];
  for (const [i, stack] of assembly.stacks.entries()) {
    throwIfInterrupted(signal);
    say(`${i + 1}/${assembly.stacks.length} ${stack.name} in ${stack.account}, ${stack.region}`);
    applied.push(await deployStack(stack, { ...options, aws, plan, assembly }));
  }
  return applied;
}

interface StackOptions extends ApplyOptions {
  readonly aws: Aws;
  readonly plan: DeployPlan;
  readonly assembly: Assembly;
}

async function deployStack(stack: AssembledStack, options: StackOptions): Promise<AppliedStack> {
  const { toolkit, plan, assembly, say, signal } = options;
  const { id, name, account, region } = stack;
  try {
    const source = await toolkit.fromAssemblyDirectory(assembly.folder);
    const deployed = toolkit.deploy(source, {
      stacks: {
        strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE,
        patterns: [id],
        expand: ExpandStackSelection.NONE,
      },
      deploymentMethod: {
        method: "change-set",
        importExistingResources: takesBack(plan.preflight),
      },
    });
    const { stacks } = await orInterrupted(deployed, signal, (aborted) => {
      say(`CloudFormation goes on with ${name} by itself; run again when it is done`);
      return interruptedAt(aborted, name);
    });
    return { name, account, region, outputs: stacks[0]?.outputs ?? {} };
  } catch (error) {
    if (error instanceof TurnawayError) throw error;
    throw await explainFailedStack(error, stack, options);
  }
}

/** By the resources that failed; the toolkit only has a sentence for all of them. */
async function explainFailedStack(
  error: unknown,
  stack: AssembledStack,
  { aws, signal }: StackOptions,
): Promise<TurnawayError> {
  const { name, account, region } = stack;
  const asked = { name, place: { account, region }, aws, signal };
  const otherwise = explainToolkitError(error, {
    what: `${name} could not be deployed`,
    place: stack,
  });
  try {
    const failed = await failedResources(asked);
    if (failed.length === 0) return otherwise;
    const details = failed.map((one) => explainFailedResource(one, stack));
    return new TurnawayError("AWS", details, { cause: error });
  } catch {
    return otherwise; // whoever is not let to see the events has the toolkit's sentence
  }
}

function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw interruptedAt(signal, "the next stack");
}

function interruptedAt(signal: AbortSignal, at: string): TurnawayError {
  return interruptionOf(signal, {
    what: "the deployment was stopped",
    why: `it had come to ${at}; what is done stays, and a repeated run goes on from there`,
  });
}
