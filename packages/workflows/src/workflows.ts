import path from "node:path";
import { parseArgs } from "node:util";

import { checkWorkflows } from "./check/check-workflows.ts";
import { cacheFolder, installAct, installCheckers } from "./check/checkers.ts";

const CHECKOUT = path.join(import.meta.dirname, "../../..");

/**
 * `pnpm workflows`: checks the workflows by actionlint and zizmor. With `--act` it also runs the
 * report and the mute command as a runner does, against a GitHub on loopback.
 */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { act: { type: "boolean" } } });
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => interrupt.abort(new Error(`ended by ${signal}`)));
  const options = { cacheDir: cacheFolder(), signal: interrupt.signal, onStep: say };
  const checked = await checkWorkflows(CHECKOUT, await installCheckers(options), interrupt.signal);
  for (const { name, found } of checked) say(found === null ? `ok      ${name}` : found);
  let failed = checked.filter(({ found }) => found !== null).length;
  if (values.act === true) {
    const { runScenarios } = await import("./act/run-scenarios.ts");
    const act = await installAct(options);
    failed += await runScenarios({ act, checkout: CHECKOUT, signal: interrupt.signal, say });
  }
  return failed === 0 ? 0 : 1;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
