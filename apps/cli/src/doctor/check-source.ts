import { addDays, dayOf, isoTime, type Row } from "@turnaway/core";
import { type Check, fail, failed, ok, warn } from "@turnaway/core/checks";
import { openTraffic, type Traffic } from "@turnaway/engines/duckdb";
import type { Settings } from "@turnaway/runs";
import { findFiles, type FoundFiles, spread, withTempFolder } from "@turnaway/runs/files";
import type { SourceFile } from "@turnaway/sources";

import type { Context } from "../context.ts";

/** Files that are read: enough to see formats and damage, quick on any folder. */
const SAMPLE = 12;

/** The source: found, readable, of a known format, fresh, without holes. */
export async function checkSource(
  specs: readonly string[],
  settings: Settings,
  context: Context,
): Promise<Check[]> {
  if (specs.length === 0 && !settings.config.logs.bucket) {
    return [
      warn(
        "SOURCE",
        "no source was given, so no logs were looked at",
        "turnaway doctor ./flow-logs",
      ),
    ];
  }
  return withTempFolder(async (tempDir) => {
    let found: FoundFiles;
    try {
      found = await findFiles(specs, { settings, tempDir, window: null, sample: SAMPLE }, context);
    } catch (error) {
      return failed(isS3(specs) ? "S3" : "SOURCE", error);
    }
    const sample = spread(found.files, SAMPLE);
    return [
      ok(
        isS3(specs) ? "S3" : "SOURCE",
        `${count(found.files.length, "file")}, ${(sizeOf(found.files) / 1e6).toFixed(1)} MB`,
      ),
      ...found.problems.map(({ code, where, detail, partial }) =>
        partial ? fail(code, `${where}: ${detail}`) : warn(code, `${where}: ${detail}`),
      ),
      ...(await checkSample(sample, { found, settings, context })),
    ];
  });
}

async function checkSample(
  files: readonly SourceFile[],
  { found, settings, context }: { found: FoundFiles; settings: Settings; context: Context },
): Promise<Check[]> {
  let traffic: Traffic;
  try {
    traffic = await readSample(files, settings, context);
  } catch (error) {
    return failed("FORMAT", error);
  }
  try {
    const whole = files.length === found.files.length;
    return [
      ...checkFormat(traffic, files.length),
      checkFreshness(traffic, found.files, settings.now),
      checkGaps(daysOf(found.files) ?? (whole ? daysWithRecords(traffic.hours) : null)),
      checkSkipped(traffic.logged),
    ];
  } finally {
    traffic.close();
  }
}

function readSample(
  files: readonly SourceFile[],
  settings: Settings,
  { signal }: Context,
): Promise<Traffic> {
  return openTraffic({
    files,
    source: "sample",
    sourceName: "sample",
    settings: settings.sql,
    settleHours: settings.config.report.settleHours,
    wanted: null,
    state: { path: null, shareDays: false },
    signal,
    ...(settings.format === undefined ? {} : { format: settings.format }),
  });
}

function checkFormat({ coverage }: Traffic, files: number): Check[] {
  const { formats, malformed, records, problems } = coverage;
  const damage = problems.filter(({ partial }) => partial);
  const fields = formats[0]?.fields.split(" ") ?? [];
  const missing = ["srcaddr", "dstaddr", "action"].filter(
    (name) => fields.length > 0 && !fields.includes(name) && !fields.includes(`pkt-${name}`),
  );
  const read = `${count(records, "record")} in ${count(files, "sampled file")}, ${count(formats.length, "format")}, most of ${fields.length} fields`;
  return [
    records === 0
      ? warn("FORMAT", `no record in ${count(files, "sampled file")}`)
      : ok("FORMAT", read),
    ...damage.map(({ code, where, detail }) =>
      fail(code, `${where}: ${detail}`, "fetch the file again; what is good in it is read"),
    ),
    ...(missing.length === 0
      ? []
      : [
          fail(
            "FIELDS",
            `the format has no ${missing.join(", ")}`,
            "add the fields to the flow log: without them there is no report",
          ),
        ]),
    ...(fields.length > 0 && !fields.includes("flow-direction")
      ? [
          warn(
            "FIELDS",
            "no flow-direction in the format: direction is worked out from ports and pairs",
            "log the rich format for more certainty",
          ),
        ]
      : []),
    ...(malformed === 0
      ? []
      : [
          warn(
            "MALFORMED",
            `${malformed} of ${records} records are malformed`,
            "turnaway report names the first of them",
          ),
        ]),
  ];
}

