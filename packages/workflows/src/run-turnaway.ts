import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";

/** How a command ended, and what it wrote to standard output. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  /** Standard error, which the log of the job has seen already. */
  readonly stderr: string;
}

export interface RunOptions {
  /** Folder that it runs in. Default: the checkout */
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
}

/** Runs the command from the checkout, as a step of its own would; its log is passed on. */
export async function runTurnaway(
  args: readonly string[],
  { cwd = CHECKOUT, env = process.env, signal }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [path.join(CHECKOUT, "apps/cli/src/bin.ts"), ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stop = (): void => void child.kill("SIGTERM");
  signal?.addEventListener("abort", stop, { once: true });
  child.stderr.pipe(process.stderr, { end: false });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close") as Promise<[number | null]>,
  ]);
  signal?.removeEventListener("abort", stop);
  return { code: code ?? 130, stdout, stderr };
}

const CHECKOUT = path.join(import.meta.dirname, "../../..");
