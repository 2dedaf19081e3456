import { TurnawayError } from "@turnaway/core/errors";
import type { Ports } from "@turnaway/runs";

import { enter, type Entrance } from "./enter.ts";

/** The Action: reads the inputs, makes the report, posts it. Answers with the exit code. */
export function main(env: NodeJS.ProcessEnv): Promise<number> {
  return enter(env, "Turnaway reject report", async (entrance) => {
    // It takes a while until all of this is loaded, and the first line stands in the log.
    const { prepare, readInputs, readJob, run, toolkit } = await import("./parts.ts");
    const inputs = readInputs(env);
    for (const secret of [inputs.githubToken, inputs.maskKey]) if (secret) toolkit.hide(secret);
    const task = prepare(inputs, readJob(env, entrance.event));
    entrance.maskWith(task.mask.text);
    try {
      return await run(task, portsOf(entrance), toolkit);
    } catch (error) {
      if (!task.job.isFork || !lacksAccess(error)) throw error;
      toolkit.annotate("notice", "No reject report for a fork", task.mask.text(error.message));
      return 0;
    }
  });
}

// A fork's run has no secrets, so whoever opened the pull request can do nothing about it.
function lacksAccess(error: unknown): error is TurnawayError {
  const codes: readonly string[] = ["AWS", "CONFIG", "ENGINE"];
  return error instanceof TurnawayError && codes.includes(error.code);
}

function portsOf({ env, signal, version, print }: Entrance): Ports {
  return {
    env,
    signal,
    versions: { turnaway: version, node: process.versions.node },
    say: print,
    startProgress: async (label) => quarters((part) => print(`${label}: ${part}`)),
  };
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
