import type { Stack } from "@aws-sdk/client-cloudformation";

import type { ExpectedStack } from "../aws/expected-stacks.ts";
import { findStack } from "../aws/live-stack.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok, warning } from "./note.ts";

/** Whether CloudFormation would take a change of the stack, and whether it still belongs. */
export function checkStack(expected: ExpectedStack, { aws, signal }: Examined): Check {
  const { name, place } = expected;
  return {
    about: `the stack ${name}`,
    place,
    service: "CloudFormation",
    permission: "cloudformation:DescribeStacks",
    async look(): Promise<PreflightNote[]> {
      const stack = await findStack({ name, place, aws, signal });
      if (stack === null) return [];
      const what = `the stack ${name} in ${place.account}, ${place.region}`;
      const at = `--stack-name ${name} --region ${place.region}`;
      // That of the logs keeps a bucket which turnaway.yml may call an existing one: it may stay.
      const mayStay = stack.EnableTerminationProtection === true;
      const isLeft = !expected.isWanted && !mayStay && stack.StackStatus !== "REVIEW_IN_PROGRESS";
      return [
        stateNote(stack, what, at),
        ...(isLeft
          ? [
              warning(
                `${what} is live, and turnaway.yml asks for it no longer`,
                `remove it by \`aws cloudformation delete-stack ${at}\``,
              ),
            ]
          : []),
      ];
    },
  };
}

function stateNote(stack: Stack, what: string, at: string): PreflightNote {
  const state = stack.StackStatus ?? "unknown";
  const aws = "aws cloudformation";
  if (state === "REVIEW_IN_PROGRESS" || /^(CREATE|UPDATE|IMPORT)(_ROLLBACK)?_COMPLETE$/.test(state))
    return ok(`${what} is ${state}`);
  if (state.endsWith("_IN_PROGRESS")) {
    return error(
      `${what} is ${state}: something changes it right now`,
      `wait until \`${aws} describe-stacks ${at} --query 'Stacks[0].StackStatus'\` says COMPLETE, and run again`,
    );
  }
  if (state === "ROLLBACK_COMPLETE" || state === "ROLLBACK_FAILED")
    return neverMade(stack, what, at);
  if (state === "UPDATE_ROLLBACK_FAILED") {
    return error(
      `${what} is ${state}: a change failed, and so did the way back`,
      `repair what its events name, then run \`${aws} continue-update-rollback ${at}\``,
    );
  }
  if (state === "DELETE_FAILED") {
    return error(
      `${what} is ${state}: not all of it could be deleted`,
      `repair what its events name, then run \`${aws} delete-stack ${at}\``,
    );
  }
  return error(
    `${what} is ${state}: a change stopped half-way`,
    `run \`${aws} rollback-stack ${at}\``,
  );
}

/**
 * CloudFormation changes no stack that failed when it was first made; it has to go. The toolkit
 * deletes it by itself, but nobody deletes a protected one but a person.
 */
function neverMade(stack: Stack, what: string, at: string): PreflightNote {
  const failed = `${what} is ${stack.StackStatus!}: it failed when it was first made`;
  const remove = `aws cloudformation delete-stack ${at}`;
  if (stack.EnableTerminationProtection === true) {
    return error(
      failed,
      `run \`aws cloudformation update-termination-protection --no-enable-termination-protection ${at}\` and \`${remove}\`; what it holds of data stays, and is taken back`,
    );
  }
  return stack.StackStatus === "ROLLBACK_FAILED"
    ? error(failed, `run \`${remove}\``)
    : warning(
        failed,
        `nothing to do: what is left of it is deleted (\`${remove}\`), and it is made anew`,
      );
}
