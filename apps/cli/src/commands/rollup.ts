import { addDays, dayWindow, type Row } from "@turnaway/core";
import { type Build, dueDays, listBuilds } from "@turnaway/engines/duckdb";
import {
  chooseEngine,
  isDay,
  type Options,
  parseDays,
  readSettings,
  refuseOptions,
  refuseSources,
  requireWarehouse,
  type Settings,
  text,
  usage,
} from "@turnaway/runs";
import {
  findFiles,
  nameSource,
  statePath,
  withTempFolder,
  withTraffic,
} from "@turnaway/runs/files";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import { print } from "../write-output.ts";
import { reportProblems, writeRows } from "../write-rows.ts";

/** `turnaway rollup build SOURCE…`: reads what changed, or the days that are named, into the state. */
export const build: Run = async ([sources], options, context) => {
  const settings = readSettings(options);
  const engine = chooseEngine(options);
  if (engine !== "duckdb") {
    const warehouse = requireWarehouse(engine, "rollup", NO_ROLLUP);
    refuseSources(warehouse, (sources as readonly string[]) ?? []);
    const { buildInWarehouse } = await import("../remote/rollup.ts");
    return buildInWarehouse(warehouse, { settings, options }, context);
  }
  refuseOptions(engine, options, {
    parallel: "--parallel",
    dryRun: "--dry-run",
    rebuild: "--rebuild",
  });
  const path = requireState(settings, options);
  const days = parseDays(text(options, "days"));
  const input = {
    specs: (sources as readonly string[]) ?? [],
    settings,
    options,
    window: days === null ? null : windowOf(days),
    days,
    rebuild: days !== null,
  };
  await withTraffic(input, context, async ({ traffic, problems }) => {
    await print(`${describeBuilt(traffic.built, path)}\n`);
    reportProblems(problems, context);
  });
};

/** `turnaway rollup status`: the days of a state file, and those that are missing among them. */
export const status: Run = async ([sources], options, context) => {
  const settings = readSettings(options);
  const engine = chooseEngine(options);
  const specs = (sources as readonly string[]) ?? [];
  if (engine !== "duckdb") {
    const warehouse = requireWarehouse(engine, "rollup", NO_ROLLUP);
    refuseSources(warehouse, specs);
    const { statusOfWarehouse } = await import("../remote/rollup.ts");
    return statusOfWarehouse(warehouse, { settings, options }, context);
  }
  refuseOptions(engine, options, { days: "--days" });
  const path = requireState(settings, options);
  const onWait = (): void => context.say("waiting for a run that uses the state file");
  const { builds, bytes } = await listBuilds({ path, signal: context.signal, onWait });
  const shown =
    specs.length === 0 ? builds : builds.filter(({ source }) => source === nameSource(specs).id);
  const due = specs.length === 0 ? [] : await findDue(specs, { builds: shown, settings }, context);
  await writeRows({ columns: COLUMNS, rows: statusRows(shown, due) }, options, context);
  const sourcesShown = new Set(shown.map(({ source }) => source)).size;
  context.say(
    `${path}: ${megabytes(bytes)}, ${shown.length} days of ${count(sourcesShown, "source")}`,
  );
};

/** `turnaway rollup maintain`: keeps the Iceberg tables small. */
export const maintain: Run = async (_args, options, context) => {
  const settings = readSettings(options);
  const fix = "a state file keeps itself small; use --engine athena (the default here) or trino";
  const engine = requireWarehouse(chooseEngine(options, "athena"), "tables to maintain", fix);
  const { maintainWarehouse } = await import("../remote/rollup.ts");
  return maintainWarehouse(engine, { settings, options }, context);
};

const NO_ROLLUP =
  "a report from Logs Insights asks the records themselves, so there is nothing to build";

const COLUMNS = ["source", "day", "status", "rows", "records"].map((name) => ({
  name,
  type: "varchar",
}));

/** A row for each day that is built, and for each between two of them that is not. */
export function statusRows(builds: readonly Build[], due: readonly string[] | null): Row[] {
  const sources = Map.groupBy(builds, ({ source }) => source);
  const rows = [...sources.values()].flatMap((own) =>
    sourceRows(own, due ?? own.map(({ day }) => day)),
  );
  const unknown = (due ?? []).filter((day) => !rows.some((row) => row["day"] === day));
  const name = builds[0]?.name ?? null;
  return [
    ...rows,
    ...unknown.map((day) => ({ source: name, day, status: "not built", rows: 0, records: 0 })),
  ];
}

function sourceRows(builds: readonly Build[], due: readonly string[]): Row[] {
  const rows: Row[] = [];
  let next = builds[0]!.day;
  for (const { source, name, day, rows: own, records } of builds) {
    for (; isDay(next) && next < day; next = addDays(next, 1)) {
      rows.push({ source: name ?? source, day: next, status: "missing", rows: 0, records: 0 });
    }
    const status = due.includes(day) ? "changed" : records === 0 ? "empty" : "built";
    rows.push({ source: name ?? source, day, status, rows: own, records });
    next = isDay(day) ? addDays(day, 1) : day;
  }
  return rows;
}

function findDue(
  specs: readonly string[],
  { builds, settings }: { builds: readonly Build[]; settings: Settings },
  context: Context,
): Promise<readonly string[] | null> {
  // What is in a bucket is not listed whole, let alone downloaded, for a status.
  if (specs.some((spec) => spec === "-" || spec.startsWith("s3://"))) return Promise.resolve([]);
  return withTempFolder(async (tempDir) => {
    const { files } = await findFiles(specs, { settings, tempDir, window: null }, context);
    return dueDays({
      files,
      builds,
      settings: settings.sql,
      settleHours: settings.config.report.settleHours,
    });
  });
}

function requireState(settings: Settings, options: Options): string {
  const path = statePath(settings, options);
  if (path !== null) return path;
  throw usage(
    "--state",
    "there is no configuration to keep the state beside",
    "name a file, for example --state ./state.duckdb",
  );
}

function windowOf({ first, last }: { first: string; last: string }) {
  return { start: dayWindow(first, "UTC").start, end: dayWindow(last, "UTC").end, timezone: "UTC" };
}

function describeBuilt(built: readonly string[], path: string): string {
  const days = built.toSorted();
  if (days.length === 0) return `nothing to build: ${path} is up to date`;
  return `built ${count(days.length, "day")} into ${path}: ${days.join(", ")}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
