import { addDays, type LogFormat, type S3Layout } from "@turnaway/core";
import { filesOf, simulate, type Simulation } from "@turnaway/simulator";

/** Simulated logs in one format, file format and layout: each stands for one customer. */
export interface DataSet {
  readonly name: string;
  readonly format: "default" | "rich";
  readonly fileFormat: "text" | "parquet";
  readonly layout: S3Layout;
  /** Everything of the catalogue, or the raw rows and what the rollup is made of. */
  readonly scope: "all" | "raw";
}

/** Every format with every file format, every layout with both. */
export const DATA_SETS: readonly DataSet[] = [
  {
    name: "rich_text_default",
    format: "rich",
    fileFormat: "text",
    layout: "default",
    scope: "all",
  },
  {
    name: "default_parquet_hive",
    format: "default",
    fileFormat: "parquet",
    layout: "hive",
    scope: "all",
  },
  {
    name: "rich_parquet_hourly",
    format: "rich",
    fileFormat: "parquet",
    layout: "hourly",
    scope: "raw",
  },
  {
    name: "default_text_hive_hourly",
    format: "default",
    fileFormat: "text",
    layout: "hive-hourly",
    scope: "raw",
  },
];

/** The eight days in which every kind of incident fits, across the end of a month. */
export const DAYS: readonly string[] = Array.from({ length: 8 }, (_, i) =>
  addDays("2026-10-27", i),
);

// The end of a month, and what is before it: no detection looks at these.
const FEW_DAYS = DAYS.slice(2, 6);

/** Unix seconds, half open. */
export const SPAN = {
  start: Date.parse(`${DAYS[0]}T00:00:00Z`) / 1000,
  end: Date.parse(`${addDays(DAYS.at(-1)!, 1)}T00:00:00Z`) / 1000,
} as const;

/** One delivered object, its records as text with a header. */
export interface LogFile {
  readonly key: string;
  readonly format: LogFormat;
  readonly text: string;
}

export function simulateDataSet({ format }: Pick<DataSet, "format">): Simulation {
  return simulate({
    seed: 4,
    startDay: DAYS[0]!,
    days: DAYS.length,
    format,
    recordsPerDay: 2500,
    hosts: 60,
  });
}

/**
 * The files of a data set, one an hour where AWS writes one every five minutes: a partition
 * still has several, and a small Trino opens each on its own. What is delivered after the
 * last day belongs to nobody's question, but for the last records of that day.
 */
export function* filesOfDataSet(set: DataSet, simulation: Simulation): Generator<LogFile> {
  const ext = set.fileFormat === "parquet" ? "log.parquet" : "log.gz";
  for (const day of set.scope === "all" ? DAYS : FEW_DAYS) {
    let file: { key: string; format: LogFormat; hour: number; parts: string[] } | undefined;
    for (const next of filesOf(simulation, { layout: set.layout, day, ext })) {
      const hour = Math.floor(next.fileTime / 3600);
      const text = [...next.text()].join("");
      if (file?.hour === hour) {
        file.parts.push(text.slice(text.indexOf("\n") + 1));
        continue;
      }
      if (file !== undefined) yield whole(file);
      file = { key: next.key, format: next.format, hour, parts: [text] };
    }
    if (file !== undefined) yield whole(file);
  }
}

function whole({
  key,
  format,
  parts,
}: {
  key: string;
  format: LogFormat;
  parts: string[];
}): LogFile {
  return { key, format, text: parts.join("") };
}
