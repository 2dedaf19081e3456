import { readFileSync } from "node:fs";

import { TurnawayError } from "@turnaway/core/errors";
import type { Ports } from "@turnaway/runs";
import {
  catchBugs,
  catchSignals,
  describeError,
  exitCodeOf,
  interruptionOf,
} from "@turnaway/runs/process";

import { logLine } from "./log-line.ts";
import type { Task } from "./prepare.ts";

/**
 * Runs the Action and answers with its exit code. The one place that touches the process, and
 * that decides what somebody sees of an error: lines in the log, and one annotation.
 */
export async function main(env: NodeJS.ProcessEnv): Promise<number> {
  const interrupt = catchSignals();
  catchBugs(print, env);
  const version = readVersion();
  print(`Turnaway reject report ${version}`);
  // From here on it takes a while: clients, and whatever the engine needs.
  const { asInputError, prepare, readInputs, readJob, run, toolkit } = await import("./parts.ts");
  let task: Task | undefined;
  try {
    const inputs = readInputs(env);
    for (const secret of [inputs.githubToken, inputs.maskKey]) if (secret) toolkit.hide(secret);
    task = prepare(inputs, readJob(env, readEvent(env)));
    const made = { turnaway: version, node: process.versions.node };
    return await run(task, portsOf(env, { task, made, signal: interrupt.signal }), toolkit);
  } catch (error) {
    const cause = asInputError(interruptionOf(interrupt.reason, error));
    const mask = task?.mask.text ?? ((text: string): string => text);
    print(mask(describeError(cause, env)));
    const code = exitCodeOf(cause);
    const why = mask(cause instanceof Error ? cause.message : String(cause));
    // Nobody who opened such a pull request can do anything about it.
    const isExcused = task?.job.isFork === true && cause instanceof TurnawayError && code === 4;
    if (isExcused) toolkit.annotate("notice", "No reject report for a fork", why);
    else toolkit.annotate("error", "No reject report", why);
    return isExcused ? 0 : code;
  } finally {
    interrupt.release();
  }
}

interface Around {
  readonly task: Task;
  readonly made: Ports["versions"];
  readonly signal: AbortSignal;
}

function portsOf(env: NodeJS.ProcessEnv, { task, made, signal }: Around): Ports {
  const say = (line: string): void => print(task.mask.text(line));
  return {
    env,
    signal,
    versions: made,
    say,
    startProgress: async (label) => quarters((part) => say(`${label}: ${part}`)),
  };
}

function print(text: string): void {
  for (const line of text.split("\n")) process.stdout.write(`${logLine(line)}\n`);
}

/** A line for each quarter: a log has no bar. */
function quarters(say: (part: string) => void) {
  let said = 0;
  return {
    update(done: number, of: number) {
      const quarter = of === 0 ? 0 : Math.floor((4 * done) / of);
      if (quarter > said) say(`${25 * quarter} %`);
      said = Math.max(said, quarter);
    },
    stop() {},
  };
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

// Without an event, or with one that is no JSON, nothing is known about it.
function readEvent(env: NodeJS.ProcessEnv): unknown {
  const file = env["GITHUB_EVENT_PATH"];
  if (!file) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch {
    return null;
  }
}
