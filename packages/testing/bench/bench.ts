import { parseArgs } from "node:util";
import { availableParallelism } from "node:os";

import { type DataSets, prepareData } from "./data-sets.ts";
import { figuresOf, type Figure, type Measurements } from "./figures.ts";
import { type Contender, measureAll } from "./measure.ts";
import { alignRows, figureTable, formatValue } from "./table.ts";
import type { ProbeName } from "./probes.ts";
import { spreadOf } from "./statistics.ts";

/** `pnpm bench`: measures, prints, and answers 1 when a limit is missed. See docs/benchmark.md. */
async function main(): Promise<number> {
  const options = readOptions();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const data = await prepareData(options.records, say);
  const measured = await measureAll(data, { ...options, say });
  const figures = figuresOf(measured);
  const output = options.json ? asJson(figures, measured, data) : asText(figures, measured, data);
  process.stdout.write(output);
  const missed = figures.filter(({ met }) => met === false);
  for (const { title, most, unit, source } of missed) {
    say(`missed: ${title} is above ${formatValue(most, unit)} (${source})`);
  }
  return missed.length > 0 ? 1 : 0;
}

const CONTENDERS: readonly Exclude<Contender, ProbeName>[] = [
  "coldDay",
  "warmDay",
  "query",
  "trace",
  "start",
  "coldWeek",
];
const ALL: readonly Contender[] = [...CONTENDERS, "wire", "scale", "issue", "action"];
const RECORDS = 4_000_000;
const QUICK_RECORDS = 200_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      rounds: { type: "string", default: "3" },
      only: { type: "string", multiple: true, default: [] },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isSafeInteger(rounds) || rounds < 1)
    throw new Error("--rounds takes a whole number from 1");
  const unknown = values.only.find((name) => !(ALL as readonly string[]).includes(name));
  if (unknown !== undefined) throw new Error(`--only takes ${ALL.join(", ")}, not ${unknown}`);
  return {
    json: values.json,
    records: values.quick ? QUICK_RECORDS : RECORDS,
    rounds,
    contenders: new Set(values.only.length === 0 ? ALL : (values.only as Contender[])),
  };
}

function asJson(figures: readonly Figure[], measured: Measurements, data: DataSets): string {
  const { day, week, parquetBytes } = data;
  const sizes = (set: DataSets["day"]) => ({ files: set.files.length, bytes: set.bytes });
  const report = {
    schema: "turnaway.bench/1",
    cores: availableParallelism(),
    node: process.versions.node,
    data: { day: sizes(day), week: sizes(week), parquetBytes },
    figures,
    measured,
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function asText(
  figures: readonly Figure[],
  measured: Measurements,
  { day, week }: DataSets,
): string {
  const rows = CONTENDERS.flatMap((name) => {
    const samples = measured[name];
    if (samples.length === 0) return [];
    const median = (of: (sample: (typeof samples)[number]) => number | null): number =>
      spreadOf(samples.map((sample) => of(sample) ?? 0)).median;
    return [
      [
        name,
        formatValue(
          median((s) => s.seconds),
          "seconds",
        ),
        formatValue(
          median((s) => s.gzipSeconds),
          "seconds",
        ),
        formatValue(
          median((s) => s.cpuSeconds),
          "seconds",
        ),
        formatValue(
          median((s) => s.peakBytes),
          "bytes",
        ),
        formatValue(
          median((s) => s.sharedMemoryBytes),
          "bytes",
        ),
        "",
      ],
    ];
  });
  const heads = ["medians", "time", "gzip", "processor", "memory", "/dev/shm", ""];
  const about = `${day.files.length} files of a day, ${week.files.length} of seven, ${availableParallelism()} cores`;
  return `${about}\n\n${alignRows([heads, ...rows])}\n${figureTable(figures)}`;
}

// Exit 1 says that a limit is missed, so what could not be measured is something else.
process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  return 2;
});
