import { describe, expect, test, vi } from "vitest";

import { commandsIn, makeWorkspace, runStep, type StepOutcome } from "./support/run-action.ts";

// Each starts the Action.
vi.setConfig({ testTimeout: 120_000 });

const MUTE = (until: string): string =>
  `- match: { port: 22 }\n  reason: known\n  owner: kim\n  until: ${until}\n`;

describe("mutes.yml is checked", () => {
  test("what is in force passes, without a word at the change", async () => {
    const outcome = await check({ "turnaway.yml": "", "mutes.yml": MUTE("2026-12-31") });
    expect(outcome.code, outcome.log).toBe(0);
    expect(outcome.log).toMatch(/^ok: mutes: 1 in force$/m);
    expect(commandsIn(outcome.log)).toEqual([]);
    expect(outcome.outputs).toEqual({ errors: "0", warnings: "0" });
  });

  test.each([
    ["has ended", "2026-11-20", /1 of 1 have expired: 22 \(kim, 2026-11-20\): renew or remove/],
    ["ends within a week", "2026-11-28", /1 end within a week: 22 \(kim, 2026-11-28\): renew/],
  ])("one that %s is a warning at the file", async (_, until, says) => {
    const outcome = await check({ "turnaway.yml": "", "mutes.yml": MUTE(until) });
    expect(outcome.code, outcome.log).toBe(0);
    expect(commandsIn(outcome.log)).toEqual([
      expect.stringMatching(/^::warning title=Somebody should look,file=mutes\.yml::mutes: /),
    ]);
    expect(outcome.log).toMatch(says);
  });

  test("a damaged one fails, and each thing that is wrong stands at its line", async () => {
    const outcome = await check({
      "ops/turnaway.yml": "mutes: more/mutes.yml\n",
      "ops/more/mutes.yml": `# Ours\n${MUTE("2026-12-31")}${MUTE("soon").replace("port", "prot")}`,
    });
    expect(outcome.code, outcome.log).toBe(2);
    expect(outcome.outputs).toEqual({ errors: "2", warnings: "0" });
    expect(commandsIn(outcome.log)).toEqual([
      expect.stringMatching(
        /^::error title=It can't be read,file=ops\/more\/mutes\.yml,line=6::unknown key \[1\]\.match\.prot .* Did you mean "port"\?$/,
      ),
      expect.stringMatching(/,file=ops\/more\/mutes\.yml,line=9::wrong value for \[1\]\.until /),
    ]);
  });
});

test("a damaged turnaway.yml fails at its line", async () => {
  const outcome = await check({ "turnaway.yml": "name: x\naccount: 1\n" });
  expect(outcome.code, outcome.log).toBe(2);
  expect(commandsIn(outcome.log)).toEqual([
    expect.stringMatching(/^::error title=It can't be read,file=turnaway\.yml,line=2::unknown key/),
  ]);
});

test("without a turnaway.yml nothing is muted, and nothing is wrong", async () => {
  const outcome = await check({});
  expect(outcome.code, outcome.log).toBe(0);
  expect(outcome.log).toContain("the defaults hold");
});

function check(files: Record<string, string>): Promise<StepOutcome> {
  const config = Object.keys(files).find((name) => name.endsWith("turnaway.yml"));
  return runStep({
    inputs: { now: "2026-11-21T06:00:00Z", ...(config === undefined ? {} : { config }) },
    workspace: makeWorkspace(files),
    main: "check.js",
  });
}
