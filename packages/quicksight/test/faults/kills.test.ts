import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

import { isRead, type QuickSightServer } from "@turnaway/testing/quicksight-server";
import { startQuickSightServer } from "@turnaway/testing/quicksight-server";
import { describe, expect, test } from "vitest";

import { endState } from "./end-state.ts";
import { type CleanRun, failureOf, inLanes, runClean } from "./run-scenario.ts";
import { type Scenario, SCENARIOS } from "./scenarios.ts";

const TIMEOUT = { timeout: 600_000 };

interface Kill {
  readonly at: number;
  /** `after`: the request is done, and nobody hears of it. */
  readonly stage: "before" | "after";
}

describe("interrupted at any request, the same command ends as a clean run does", () => {
  test.each(SCENARIOS)("$name", TIMEOUT, async (scenario) => {
    const clean = await runClean(scenario);
    await inLanes(killsIn(scenario, clean), async (server, kill) => {
      server.restart(clean.start.clone());
      const controller = new AbortController();
      atRequest(server, kill, () => controller.abort("SIGINT"));
      const failure = await failureOf(server, scenario, { signal: controller.signal });
      expect(failure?.exitCode, textOf(kill)).toBe(130);
      await repeat(server, { scenario, clean }, kill);
    });
  });
});

describe("a process that is killed at a write goes on when it is started again", () => {
  test.each(SCENARIOS.slice(0, 2))("$name", TIMEOUT, async (scenario) => {
    const clean = await runClean(scenario);
    const writes = killsIn(scenario, clean).filter(
      ({ at, stage }) =>
        stage === "after" && !isRead(clean.requests[at]!.operation as "TagResource"),
    );
    const server = await startQuickSightServer();
    try {
      for (const kill of writes) {
        server.restart(clean.start.clone());
        const child = spawn(process.execPath, [CHILD, server.url, scenario.name]);
        atRequest(server, kill, () => child.kill("SIGKILL"));
        const [, signal] = (await once(child, "exit")) as [number | null, string | null];
        expect(signal, textOf(kill)).toBe("SIGKILL");
        await repeat(server, { scenario, clean }, kill);
      }
    } finally {
      await server.close();
    }
  });
});

const CHILD = path.join(import.meta.dirname, "run-in-child.ts");

// Who goes back, and dies when it is done, finds it done: a rollback is not repeated then.
function killsIn({ isRelative }: Scenario, { requests }: CleanRun): Kill[] {
  const last = requests.length - 1;
  return requests.flatMap(({ at }) =>
    (["before", "after"] as const)
      .filter((stage) => stage === "before" || at !== last || isRelative !== true)
      .map((stage) => ({ at, stage })),
  );
}

// No answer comes any more, to this request or to one that was sent beside it.
function atRequest(server: QuickSightServer, { at, stage }: Kill, die: () => void): void {
  server.inject({
    fault: { kind: "hang" },
    stage,
    when: (request) => {
      if (request.at !== at) return false;
      setImmediate(die);
      return true;
    },
  });
}

async function repeat(
  server: QuickSightServer,
  { scenario, clean }: { scenario: Scenario; clean: CleanRun },
  kill: Kill,
): Promise<void> {
  server.heal();
  expect(await failureOf(server, scenario), textOf(kill)).toBeNull();
  expect(server.violations, textOf(kill)).toEqual([]);
  expect(endState(server.store), textOf(kill)).toEqual(clean.end);
}

function textOf({ at, stage }: Kill): string {
  return `killed ${stage} request ${at + 1}`;
}
