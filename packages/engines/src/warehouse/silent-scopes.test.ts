import { expect, it } from "vitest";

import { ScriptedLake } from "./fixtures/scripted-lake.ts";
import { planRollup } from "./plan-rollup.ts";

const DAY = "2026-11-19";
const [ONE, TWO] = ["111111111111", "222222222222"];
const [EU, US] = ["eu-central-1", "us-east-1"];

// C36: one of several accounts or regions fails, and nobody else is told.
it.each<[string, readonly (readonly [account: string, region: string])[], readonly string[]]>([
  [
    "everybody delivered",
    [
      [ONE, EU],
      [TWO, US],
    ],
    [],
  ],
  [
    "an account has no flow log in a region",
    [
      [ONE, EU],
      [ONE, US],
      [TWO, EU],
    ],
    [],
  ],
  [
    "an account is silent everywhere",
    [
      [ONE, EU],
      [ONE, US],
    ],
    [`account ${TWO}`],
  ],
  [
    "a region is silent for everybody",
    [
      [ONE, EU],
      [TWO, EU],
    ],
    [`region ${US}`],
  ],
  ["nobody delivered: the day has no files, which is said elsewhere", [], []],
])("%s", async (_name, delivered, expected) => {
  const lake = new ScriptedLake();
  for (const [account, region] of delivered) lake.deliver(DAY, { account, region });
  // What comes in the settle hours is of the day after as well: it proves nothing.
  lake.deliver("2026-11-20", { account: TWO, region: US });
  const warehouse = lake.warehouse();
  const logs = { ...warehouse.logs, accounts: [ONE, TWO], regions: [EU, US] };
  const { silent } = await planRollup({ ...warehouse, logs }, [DAY]);
  expect(silent.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
  expect(silent.every(({ day }) => day === DAY)).toBe(true);
});