function checkFreshness({ logged }: Traffic, files: readonly SourceFile[], now: number): Check {
  const ends = logged.flatMap((row) => (row["last_end"] === null ? [] : [Number(row["last_end"])]));
  const newest = [...ends, ...files.flatMap((file) => file.deliveredAt ?? [])].reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  if (newest === 0) return warn("FRESHNESS", "no record has a time");
  const age = now - newest;
  const what = `newest record ${isoTime(newest)}, ${describeAge(age)}`;
  if (age < -3600) return warn("FRESHNESS", what, "check this machine's clock, or --now");
  if (age > 2 * 86_400)
    return warn("FRESHNESS", what, "fetch newer logs, or look whether the flow log still delivers");
  return ok("FRESHNESS", what);
}

function describeAge(seconds: number): string {
  const hours = Math.round(Math.abs(seconds) / 3600);
  const length = hours < 48 ? count(hours, "hour") : count(Math.round(hours / 24), "day");
  return seconds < 0 ? `${length} in the future` : `${length} old`;
}

/** Days with files, where every file's name says when it was delivered. */
function daysOf(files: readonly SourceFile[]): readonly string[] | null {
  const days = new Set<string>();
  for (const { deliveredAt } of files) {
    if (deliveredAt === null) return null;
    days.add(dayOf(deliveredAt, "UTC"));
  }
  return [...days].toSorted();
}

function daysWithRecords(hours: readonly Row[]): readonly string[] {
  return [
    ...new Set(hours.flatMap(({ hour }) => (hour === null ? [] : [dayOf(Number(hour), "UTC")]))),
  ].toSorted();
}

function checkGaps(days: readonly string[] | null): Check {
  if (days === null) {
    return ok(
      "GAPS",
      "the names of the files do not tell their days: a report shows the hours that are missing",
    );
  }
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return warn("GAPS", "no day has files");
  const missing: string[] = [];
  const present = new Set(days);
  for (let day = first; day < last; day = addDays(day, 1)) if (!present.has(day)) missing.push(day);
  if (missing.length === 0)
    return ok("GAPS", `${count(days.length, "day")}, ${first} to ${last}, none missing between`);
  const shown = missing.slice(0, 5).join(", ") + (missing.length > 5 ? ", …" : "");
  return warn(
    "GAPS",
    `${count(missing.length, "day")} without files: ${shown}`,
    "fetch them: what happened there can't be told",
  );
}

function checkSkipped(logged: readonly Row[]): Check {
  const sum = (rows: readonly Row[]): number =>
    rows.reduce((total, { records }) => total + Number(records), 0);
  const all = sum(logged);
  const skipped = sum(logged.filter((row) => row["log_status"] === "SKIPDATA"));
  const what = `${skipped} of ${all} sampled records are SKIPDATA: AWS lost what they stand for`;
  if (skipped === 0) return ok("SKIPDATA", "none in the sample");
  return skipped * 100 > all
    ? warn("SKIPDATA", what, "aggregate over 600 seconds, or split busy interfaces")
    : ok("SKIPDATA", what);
}

function isS3(specs: readonly string[]): boolean {
  return specs.some((spec) => spec.startsWith("s3://")) || specs.length === 0;
}

function sizeOf(files: readonly SourceFile[]): number {
  return files.reduce((total, { size }) => total + size, 0);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
