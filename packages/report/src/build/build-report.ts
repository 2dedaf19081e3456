import {
  type Config,
  type Coverage,
  type Mute,
  protocolName,
  type QueryEngine,
  type Report,
  type Row,
  type Statement,
  isoTime,
  type TimeWindow,
  type Verdict,
} from "@turnaway/core";
import type { SqlSettings } from "@turnaway/sql";

import { buildCoverage, coverageNotices, type ReadCoverage } from "./coverage.ts";
import { buildFindings } from "./findings.ts";
import { writeHeadline } from "./headline.ts";
import { indexInterfaces } from "./interfaces.ts";
import { comparePeriods, type Periods } from "./periods.ts";
import { type Asked, buildReceipt } from "./receipt.ts";
import { gapsToSightings, toSightings } from "./sightings.ts";
import { reportStatements } from "./statements.ts";
import { total } from "./total.ts";

export interface ReportInput {
  readonly config: Config;
  readonly settings: SqlSettings;
  readonly mutes: readonly Mute[];
  /** What `postedKey` of the mask answers: mutes may name a finding as it is posted. */
  readonly postedKey?: ((key: string) => string) | undefined;
  readonly window: TimeWindow;
  /** What the reader of the logs found: files, lines, problems. */
  readonly read: ReadCoverage;
  readonly notices: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Asks the engine, and puts the answers together: rows in, a value out. */
export async function buildReport(engine: QueryEngine, input: ReportInput): Promise<Report> {
  const periods = comparePeriods(input.window, input.config.report.historyDays);
  const statements = reportStatements(input.config, input.settings, periods);
  const asked: Asked[] = [];
  const ask = async (statement: Statement | null): Promise<readonly Row[]> => {
    if (statement === null) return [];
    const result = await engine.run(statement, input.signal);
    asked.push({ name: statement.name, stats: result.stats });
    return result.rows;
  };
  const traffic = await ask(statements.traffic);
  const hours = await ask(statements.hours);
  const logged = await ask(statements.coverage);
  const noise = await ask(statements.noise);
  const interfaces = indexInterfaces(await ask(statements.interfaces));
  const gaps = gapsToSightings(await ask(statements.gaps));
  const sightings = [...toSightings(await ask(statements.detections)), ...gaps];
  const covered = new Set(hours.map((row) => Number(row["period"])));
  const findings = buildFindings({
    sightings,
    config: input.config,
    mutes: input.mutes,
    postedKey: input.postedKey,
    interfaces,
    periods: { last: periods.last, covered },
    windowStart: input.window.start,
    day: periods.list[periods.last]!.label,
  });
  const current = hours.find((row) => row["period"] === periods.last);
  const coverage = buildCoverage(input.read, input.window, Number(current?.["hours"] ?? 0));
  const inWindow = logged.filter((row) => row["period"] === periods.last);
  const totals = buildTotals(traffic, periods.last);
  const usable = inWindow.filter((row) => row["action"] !== null || isQuiet(row));
  const verdict = decideVerdict(coverage, findings, total(usable, "records"));
  const counts = countStatuses(findings);
  return {
    schema: "turnaway.report/1",
    name: input.config.name,
    verdict,
    headline: writeHeadline(verdict, findings, { rejected: BigInt(totals.rejected.records) }),
    window: {
      start: isoTime(input.window.start),
      end: isoTime(input.window.end),
      timezone: input.window.timezone,
    },
    totals,
    counts,
    findings,
    noise: buildNoise(noise),
    latePackets: {
      records: sum(traffic, periods.last, "late_records"),
      pairs: sum(traffic, periods.last, "late_pairs"),
    },
    trend: buildTrend(traffic, periods, covered),
    coverage,
    notices: [
      ...input.notices,
      ...historyNotices(covered, periods),
      ...coverageNotices(input.read),
    ],
    receipt: buildReceipt(engine, asked, input.versions),
  };
}

// Half of the detections compare with earlier days: without any, silence is no proof.
function historyNotices(covered: ReadonlySet<number>, { last }: Periods): string[] {
  if (!covered.has(last) || [...covered].some((period) => period < last)) return [];
  return [
    "No earlier day is known, so nothing can be said to be newly refused, newly let through or unusual. Give several days of logs, or keep a --state.",
  ];
}

// NODATA and SKIPDATA have no action, and say something all the same.
function isQuiet(row: Row): boolean {
  return row["log_status"] === "NODATA" || row["log_status"] === "SKIPDATA";
}

/** `clear` only when the records prove it. */
export function decideVerdict(
  coverage: Coverage,
  findings: Report["findings"],
  records: number | bigint,
): Verdict {
  if (coverage.problems.some((p) => p.partial)) return "partial";
  if (BigInt(records) === 0n) return "no-data";
  const open = findings.some((f) => f.status === "new" || f.status === "ongoing");
  return open ? "findings" : "clear";
}

function buildTotals(traffic: readonly Row[], period: number): Report["totals"] {
  const amount = (kind: string): Report["totals"]["accepted"] => ({
    records: sum(traffic, period, `${kind}_records`),
    packets: sum(traffic, period, `${kind}_packets`),
    bytes: sum(traffic, period, `${kind}_bytes`),
  });
  return { accepted: amount("accepted"), rejected: amount("rejected") };
}

/** Two weeks, the report's day among them, however long the history is. */
const TREND_PERIODS = 14;

function buildTrend(
  traffic: readonly Row[],
  periods: Periods,
  covered: ReadonlySet<number>,
): Report["trend"] {
  return periods.list
    .map((period, i) => ({
      day: period.label,
      accepted: sum(traffic, i, "accepted_records"),
      rejected: sum(traffic, i, "rejected_records"),
      covered: covered.has(i),
    }))
    .slice(-TREND_PERIODS);
}

function buildNoise(rows: readonly Row[]): Report["noise"] {
  const whole = rows.find((row) => row["kind"] === "total");
  const top = (kind: string): { name: string; records: number | bigint }[] =>
    rows
      .filter((row) => row["kind"] === kind)
      .toSorted((a, b) => Number(a["place"]) - Number(b["place"]))
      .map((row) => ({
        name: kind === "port" ? portLabel(String(row["name"])) : String(row["name"]),
        records: row["records"] as number,
      }));
  return {
    records: (whole?.["records"] as number | null) ?? 0,
    sources: (whole?.["sources"] as number | null) ?? 0,
    topPorts: top("port"),
    topSources: top("source"),
  };
}

/** `443/tcp` for `443/6`. */
export function portLabel(name: string): string {
  const [port, protocol] = name.split("/");
  return `${port}/${protocolName(Number(protocol))}`;
}

/** How many findings there are of each status. */
export function countStatuses(findings: Report["findings"]): Report["counts"] {
  const of = (status: string): number => findings.filter((f) => f.status === status).length;
  return { new: of("new"), ongoing: of("ongoing"), resolved: of("resolved"), muted: of("muted") };
}

function sum(rows: readonly Row[], period: number, column: string): number | bigint {
  return total(
    rows.filter((row) => row["period"] === period),
    column,
  );
}
