import { TurnawayError } from "@turnaway/core/errors";

/** Turns Ctrl-C and SIGTERM into an abort, so that everything underway can clean up. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Why it was aborted; undefined while it is not. */
  readonly reason: TurnawayError | undefined;
  release(): void;
}

export function catchSignals(): Interrupt {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals): void => {
    // A second one means that cleaning up takes too long for somebody.
    if (controller.signal.aborted) process.exit(name === "SIGTERM" ? 143 : 130);
    controller.abort(interrupted(name));
  };
  const names = ["SIGINT", "SIGTERM"] as const;
  for (const name of names) process.on(name, onSignal);
  return {
    signal: controller.signal,
    get reason() {
      return controller.signal.aborted ? (controller.signal.reason as TurnawayError) : undefined;
    },
    release() {
      for (const name of names) process.off(name, onSignal);
    },
  };
}

/**
 * What ended a run: whatever an interruption made fail is the interruption's doing, but an engine
 * that could not stop its query says so itself, and where it may still run.
 */
export function interruptionOf(reason: TurnawayError | undefined, error: unknown): unknown {
  if (reason === undefined) return error;
  return error instanceof TurnawayError && error.code === reason.code ? error : reason;
}

function interrupted(name: NodeJS.Signals): TurnawayError {
  return new TurnawayError(name === "SIGTERM" ? "TERMINATED" : "INTERRUPTED", {
    what: "interrupted",
    why: `${name} was received; running queries were stopped, temporary files are gone and the state is as it was`,
  });
}
