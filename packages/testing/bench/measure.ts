import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { type Command, gzip, turnaway } from "./commands.ts";
import type { DataSet, DataSets } from "./data-sets.ts";
import type { Measurements, Sample } from "./figures.ts";
import { type ProbeName, probesOf, runProbe } from "./probes.ts";
import { runToEnd } from "./run-measured.ts";

export type Contender = Exclude<keyof Measurements, "sizes" | "probed"> | ProbeName;

export interface MeasureOptions {
  /** Of a day at scale. */
  readonly records: number;
  readonly rounds: number;
  /** What to measure; the warm report needs the cold one before it. */
  readonly contenders: ReadonlySet<Contender>;
  readonly say: (line: string) => void;
}

/**
 * Measures everything in rounds, each command beside the baseline just before it, so
 * that what else the machine does falls on both.
 */
export async function measureAll(data: DataSets, options: MeasureOptions): Promise<Measurements> {
  const work = mkdtempSync(path.join(tmpdir(), "turnaway-bench-run-"));
  const samples: Record<Exclude<Contender, ProbeName>, Sample[]> = {
    coldDay: [],
    warmDay: [],
    query: [],
    trace: [],
    start: [],
    coldWeek: [],
  };
  let stateBytes = 0;
  try {
    // The first reading of the files comes from the disk, all later ones from memory.
    await runToEnd(gzip([...data.day.files, ...data.week.files]));
    for (let round = 1; round <= options.rounds; round++) {
      const folder = path.join(work, String(round));
      mkdirSync(folder);
      for (const [name, command] of commandsOf(data, folder)) {
        if (!options.contenders.has(name)) continue;
        const sample = await measureOne(data.day, command);
        samples[name].push(sample);
        options.say(`round ${round} of ${options.rounds}, ${name}: ${describe(sample)}`);
        if (name === "coldDay") stateBytes = statSync(path.join(folder, "day.duckdb")).size;
      }
      rmSync(folder, { recursive: true });
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  const sizes = stateBytes === 0 ? null : { stateBytes, parquetBytes: data.parquetBytes };
  return { ...samples, sizes, probed: await probeAll(options) };
}

async function probeAll({
  records,
  rounds,
  contenders,
  say,
}: MeasureOptions): Promise<Measurements["probed"]> {
  const probed = {};
  for (const [name, probe] of Object.entries(probesOf(records))) {
    if (!contenders.has(name as ProbeName)) continue;
    say(`${name}: measuring`);
    Object.assign(probed, await runProbe(probe, rounds));
  }
  return probed;
}

// The order counts: the warm report finds the state that the cold one left.
function commandsOf(
  data: DataSets,
  folder: string,
): readonly [Exclude<Contender, ProbeName>, Command][] {
  const report = (set: DataSet, name: string): Command =>
    turnaway([
      "report",
      set.folder,
      "--out",
      `${path.join(folder, name)}/`,
      "--state",
      path.join(folder, `${name}.duckdb`),
      "--now",
      NOW,
      "--quiet",
    ]);
  return [
    ["start", turnaway(["--help"])],
    ["coldDay", report(data.day, "day")],
    ["warmDay", report(data.day, "day")],
    ["query", turnaway(["query", "top-rejected", data.day.folder, ...TOP])],
    ["trace", turnaway(["trace", data.address, data.day.folder, ...TOP])],
    ["coldWeek", report(data.week, "week")],
  ];
}

/** After the last simulated day. */
const NOW = "2026-11-21T06:00:00Z";

/** What a person reads. Without a limit most of the time goes into printing every refused tuple. */
const TOP = ["--limit", "50", "--now", NOW, "--quiet"];

async function measureOne(day: DataSet, command: Command): Promise<Sample> {
  const baseline = await runToEnd(gzip(day.files));
  const run = await runToEnd(command);
  if (run.output === "") throw new Error(`no output from ${command.args.join(" ")}`);
  const { seconds, cpuSeconds, peakBytes, sharedMemoryBytes } = run;
  return { seconds, gzipSeconds: baseline.seconds, cpuSeconds, peakBytes, sharedMemoryBytes };
}

function describe({ seconds, gzipSeconds, cpuSeconds }: Sample): string {
  const cpu = cpuSeconds === null ? "" : `, ${cpuSeconds.toFixed(2)} s of processor time`;
  return `${seconds.toFixed(2)} s${cpu}, gzip ${gzipSeconds.toFixed(2)} s`;
}
