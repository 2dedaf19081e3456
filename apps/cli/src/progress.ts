import type { Options } from "./read-settings.ts";

/** A bar on a terminal, nothing when piped or quiet. */
export interface Progress {
  update(done: number, of: number): void;
  stop(): void;
}

export async function startProgress(label: string, options: Options): Promise<Progress> {
  if (!process.stderr.isTTY || options["quiet"] === true) return { update() {}, stop() {} };
  const { default: cliProgress } = await import("cli-progress");
  const bar = new cliProgress.SingleBar(
    {
      format: `${label} {bar} {percentage}%`,
      stream: process.stderr,
      clearOnComplete: true,
      hideCursor: true,
    },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  return {
    update(done, of) {
      if (!started) bar.start(of, 0);
      started = true;
      bar.update(done);
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

/** One line on standard error, unless quiet. */
export function say(line: string, options: Options): void {
  if (options["quiet"] !== true) process.stderr.write(`${line}\n`);
}
