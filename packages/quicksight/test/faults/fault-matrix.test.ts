import { isDeepStrictEqual } from "node:util";

import {
  injectAt,
  injectionsInto,
  type QuickSightInjection,
  type QuickSightServer,
} from "@turnaway/testing/quicksight-server";
import { describe, expect, test } from "vitest";

import { endState } from "./end-state.ts";
import { FaultTable } from "./fault-table.ts";
import { type CleanRun, failureOf, inLanes, runClean } from "./run-scenario.ts";
import { type Scenario, SCENARIOS } from "./scenarios.ts";

const TIMEOUT = { timeout: 600_000 };

describe("a fault in any one request is survived, or the same command ends as a clean run does", () => {
  const table = new FaultTable();

  test.each(SCENARIOS)("$name", TIMEOUT, async (scenario) => {
    const clean = await runClean(scenario);
    const injections = injectionsInto(clean.requests);
    await inLanes(injections, async (server, injection) => {
      const exitCode = await runWithFault(server, { scenario, clean }, injection);
      const end = endState(server.store);
      table.add(injection.fault, { exitCode, isSame: isDeepStrictEqual(end, clean.end) });
      expect(end, textOf(injection)).toEqual(clean.end);
    });
  });

  test("the table of faults", async () => {
    await expect(table.text()).toMatchFileSnapshot("../../golden/fault-table.md");
  });
});

/** Runs with the fault, and again without it if that failed; returns the first exit code. */
async function runWithFault(
  server: QuickSightServer,
  { scenario, clean }: { scenario: Scenario; clean: CleanRun },
  injection: QuickSightInjection,
): Promise<number> {
  server.restart(clean.start.clone());
  injectAt(server, injection);
  const failure = await failureOf(server, scenario, {
    ...(injection.fault === "hang" && { requestMs: 150 }),
  });
  expect(EXITS, `${textOf(injection)}: ${String(failure)}`).toContain(failure?.exitCode ?? 0);
  server.heal();
  // Who survives it has to end as a clean run does without being repeated.
  if (failure !== null) {
    const again = await failureOf(server, scenario);
    expect(again, textOf(injection)).toBeNull();
  }
  expect(server.violations, textOf(injection)).toEqual([]);
  expect(publishedTooEarly(server), textOf(injection)).toEqual([]);
  return failure?.exitCode ?? 0;
}

const EXITS = [0, 2, 4];

// The service refuses what did not succeed with 400: a client that asks has not looked.
function publishedTooEarly({ requests }: QuickSightServer): readonly object[] {
  return requests.filter(
    ({ operation, status }) => operation === "UpdateDashboardPublishedVersion" && status === 400,
  );
}

function textOf({ fault, stage, at, operation }: QuickSightInjection): string {
  return `${fault} ${stage} request ${at + 1}, ${operation}`;
}
