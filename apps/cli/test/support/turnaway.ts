import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

// Another user than root may not even reach the checkout or the Node of the tests, so root stays
// root and only loses the right to override permissions.
const OBEYING =
  process.getuid?.() === 0
    ? ["setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--"]
    : [];

const BIN = path.join(import.meta.dirname, "../../src/bin.ts");

/** Whether `obeys` works here: root needs `setpriv` for it, which is part of util-linux. */
export function canObey(): boolean {
  const [program, ...args] = OBEYING;
  return program === undefined || spawnSync(program, [...args, "true"]).status === 0;
}

export interface Run {
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** File descriptor for standard output, instead of a pipe. */
  readonly stdout?: number;
  /** Obeys the permissions of files, also where the tests run as root. */
  readonly obeys?: boolean;
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
export function startTurnaway({ args, cwd, stdin, env, obeys, stdout }: Run): ChildProcess {
  const command = [...(obeys ? OBEYING : []), process.execPath, BIN, ...args];
  const child = spawn(command[0]!, command.slice(1), {
    cwd,
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", ...env },
    stdio: ["pipe", stdout ?? "pipe", "pipe"],
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
