import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { addDays, dayWindow, type Report, type S3Layout } from "@turnaway/core";
import { buildReport } from "@turnaway/report";
import { readSettings, type Settings } from "@turnaway/runs";
import { withTraffic } from "@turnaway/runs/files";
import { readCoverage } from "@turnaway/runs/reports";
import {
  filesOf,
  type Incident,
  simulate,
  type SimulatedFile,
  type Simulation,
} from "@turnaway/simulator";

import { openParquetWriter } from "../../src/parquet-writer.ts";
import { silentPorts } from "../support/silent-ports.ts";

/** One simulated VPC, and how its flow log is written. */
export interface Vpc {
  readonly seed: number;
  readonly format: "default" | "rich";
  readonly layout: S3Layout;
  readonly fileFormat: "text" | "parquet";
}

/** What was planted in a VPC, and what the report of each of its days said. */
export interface ReportedDays {
  readonly incidents: readonly Incident[];
  /** By day, oldest first. */
  readonly reports: ReadonlyMap<string, Report>;
}

const START_DAY = "2026-11-10";
const DAYS = 8;
const RECORDS_PER_DAY = 11_000;

/**
 * Simulates the VPC, reads its files once, and reports on every day as somebody would
 * who runs the report every morning: the history of a day is the days before it.
 */
export async function reportDays(vpc: Vpc): Promise<ReportedDays> {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-precision-"));
  try {
    const simulation = simulate({
      ...vpc,
      startDay: START_DAY,
      days: DAYS,
      recordsPerDay: RECORDS_PER_DAY,
    });
    await writeHourlyFiles(simulation, vpc, folder);
    return { incidents: simulation.incidents, reports: await reportFolder(folder) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const days = Array.from({ length: DAYS }, (_, index) => addDays(START_DAY, index));

// AWS delivers every five minutes. One file an hour holds the same records, and there
// are twelve times fewer to open.
async function writeHourlyFiles(simulation: Simulation, vpc: Vpc, folder: string): Promise<void> {
  const { layout, fileFormat } = vpc;
  const ext = fileFormat === "parquet" ? "log.parquet" : "log.gz";
  const parquet = fileFormat === "parquet" ? await openParquetWriter() : undefined;
  try {
    for (const day of days) {
      const files = [...filesOf(simulation, { layout, day, ext })];
      const hours = Map.groupBy(files, ({ fileTime }) => Math.floor(fileTime / 3600));
      for (const hour of hours.values()) {
        const target = path.join(folder, hour[0]!.key);
        mkdirSync(path.dirname(target), { recursive: true });
        const text = joinFiles(hour);
        if (parquet === undefined) writeFileSync(target, gzipSync(text, { level: 1 }));
        else await parquet.write(target, [text], simulation.settings.format);
      }
    }
  } finally {
    parquet?.close();
  }
}

function joinFiles(files: readonly SimulatedFile[]): string {
  const texts = files.map((file) => [...file.text()].join(""));
  return texts.map((text, i) => (i === 0 ? text : text.slice(text.indexOf("\n") + 1))).join("");
}

async function reportFolder(folder: string): Promise<ReadonlyMap<string, Report>> {
  const settings = defaultSettings(folder);
  const input = { specs: [folder], settings, options: {}, window: null };
  return withTraffic(input, silentPorts(), async (source) => {
    const reports = new Map<string, Report>();
    for (const day of days) {
      const report = await buildReport(source.traffic.engine, {
        config: settings.config,
        settings: settings.sql,
        mutes: [],
        window: dayWindow(day, "UTC"),
        read: readCoverage(source.traffic, source.problems),
        notices: [],
        versions: {},
      });
      reports.set(day, report);
    }
    return reports;
  });
}

// An empty configuration: all defaults, and nothing of the checkout's own turnaway.yml.
function defaultSettings(folder: string): Settings {
  const config = path.join(folder, "..", `${path.basename(folder)}.yml`);
  writeFileSync(config, "");
  try {
    return {
      ...readSettings({ config, now: `${addDays(START_DAY, DAYS)}T06:00:00Z` }),
      configDir: null,
    };
  } finally {
    rmSync(config);
  }
}
