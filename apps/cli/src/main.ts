import { TurnawayError } from "@turnaway/core/errors";
import { CommanderError } from "commander";

import { describeError, exitCodeOf } from "./describe-error.ts";
import { catchSignals } from "./interrupt.ts";
import { createProgram } from "./program.ts";

/**
 * Runs one command line and answers with its exit code.
 *
 * The one place that decides what a person sees of an error: one line on standard
 * error; a stack trace for a bug or with TURNAWAY_DEBUG=1.
 */
export async function main(args: readonly string[]): Promise<number> {
  const interrupt = catchSignals();
  ignoreClosedPipes();
  process.once("uncaughtException", endAsBug);
  const outcome = { exitCode: 0 };
  try {
    const program = createProgram({ signal: interrupt.signal, outcome, env: process.env });
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

// Whatever an interruption made fail is the interruption's doing; but an engine that could not
// stop its query says so itself, and where it may still run.
function interruptionOf(reason: TurnawayError | undefined, error: unknown): unknown {
  if (reason === undefined) return error;
  return error instanceof TurnawayError && error.code === reason.code ? error : reason;
}

// Node would exit with 1, which here means that a finding was severe enough.
function endAsBug(error: Error): void {
  process.stderr.write(`${describeError(error, process.env)}\n`);
  process.exit(exitCodeOf(error));
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
