import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";

import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { type Config, parseDeployableConfig, TurnawayError } from "@turnaway/core";

import { liveSteps } from "./live/live-steps.ts";
import { runStep } from "./live/run-step.ts";

/**
 * `pnpm live-check --account ID --config FILE [--keep] [--dry-run]`: takes a sandbox account from
 * nothing to the first report and back (docs/proof.md).
 *
 * It refuses unless the account is named, and is the configuration's and the caller's: what it
 * deploys is only to be destroyed.
 */
async function main(args: readonly string[]): Promise<void> {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { account: text, config: text, keep: flag, "dry-run": flag };
  const {
    account,
    config: file,
    keep,
    "dry-run": dryRun,
  } = parseArgs({
    args: [...args],
    options,
  }).values;
  if (account === undefined || file === undefined) {
    throw refused("an account or a configuration is missing", "write --account ID --config FILE");
  }
  const { config } = parseDeployableConfig(readFileSync(file, "utf8"), path.basename(file));
  checkSandbox(config, account);
  const steps = liveSteps({ config: file, name: config.name, keep });
  const titles = steps.map(
    ({ title, command }, i) => `${i + 1}. ${title}\n   turnaway ${command.join(" ")}`,
  );
  if (dryRun) return say(titles.join("\n"));
  const interrupt = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => interrupt.abort(new Error(`ended by ${signal}: run it again`)));
  await checkCaller(account, config, interrupt.signal);
  for (const [i, step] of steps.entries()) {
    say(titles[i]!);
    await runStep(step, { signal: interrupt.signal, say });
  }
  say(`${steps.length} steps went well${keep ? ", and everything is still there" : ""}`);
}

function checkSandbox({ infrastructure }: Config, account: string): void {
  if (infrastructure.account !== account) {
    throw refused(
      `the configuration deploys to ${infrastructure.account}, not to ${account}`,
      "name the sandbox account in both",
    );
  }
  if (!infrastructure.demoNetwork) {
    throw refused(
      "nothing would talk: the configuration has no demo network",
      "write `infrastructure.demoNetwork: true`",
    );
  }
}

async function checkCaller(account: string, config: Config, signal: AbortSignal): Promise<void> {
  const sts = new STSClient({ region: config.infrastructure.region! });
  const caller = await sts.send(new GetCallerIdentityCommand(), { abortSignal: signal });
  if (caller.Account === account) return;
  throw refused(
    `signed in to ${caller.Account} as ${caller.Arn}, not to ${account}`,
    "sign in to the sandbox account",
  );
}

function refused(why: string, fix: string): TurnawayError {
  return new TurnawayError("USAGE", { what: "nothing was done", where: "live-check", why, fix });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof TurnawayError ? error.exitCode : 1;
}
