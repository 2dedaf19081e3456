import { keepComment } from "@turnaway/issues";

import { accessOf, pullRequestOf, type StepEnv } from "./step.ts";

/** A comment of a pull request that is kept up to date. */
export interface StepComment {
  /** First line of the comment, by which it is found again. */
  readonly marker: string;
  readonly text: string;
  /** Whether there has to be one; one that is there is kept up to date all the same. */
  readonly isWanted: boolean;
  /** What a reader of the run has to know where the token may not write. */
  readonly ifForbidden: string;
}

/** Keeps the comment of the pull request that the workflow runs for, where the token may. */
export async function postComment(comment: StepComment, env: StepEnv): Promise<void> {
  const { marker, text, isWanted, ifForbidden } = comment;
  const issue = await pullRequestOf(env);
  const { kind } = await keepComment({ access: accessOf(env), issue, marker, text, isWanted });
  process.stdout.write(
    kind === "forbidden" ? `::notice title=No comment::${ifForbidden}\n` : `comment: ${kind}\n`,
  );
}
