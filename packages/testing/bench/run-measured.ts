import { spawn } from "node:child_process";
import { tmpdir } from "node:os";

import type { Command } from "./commands.ts";
import { watchProcess, type Usage } from "./watch-process.ts";

/** What one run of a command took. */
export interface Run extends Usage {
  readonly seconds: number;
  readonly output: string;
}

/**
 * Runs a command to its end, in a folder without a configuration, and measures it.
 *
 * @throws Error when it exits with anything but 0: what fails is not fast.
 */
export function runToEnd(command: Command): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command.file, command.args, {
      cwd: tmpdir(),
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    const watch = watchProcess(child.pid);
    const texts = { output: "", errors: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (texts.output += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (texts.errors += text));
    child.on("error", reject);
    child.on("exit", () => watch.stop());
    child.on("close", (code) => {
      const seconds = (performance.now() - started) / 1000;
      const usage = watch.stop();
      if (code === 0) return resolve({ ...usage, seconds, output: texts.output });
      const shown = [command.file, ...command.args].join(" ").slice(0, 200);
      return reject(new Error(`${shown} exited with ${code}: ${texts.errors.trim()}`));
    });
  });
}
