import { ExpandStackSelection, StackSelectionStrategy, type Toolkit } from "@aws-cdk/toolkit-lib";
import { interruptionOf, orInterrupted, TurnawayError } from "@turnaway/core";

import type { AssembledStack, Assembly } from "./assemble.ts";
import type { Say } from "./connect-toolkit.ts";
import { explainToolkitError } from "./explain-toolkit-error.ts";
import type { Destruction } from "./plan-destruction.ts";

export interface DestroyOptions {
  readonly toolkit: Toolkit;
  /** The value of `--confirm`; null where it was not given. */
  readonly confirm: string | null;
  /** Told of each stack before it is deleted. */
  readonly say: Say;
  readonly signal: AbortSignal;
}

/**
 * Deletes the stacks that {@link planDestruction} listed, the last one made first. What holds data
 * stays. It can be repeated: a stack that is gone is no longer listed.
 *
 * @throws TurnawayError USAGE unless the name of the deployment was given, AWS with the stack that
 * could not be deleted.
 */
export async function destroyDeployment(
  { name, stacks }: Destruction,
  assembly: Assembly,
  options: DestroyOptions,
): Promise<void> {
  const { confirm, say, signal } = options;
  if (stacks.length === 0) return;
  if (confirm !== name) {
    throw new TurnawayError("USAGE", {
      what: "nothing is destroyed",
      why: confirm === null ? "it was not confirmed" : `the deployment is ${name}, not ${confirm}`,
      fix: `read what goes and what stays, and run again with --confirm ${name}`,
    });
  }
  for (const [i, listed] of stacks.entries()) {
    const stack = assembly.stacks.find(
      ({ name: called, account, region }) =>
        called === listed.name && account === listed.account && region === listed.region,
    );
    if (stack === undefined) throw new Error(`${listed.name} is not in the assembly`);
    say(`${i + 1}/${stacks.length} ${stack.name} in ${stack.account}, ${stack.region}`);
    await destroyStack(stack, assembly.folder, options);
    signal.throwIfAborted();
  }
}

async function destroyStack(
  stack: AssembledStack,
  folder: string,
  { toolkit, say, signal }: DestroyOptions,
): Promise<void> {
  try {
    const source = await toolkit.fromAssemblyDirectory(folder);
    const destroyed = toolkit.destroy(source, {
      stacks: {
        strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE,
        patterns: [stack.id],
        expand: ExpandStackSelection.NONE,
      },
    });
    await orInterrupted(destroyed, signal, (aborted) => {
      say(`CloudFormation goes on deleting ${stack.name} by itself`);
      const why = `it had come to ${stack.name}; a repeated run goes on from there`;
      return interruptionOf(aborted, { what: "the deletion was stopped", why });
    });
  } catch (error) {
    throw explainToolkitError(error, { what: `${stack.name} could not be deleted`, place: stack });
  }
}
