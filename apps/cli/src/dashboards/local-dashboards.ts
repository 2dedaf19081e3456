import { isoTime, type Problem, type TimeWindow } from "@turnaway/core";
import { expand, filtersOf, sheetsOf, type VisualAsk } from "@turnaway/dashboards";
import type { Traffic } from "@turnaway/engines/duckdb";
import { type NamedDashboard, type SheetSource, sourcesOf } from "@turnaway/preview";
import { coveredWindow, requestedWindow } from "@turnaway/report";
import {
  askedWindow,
  type Options,
  readSettings,
  type Settings,
  text,
  usage,
} from "@turnaway/runs";
import { withState, withTempFolder, withTraffic } from "@turnaway/runs/files";
import { importDataSet } from "@turnaway/sql";

import type { Context } from "../context.ts";
import { writeSample } from "../write-sample.ts";
import { chooseDashboards, definitionsFolder, readDefinitions } from "./definitions-folder.ts";

/** Dashboards over the rows of local logs. */
export interface LocalDashboards {
  readonly dashboards: readonly NamedDashboard[];
  readonly source: SheetSource;
  /** Whose look it is when nobody chose anything. */
  readonly ask: VisualAsk;
  /** What the rows are of, for a person. */
  readonly place: string;
  /** What is missing of the data. */
  readonly problems: readonly Problem[];
}

export interface LocalRequest {
  readonly sources: readonly string[];
  readonly options: Options;
}

/**
 * Reads the logs as a report does, keeps the rows of each data set, and hands the dashboards to
 * `use`.
 *
 * @throws TurnawayError USAGE where nothing says which logs, CONFIG for definitions that are wrong
 */
export async function withLocalDashboards<T>(
  request: LocalRequest,
  context: Context,
  use: (local: LocalDashboards) => Promise<T>,
): Promise<T> {
  const { options } = request;
  const dashboards = readDashboards(options);
  const isSample = options["sample"] === true;
  // The sample is the same everywhere: no configuration that happens to lie about.
  const settings = isSample
    ? readSettings({ ...options, config: undefined, name: "sample" }, { find: false })
    : readSettings(options);
  for (const warning of settings.warnings) context.say(`warning: ${warning}`);
  const window = requestedWindow(askedWindow(options, settings))?.window ?? null;
  const open = async ({ traffic, problems }: OpenTraffic): Promise<T> => {
    const covered = window ?? coveredBy(traffic, settings);
    const ask = askOf(dashboards, { window, covered, settings });
    const relations = await importAll(sourcesOf(dashboards, ask), { traffic, settings }, context);
    // Who looks for hours must not keep the report of the night from its state.
    await traffic.release();
    const source = { engine: traffic.engine, relations, signal: context.signal };
    const missing = window === null ? [] : missingFrom(window, traffic);
    const place = placeOf(request, settings, covered);
    return use({ dashboards, source, ask, problems: [...problems, ...missing], place });
  };
  if (isSample) return withSample({ settings, options, window }, context, open);
  if (request.sources.length === 0 && text(options, "state") !== undefined) {
    return withState({ settings, options }, context, open);
  }
  requireSource(request, settings);
  return withTraffic({ specs: request.sources, settings, options, window }, context, open);
}

interface OpenTraffic {
  readonly traffic: Traffic;
  readonly problems: readonly Problem[];
}

// Nothing that is drawn says where it would be deployed.
const NOWHERE = { partition: "aws", region: "us-east-1", account: "000000000000", prefix: "" };

function readDashboards(options: Options): NamedDashboard[] {
  const definitions = readDefinitions(definitionsFolder(options).path);
  const asked = (options["dashboard"] as string[] | undefined) ?? [];
  const names = chooseDashboards(asked, [...definitions.keys()]);
  return names
    .toSorted((a, b) => rank(a) - rank(b))
    .map((id) => ({
      id,
      dashboard: expand(definitions.get(id)!, NOWHERE),
    }));
}

// What people come for stands first; others follow by name.
const FIRST = ["rejects", "traffic", "peers", "coverage"];

function rank(name: string): number {
  return FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length;
}

function requireSource({ sources }: LocalRequest, { config }: Settings): void {
  if (sources.length > 0 || config.logs.bucket) return;
  throw usage(
    "SOURCE",
    "no file, folder or s3:// was given, and the configuration names no bucket",
    "give a folder of flow logs, `--state PATH` of earlier runs, or `--sample` for simulated ones",
  );
}

const SAMPLE_RECORDS = 20_000;

async function withSample<T>(
  {
    settings,
    options,
    window,
  }: { settings: Settings; options: Options; window: TimeWindow | null },
  context: Context,
  use: (source: OpenTraffic) => Promise<T>,
): Promise<T> {
  return withTempFolder(async (folder) => {
    const sample = { out: folder, now: settings.now, seed: 3, recordsPerDay: SAMPLE_RECORDS };
    await writeSample(sample, context);
    const input = { specs: [folder], settings, options: { ...options, state: undefined }, window };
    return withTraffic(input, context, use);
  });
}

// As a report without a date: the last complete day of what there is.
function coveredBy({ hours }: Traffic, { config, now }: Settings): TimeWindow {
  const { timezone } = config.report;
  const found = coveredWindow(hours as never, { timezone, now });
  return found?.window ?? { start: now - 86_400, end: now, timezone };
}

// Sheets without a row look like a quiet network, and nobody knows that it was one.
function missingFrom(window: TimeWindow, { hours }: Traffic): readonly Problem[] {
  const known = hours as readonly { readonly hour: number }[];
  if (known.some(({ hour }) => hour < window.end && hour + 3600 > window.start)) return [];
  const where = `${isoTime(window.start)} to ${isoTime(window.end)}`;
  return [
    { code: "NO_DATA", where, detail: "the logs have no record of this time", partial: true },
  ];
}

// Dates count back from the last complete day of the logs: a folder of last year's is no empty
// dashboard. A window that was asked for is that of every date.
function askOf(
  dashboards: readonly NamedDashboard[],
  {
    window,
    covered,
    settings,
  }: { window: TimeWindow | null; covered: TimeWindow; settings: Settings },
): VisualAsk {
  const ask = { now: covered.end - 1, timezone: settings.config.report.timezone };
  if (window === null) return ask;
  const dates = dashboards.flatMap(({ dashboard }) =>
    sheetsOf(dashboard)
      .flatMap(({ id }) => filtersOf(dashboard, id))
      .filter((filter) => filter.kind === "filter" && filter.control === "relative-date")
      .map(({ id }) => id),
  );
  const choice = { from: window.start, to: window.end };
  return { ...ask, filters: Object.fromEntries(dates.map((id) => [id, choice])) };
}

async function importAll(
  sources: readonly string[],
  { traffic, settings }: { traffic: Traffic; settings: Settings },
  context: Context,
): Promise<Map<string, string>> {
  const relations = new Map<string, string>();
  for (const name of sources) {
    const { relation, statement } = importDataSet(name, settings.sql);
    await traffic.engine.run(statement, context.signal);
    relations.set(name, relation);
  }
  return relations;
}

function placeOf({ options }: LocalRequest, { config }: Settings, { end }: TimeWindow): string {
  const of = options["sample"] === true ? "Simulated traffic" : config.name;
  return `${of} · logs until ${isoTime(end)}`;
}
