import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

const BIN = path.join(import.meta.dirname, "../../src/bin.ts");

export interface Run {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** File descriptor for standard output, instead of a pipe. */
  readonly stdout?: number;
  /** Unix user to run as; only root can. */
  readonly uid?: number;
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command to its end. */
export async function turnaway(run: Run): Promise<Outcome> {
  return outcomeOf(startTurnaway(run));
}

/** Starts the real command; its environment holds nothing of ours. */
export function startTurnaway({ args, cwd, stdin, env, uid, stdout }: Run): ChildProcess {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...env },
    stdio: ["pipe", stdout ?? "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  child.stdin?.on("error", () => undefined);
  child.stdin?.end(stdin ?? "");
  return child;
}

export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { code, signal, stdout, stderr };
}
