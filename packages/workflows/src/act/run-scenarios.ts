import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { startGithubServer, WORKFLOW_TOKEN } from "@turnaway/testing/github-server";
import { runCommand } from "@turnaway/testing/install";

import { cacheFolder } from "../check/checkers.ts";
import { copyCheckout } from "./act-checkout.ts";
import { SCENARIOS, type World } from "./scenarios.ts";
import { writeStandIns } from "./stand-ins.ts";
import { ISSUER_TOKEN, startTokenIssuer } from "./start-token-issuer.ts";

export interface ScenarioOptions {
  /** The program. */
  readonly act: string;
  readonly checkout: string;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/**
 * Runs the workflows of a copy of this checkout through `act`, one scenario after the other, and
 * answers how many failed. The GitHub that they post to, the issuer of tokens and the flow logs
 * are on loopback and on this disk; nothing is left behind but what the cache keeps.
 */
export async function runScenarios(options: ScenarioOptions): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "turnaway-act-"));
  const [github, issuer] = await Promise.all([startGithubServer(), startTokenIssuer()]);
  let failed = 0;
  try {
    const world = await makeWorld(folder, { ...options, github, issuer });
    for (const { name, run } of SCENARIOS) {
      const wrong = await run(world);
      options.say(wrong === null ? `ok      act: ${name}` : `${wrong}\nFAILED  act: ${name}`);
      if (wrong === null) continue;
      failed += 1;
      // What comes after it stands on what it leaves.
      break;
    }
  } finally {
    await Promise.all([github.close(), issuer.close()]);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
  return failed;
}

type Servers = Pick<World, "github" | "issuer">;

async function makeWorld(
  folder: string,
  { act, checkout, signal, say, github, issuer }: ScenarioOptions & Servers,
): Promise<World> {
  const copy = path.join(folder, "network");
  const logs = path.join(folder, "logs");
  const toolCache = path.join(cacheFolder(), "tool-cache");
  say("simulating flow logs");
  const simulate = ["apps/cli/src/bin.ts", "simulate", "--quiet", "--seed", "7", "--out", logs];
  const small = ["--days", "4", "--records", "3000", "--fields", "rich"];
  await Promise.all([
    runCommand(process.execPath, [...simulate, ...small], { cwd: checkout, signal }),
    mkdir(toolCache, { recursive: true }),
    mkdir(copy),
  ]);
  await copyCheckout(checkout, copy, signal);
  const workflows = ["report.yml", "mute.yml", "report-preview.yml", "dashboards.yml"].map(
    (name) => `workflows/${name}`,
  );
  const files = [...workflows, "actions/setup/action.yml"];
  const named = files.map((file) => path.join(copy, ".github", file));
  const standIns = await writeStandIns(path.join(folder, "stand-ins"), named);
  const machine = {
    act,
    folder,
    checkout: copy,
    options: [...standIns, "--secret", `GITHUB_TOKEN=${WORKFLOW_TOKEN}`],
    env: {
      GITHUB_API_URL: github.url,
      ACTIONS_ID_TOKEN_REQUEST_URL: issuer.url,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: ISSUER_TOKEN,
      RUNNER_TOOL_CACHE: toolCache,
      ACT_ORIGIN: copy,
    },
    signal,
  };
  return { github, issuer, machine, logs };
}
