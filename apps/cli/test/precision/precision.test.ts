import path from "node:path";

import { S3_LAYOUTS } from "@turnaway/core";
import { describe, expect, test } from "vitest";

import { addTallies, judge, type Judgement } from "./judge.ts";
import { precisionPage } from "./precision-table.ts";
import { reportDays, type Vpc } from "./report-days.ts";

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const TITLES = { default: "Version 2, the default format", rich: "Rich format, every field" };

const VPCS = (["default", "rich"] as const).flatMap((format) =>
  SEEDS.map((seed): Vpc => ({
    seed,
    format,
    layout: S3_LAYOUTS[seed % S3_LAYOUTS.length]!,
    fileFormat: seed % 5 === 0 ? "parquet" : "text",
  })),
);

/** A VPC takes seconds; on a machine that is busy with other things, many. */
const TIMEOUT = 120_000;

describe("the report finds what was planted on its first day, follows it, and reports nothing else", () => {
  test.each(VPCS)(
    "seed $seed, $format format, $layout layout, $fileFormat",
    { timeout: TIMEOUT },
    async (vpc) => {
      const { mistakes } = await judged(VPCS.indexOf(vpc));
      expect(mistakes).toEqual([]);
    },
  );
});

describe("over all seeds", () => {
  test.each(Object.keys(TITLES))(
    "recall and precision are 1 in the %s format",
    { timeout: TIMEOUT * SEEDS.length },
    async (format) => {
      const tallies = (await judgementsOf(format)).flatMap((one) => [...one.byDetection.values()]);
      const { planted, found, findings, explained } = addTallies(tallies);
      expect({ found, explained }).toEqual({ found: planted, explained: findings });
      expect(planted).toBeGreaterThan(SEEDS.length * 10);
    },
  );

  test("the page of the documentation shows what was measured", { timeout: TIMEOUT }, async () => {
    const measured = new Map<string, Judgement[]>();
    for (const [format, title] of Object.entries(TITLES)) {
      measured.set(title, await judgementsOf(format));
    }
    const page = path.join(import.meta.dirname, "../../../../docs/precision.gen.md");
    await expect(precisionPage(measured)).toMatchFileSnapshot(page);
  });
});

const started = new Map<number, Promise<Judgement>>();

// One ahead: while one VPC is simulated, the database works on the other.
function judged(index: number): Promise<Judgement> {
  start(index + 1)?.catch(() => undefined);
  return start(index)!;
}

function start(index: number): Promise<Judgement> | undefined {
  const vpc = VPCS[index];
  if (vpc === undefined) return undefined;
  const running = started.get(index) ?? reportDays(vpc).then(judge);
  started.set(index, running);
  return running;
}

async function judgementsOf(format: string): Promise<Judgement[]> {
  const judgements: Judgement[] = [];
  for (const [index, vpc] of VPCS.entries()) {
    if (vpc.format === format) judgements.push(await judged(index));
  }
  return judgements;
}
