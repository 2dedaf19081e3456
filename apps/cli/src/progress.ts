import type { Options, Ports, Progress } from "@turnaway/runs";

/** How a command speaks while it works: on standard error, unless it was told to be quiet. */
export function progressOn(options: Options): Pick<Ports, "say" | "startProgress"> {
  const isQuiet = options["quiet"] === true;
  return {
    say(line) {
      if (!isQuiet) process.stderr.write(`${line}\n`);
    },
    // A bar on a terminal, nothing when piped.
    startProgress: async (label) =>
      process.stderr.isTTY && !isQuiet ? startBar(label) : { update() {}, stop() {} },
  };
}

async function startBar(label: string): Promise<Progress> {
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
