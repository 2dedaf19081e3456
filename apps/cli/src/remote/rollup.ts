import { addDays, dayOf, type Row, TurnawayError } from "@turnaway/core";
import {
  cleanBuilds,
  type DayStatus,
  maintainRollup,
  planRollup,
  type RollupPlan,
  type RollupStatus,
  rollupStatus,
  type Warehouse,
} from "@turnaway/engines/warehouse";
import {
  describeDays,
  eachDay,
  type Options,
  parseDays,
  type Settings,
  text,
  type WarehouseEngine,
  wholeNumber,
} from "@turnaway/runs";
import { buildWithProgress, describePlan, withWarehouse } from "@turnaway/runs/remote";
import { type DayRange, ROLLUP_TABLES } from "@turnaway/sql";

import type { Context } from "../context.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

interface Asked {
  readonly settings: Settings;
  readonly options: Options;
}

/**
 * Builds those of the days that are missing or stale, or with `--rebuild` all of them, after
 * saying what that reads and costs. It asks nothing: `--dry-run` stops after the plan.
 *
 * @throws TurnawayError of the first day that failed, after the others were built.
 */
export function buildInWarehouse(
  name: WarehouseEngine,
  { settings, options }: Asked,
  context: Context,
): Promise<void> {
  const range = parseDays(text(options, "days")) ?? daysOfReport(settings);
  const parallel = wholeNumber(options, "parallel", [1, 16]);
  const rebuild = options["rebuild"] === true;
  const { signal } = context;
  return withWarehouse(name, settings, context, async ({ warehouse }) => {
    const plan = await planRollup(warehouse, eachDay(range), { rebuild, signal });
    if (options["dryRun"] === true) return writePlan(plan, warehouse, { options, context });
    if (plan.days.length === 0) {
      await cleanBuilds(warehouse, range, { signal });
      return print(`nothing to build: ${describeDays(eachDay(range))} is up to date\n`);
    }
    context.say(`to build: ${describePlan(plan, warehouse)}`);
    const { built, failed, error } = await buildWithProgress(warehouse, plan, {
      ports: context,
      parallel,
    });
    const days = built.map(({ day }) => day).toSorted();
    if (days.length > 0) await print(`built ${count(days.length, "day")}: ${days.join(", ")}\n`);
    if (error === null) return;
    if (failed.length > 1) context.say(`not built: ${failed.join(", ")}`);
    throw withFix(error, name);
  });
}

/** How each day stands, and what builds left behind. */
export function statusOfWarehouse(
  name: WarehouseEngine,
  { settings, options }: Asked,
  context: Context,
): Promise<void> {
  const range = parseDays(text(options, "days")) ?? {
    ...daysOfReport(settings),
    last: dayOf(settings.now, "UTC"),
  };
  return withWarehouse(name, settings, context, async ({ warehouse }) => {
    const status = await rollupStatus(warehouse, range, context.signal);
    await writeRows({ columns: STATUS, rows: status.days.map(statusRow) }, options, context);
    context.say(describeStatus(status));
  });
}

/** Cleans, puts small files together, and lets go of what no query can read any more. */
export function maintainWarehouse(
  name: WarehouseEngine,
  { settings, options }: Asked,
  context: Context,
): Promise<void> {
  const range = parseDays(text(options, "days")) ?? daysOfReport(settings);
  return withWarehouse(name, settings, context, async ({ warehouse }) => {
    const progress = await context.startProgress("maintaining tables");
    try {
      const cleaned = await maintainRollup(warehouse, range, {
        signal: context.signal,
        onProgress: (_table, done, of) => progress.update(done, of),
      });
      progress.stop();
      await print(
        `maintained ${count(ROLLUP_TABLES.length, "table")}; deleted ${count(cleaned.builds.length, "build")} that nobody read\n`,
      );
    } finally {
      progress.stop();
    }
  });
}

// Yesterday, what it is compared with, and a day more since days of a zone begin in another.
function daysOfReport({ config, now }: Settings): DayRange {
  const last = addDays(dayOf(now, "UTC"), -1);
  return { first: addDays(last, -config.report.historyDays - 1), last };
}

function writePlan(
  plan: RollupPlan,
  warehouse: Warehouse,
  { options, context }: { options: Options; context: Context },
): Promise<void> {
  context.say(`would build ${describePlan(plan, warehouse)}`);
  const rows = [...plan.days, ...plan.upToDate]
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
    .map((day) => ({
      day: day.day,
      status: STATES[day.state],
      action: plan.days.includes(day) ? "build" : "none",
      files: filesOf(day),
      // Where folders are days a build reads the whole day after, too.
      bytes: plan.days.includes(day) ? day.files.expectedBytes : 0,
    }));
  const columns = columnsNamed(["day", "status", "action", "files", "bytes"]);
  return writeRows({ columns, rows }, options, context);
}

const STATUS = columnsNamed(["day", "status", "settling", "files", "records", "rows", "build"]);

const STATES: Readonly<Record<DayStatus["state"], string>> = {
  built: "built",
  missing: "missing",
  "late-files": "late files",
  "changed-sql": "other settings",
  "no-files": "no files",
};

function statusRow(day: DayStatus): Row {
  return {
    day: day.day,
    status: STATES[day.state],
    settling: day.settling,
    files: filesOf(day),
    records: day.build?.records ?? null,
    rows: day.build?.trafficRows ?? null,
    build: day.build?.build ?? null,
  };
}

function filesOf({ files }: DayStatus): number {
  return files.own.length + files.settle.length;
}

function describeStatus({ days, unread, workTables }: RollupStatus): string {
  const due = days.filter(({ state }) => state !== "built" && state !== "no-files");
  const gaps = days.filter(({ state }) => state === "no-files");
  return [
    `${count(due.length, "day")} to build`,
    `${gaps.length} without files`,
    `${count(unread.length, "build")} that nobody reads`,
    `${count(workTables.length, "work table")}; builds clean up when these are old`,
  ].join(", ");
}

function withFix(error: TurnawayError, engine: string): TurnawayError {
  const { detail } = error;
  if (detail.fix !== undefined) return error;
  const fix = `run \`turnaway rollup build --engine ${engine}\` again: what is built stays built`;
  return new TurnawayError(error.code, { ...detail, fix }, { cause: error });
}

function columnsNamed(names: readonly string[]): { name: string; type: string }[] {
  return names.map((name) => ({ name, type: "varchar" }));
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
