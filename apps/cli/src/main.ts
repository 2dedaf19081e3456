import {
  catchBugs,
  catchSignals,
  describeError,
  exitCodeOf,
  interruptionOf,
} from "@turnaway/runs/process";
import { CommanderError } from "commander";

import { createProgram } from "./program.ts";
import { versions } from "./version.ts";

/**
 * Runs one command line and answers with its exit code.
 *
 * The one place that decides what a person sees of an error: one line on standard
 * error; a stack trace for a bug or with TURNAWAY_DEBUG=1.
 */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = catchSignals();
  ignoreClosedPipes();
  catchBugs((text) => process.stderr.write(`${text}\n`), process.env);
  const outcome = { exitCode: 0 };
  try {
    const program = createProgram({
      signal: interrupt.signal,
      outcome,
      env: process.env,
      versions: versions(),
      openStdin: () => process.stdin,
    });
    await program.parseAsync([...args], { from: "user" });
    return outcome.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isClosedPipe(error)) return 0;
    const cause = interruptionOf(interrupt.reason, error);
    process.stderr.write(`${describeError(cause, process.env)}\n`);
    return exitCodeOf(cause);
  } finally {
    interrupt.release();
  }
}

// `turnaway report … | head` closes the pipe: that is no error of anybody's. Whoever
// writes hears of it; without a listener the process would die of it halfway.
function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    if (stream.listenerCount("error") === 0) stream.on("error", () => undefined);
  }
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
