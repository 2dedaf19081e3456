import {
  addDays,
  dayOf,
  dayWindow,
  type Problem,
  type Report,
  type TimeWindow,
} from "@turnaway/core";
import { pinBuilds, readRollup, type RollupCoverage } from "@turnaway/engines/warehouse";
import {
  buildReceipt,
  buildReport,
  type ChosenWindow,
  coveredWindow,
  requestedWindow,
} from "@turnaway/report";
import type { DayRange } from "@turnaway/sql";

import { askedWindow } from "../asked-window.ts";
import type { WarehouseEngine } from "../choose-engine.ts";
import { eachDay } from "../days.ts";
import type { Ports } from "../ports.ts";
import type { Settings } from "../read-settings.ts";
import { newestDelivery } from "../remote/newest-delivery.ts";
import { type OpenWarehouse, withWarehouse } from "../remote/open-warehouse.ts";
import { type UpdatedRollup, updateRollup } from "../remote/update-rollup.ts";
import { readCoverage } from "./read-coverage.ts";
import type { ReportRequest } from "./report-request.ts";

interface Run {
  readonly settings: Settings;
  readonly ports: Ports;
}

/**
 * The report of Athena or Trino: builds the days of the rollup that are missing or stale,
 * and asks the rollup. Over the same records it is the report that DuckDB gives.
 */
export async function reportOnWarehouse(
  name: WarehouseEngine,
  { settings, options, postedKey }: ReportRequest,
  ports: Ports,
): Promise<Report> {
  const run = { settings, ports };
  const asked = requestedWindow(askedWindow(options, settings));
  return withWarehouse(name, settings, ports, async (open) => {
    const { chosen, rollup, problems } =
      asked === null ? await chooseDay(open, run) : await ready(open, run, asked);
    const { config, sql, mutes } = settings;
    const { place } = open.warehouse;
    const report = await buildReport(pinBuilds({ engine: open.log.engine, place }, rollup.days), {
      config,
      settings: sql,
      mutes,
      postedKey,
      window: chosen.window,
      read: readCoverage(rollup, problems),
      notices: chosen.notice === null ? [] : [chosen.notice],
      versions: ports.versions,
      signal: ports.signal,
    });
    // With the builds and the coverage, which are asked outside of the report.
    return { ...report, receipt: buildReceipt(open.log.engine, open.log.asked, ports.versions) };
  });
}

interface Ready {
  readonly chosen: ChosenWindow;
  readonly rollup: RollupCoverage;
  readonly problems: readonly Problem[];
}

/** The days of a window and its history in the rollup, and their coverage. */
async function ready(
  { warehouse }: OpenWarehouse,
  { settings, ports }: Run,
  chosen: ChosenWindow,
): Promise<Ready> {
  const range = daysFor(chosen.window, settings);
  const { published, problems, silent } = await updateRollup(warehouse, eachDay(range), ports);
  const { signal } = ports;
  const rollup = await readRollup(warehouse, range, { published, hours: false, signal });
  return {
    chosen,
    rollup,
    problems: [...problems, ...gapsIn(chosen.window, { silent, published })],
  };
}

/**
 * The last complete day. Which one that is only the rollup knows: so the days are built up to
 * the one that files reach the end of, and a day under way only where no day is whole.
 */
async function chooseDay(open: OpenWarehouse, run: Run): Promise<Ready> {
  const { settings, ports } = run;
  const { timezone } = settings.config.report;
  const newest = await newestDelivery(open, settings.now, ports.signal);
  const day = dayWindow(lastReached(newest ?? settings.now, timezone), timezone);
  const range = daysFor(day, settings);
  const settled = await chooseAmong(open, run, { range, day });
  if (newest === null || isDay(settled.chosen.window)) return settled;
  return chooseAmong(open, run, { range: { ...range, last: dayOf(newest, "UTC") }, day });
}

async function chooseAmong(
  { warehouse }: OpenWarehouse,
  { settings, ports }: Run,
  { range, day }: { range: DayRange; day: TimeWindow },
): Promise<Ready> {
  const { published, problems, silent } = await updateRollup(warehouse, eachDay(range), ports);
  const { signal } = ports;
  const rollup = await readRollup(warehouse, range, { published, signal });
  const { timezone } = settings.config.report;
  const covered = coveredWindow(rollup.hours as never, { timezone, now: settings.now });
  const chosen = covered ?? { window: day, notice: null };
  return {
    chosen,
    rollup,
    problems: [...problems, ...gapsIn(chosen.window, { silent, published })],
  };
}

// What an account of the configuration did not deliver is missing in every number of the day, and
// what was delivered where the table does not look is missing, too: neither is silence.
function gapsIn(
  { start, end }: TimeWindow,
  { silent, published }: Pick<UpdatedRollup, "silent" | "published">,
): Problem[] {
  const [first, last] = [dayOf(start, "UTC"), dayOf(end - 1, "UTC")];
  const isAsked = ({ day }: { day: string }): boolean => day >= first && day <= last;
  return [
    ...silent.filter(isAsked).map(({ day, kind, name }) => ({
      code: "SCOPE_SILENT",
      where: `${kind} ${name}, ${day}`,
      detail: `nothing was delivered for this ${kind} of turnaway.yml: its flow log is gone or may not write to the bucket`,
      partial: true,
    })),
    ...published
      .filter((build) => isAsked(build) && build.files > 0 && BigInt(build.records) === 0n)
      .map(({ day, files }) => ({
        code: "FILES_NOT_READ",
        where: day,
        detail: `${files} files were delivered and no record of them was found: the table looks in another place or for another format; see \`turnaway doctor\``,
        partial: true,
      })),
  ];
}

/** The last day of the zone in whose last hour, or after it, something was delivered. */
function lastReached(newest: number, timezone: string): string {
  const day = dayOf(newest, timezone);
  return newest >= dayWindow(day, timezone).end - 3600 ? day : addDays(day, -1);
}

function isDay({ start, end, timezone }: TimeWindow): boolean {
  const day = dayWindow(dayOf(start, timezone), timezone);
  return day.start === start && day.end === end;
}

// A day more than the history, since days of a zone begin in the UTC day before.
function daysFor({ start, end }: TimeWindow, { config }: Settings): DayRange {
  const first = addDays(dayOf(start, "UTC"), -config.report.historyDays - 1);
  return { first, last: dayOf(end - 1, "UTC") };
}
