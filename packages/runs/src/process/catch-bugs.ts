import { describeError, exitCodeOf } from "./describe-error.ts";

/** Ends the process as the contract has it when something throws that nobody awaits. */
export function catchBugs(write: (text: string) => void, env: NodeJS.ProcessEnv): void {
  // Node would exit with 1, which here means that a finding was severe enough.
  process.once("uncaughtException", (error) => {
    write(describeError(error, env));
    process.exit(exitCodeOf(error));
  });
}
