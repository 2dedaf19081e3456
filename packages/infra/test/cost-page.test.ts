import { readFileSync } from "node:fs";
import path from "node:path";

import { parseDeployableConfig } from "@turnaway/core";
import type { App } from "aws-cdk-lib";
import { expect, test, vi } from "vitest";

import { createApp } from "../src/app.ts";
import { countResources } from "../src/cost/count-resources.ts";
import { estimateCost } from "../src/cost/estimate-cost.ts";
import { PRICES } from "../src/cost/prices.ts";
import { planDeployment } from "../src/deployment.ts";

// Each makes all templates of a configuration.
vi.setConfig({ testTimeout: 120_000 });

const PAGE = readFileSync(path.join(import.meta.dirname, "../../../docs/cost.md"), "utf8");

/** Each configuration of the page, with the table that follows it. */
const SHOWN = [...PAGE.matchAll(/```yaml\n([^]*?)```\n\n((?:\|.*\n)+)/g)].map(
  ([, yaml, table]) => [yaml!.split("\n", 1)[0]!, { yaml: yaml!, table: table! }] as const,
);

test("docs/cost.md shows three configurations and the day on which prices were read", () => {
  expect(SHOWN).toHaveLength(3);
  expect(PAGE).toContain(`list prices of ${PRICES.region}, read on ${PRICES.readOn}`);
});

test.each(SHOWN)("docs/cost.md adds up what templates of `%s` cost", (_, { yaml, table }) => {
  const deployment = planDeployment(parseDeployableConfig(yaml, "docs/cost.md").config);
  const estimate = estimateCost(deployment, countResources(templatesOf(createApp(deployment))));
  const rows = [
    ...estimate.lines.map(({ what, how, usd }) => [what, how, usd.toFixed(2)]),
    ["Together", "", estimate.usd.toFixed(2)],
  ];
  expect(cells(table).slice(2)).toEqual(rows);
});

function templatesOf(app: App): Parameters<typeof countResources>[0] {
  return app.synth().stacks.map(({ template }) => template as object);
}

function cells(table: string): string[][] {
  return table
    .trimEnd()
    .split("\n")
    .map((row) =>
      row
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
