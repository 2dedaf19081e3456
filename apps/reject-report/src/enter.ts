import { readFileSync } from "node:fs";

import {
  catchBugs,
  catchSignals,
  describeError,
  exitCodeOf,
  interruptionOf,
} from "@turnaway/runs/process";

import { logLine } from "./log-line.ts";
import { keepYoungHeapSmall } from "./small-young-heap.ts";

/** What an entry of the Action is given of the process. */
export interface Entrance {
  readonly env: NodeJS.ProcessEnv;
  /** What started the workflow; null where the runner does not say. */
  readonly event: unknown;
  readonly signal: AbortSignal;
  /** Of the Action. */
  readonly version: string;
  /** Prints what no runner takes for a command, masked. */
  readonly print: (text: string) => void;
  /** What is masked from here on in everything that is printed. */
  readonly maskWith: (mask: (text: string) => string) => void;
}

/**
 * Runs an entry of the Action and answers with its exit code. The one place that touches the
 * process, and that decides what somebody sees of an error: lines in the log, and one annotation.
 */
export async function enter(
  env: NodeJS.ProcessEnv,
  title: string,
  work: (entrance: Entrance) => Promise<number>,
): Promise<number> {
  keepYoungHeapSmall();
  const interrupt = catchSignals();
  let mask = (text: string): string => text;
  const print = (text: string): void => {
    for (const line of mask(text).split("\n")) process.stdout.write(`${logLine(line)}\n`);
  };
  catchBugs(print, env);
  const version = readVersion();
  print(`${title} ${version}`);
  try {
    return await work({
      env,
      event: readEvent(env),
      signal: interrupt.signal,
      version,
      print,
      maskWith: (other) => (mask = other),
    });
  } catch (error) {
    const { asInputError } = await import("./inputs.ts");
    const { toolkit } = await import("./toolkit.ts");
    const cause = asInputError(interruptionOf(interrupt.reason, error));
    print(describeError(cause, env));
    const why = cause instanceof Error ? cause.message : String(cause);
    toolkit.annotate("error", `${title} failed`, mask(why));
    return exitCodeOf(cause);
  } finally {
    interrupt.release();
  }
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
