import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { lastLines } from "../install/run-command.ts";

/** A server that runs beside us until it is stopped. */
export interface ServerProcess {
  /** What it has printed so far, both streams. */
  output(): string;
  /** Undefined while it runs. */
  exited(): string | undefined;
  /** Asks it to end, insists after a while, and resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export interface ServerCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export function startServer({ name, command, args, cwd, env }: ServerCommand): ServerProcess {
  const child = spawn(command, args, {
    stdio: ["pipe", "pipe", "pipe"],
    ...(cwd === undefined ? {} : { cwd }),
    ...(env === undefined ? {} : { env }),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output = (output + text).slice(-MOST_OUTPUT);
    });
  }
  let failure: string | undefined;
  child.on("error", (error) => (failure = `${name} can't be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    failure ??= `${name} ended (${signal ?? `exit ${code}`}):\n${lastLines(output, 20)}`;
  });
  return {
    output: () => output,
    exited: () => failure,
    stop: (graceMs) => stopChild(child, graceMs),
  };
}

const MOST_OUTPUT = 200_000;

async function stopChild(child: ChildProcess, graceMs: number): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const grace = new AbortController();
  const patience = sleep(graceMs, "late", { signal: grace.signal }).catch(() => "gone");
  if ((await Promise.race([gone, patience])) === "late") child.kill("SIGKILL");
  grace.abort();
  await gone;
}

/**
 * Asks again and again until there is an answer.
 *
 * @throws Error with what the server printed when it ends, or stays silent for `patienceMs`.
 */
export async function waitFor<T>(
  server: ServerProcess,
  ask: () => Promise<T | undefined>,
  { signal, patienceMs }: { signal: AbortSignal; patienceMs: number },
): Promise<T> {
  const begun = performance.now();
  for (;;) {
    signal.throwIfAborted();
    const failure = server.exited();
    if (failure !== undefined) throw new Error(failure);
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() - begun > patienceMs) {
      throw new Error(
        `no answer within ${Math.round(patienceMs / 1000)} s:\n${lastLines(server.output(), 20)}`,
      );
    }
    await sleep(100, undefined, { signal });
  }
}
