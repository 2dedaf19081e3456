import { spawn } from "node:child_process";
import { once } from "node:events";

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

/**
 * Runs a command to its end and answers with what it printed.
 *
 * @throws Error with the command and the end of its output when it exits with anything but 0.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  { signal, ...options }: CommandOptions,
): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => output.push(text));
  }
  const stop = (): void => void child.kill("SIGTERM");
  signal.addEventListener("abort", stop, { once: true });
  try {
    const [code] = (await once(child, "close")) as [number | null];
    signal.throwIfAborted();
    if (code === 0) return output.join("");
  } finally {
    signal.removeEventListener("abort", stop);
  }
  throw new Error(`${command} ${args.join(" ")} failed:\n${lastLines(output.join(""), 15)}`);
}

/** Whether a command can be started and ends well. */
export async function succeeds(
  command: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await runCommand(command, args, { signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}

/** The end of a long output: that is where the reason stands. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}
