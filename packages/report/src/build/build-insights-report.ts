import {
  type Absent,
  type Config,
  isoTime,
  type LogFormat,
  type Mute,
  type Problem,
  type QueryEngine,
  type QueryResult,
  type Report,
  type Row,
  type TimeWindow,
} from "@turnaway/core";
import { absentSections, type SqlSettings } from "@turnaway/sql";

import { countStatuses, decideVerdict, portLabel } from "./build-report.ts";
import { buildCoverage, coverageNotices } from "./coverage.ts";
import { buildFindings } from "./findings.ts";
import { writeHeadline } from "./headline.ts";
import {
  type InsightsCoverage,
  insightsGaps,
  insightsRead,
  readInsightsCoverage,
} from "./insights-coverage.ts";
import { insideOf, insightsSightings, isInsightsDetection } from "./insights-sightings.ts";
import {
  type InsightsQuestion,
  type InsightsQuestions,
  insightsQuestions,
} from "./insights-statements.ts";
import { indexInterfaces } from "./interfaces.ts";
import { comparePeriods, type Periods } from "./periods.ts";
import { type Asked, buildReceipt } from "./receipt.ts";
import { gapsToSightings, type Sighting } from "./sightings.ts";
import { total } from "./total.ts";

export interface InsightsReportInput {
  readonly config: Config;
  readonly settings: SqlSettings;
  /** Format of the records in the log group. */
  readonly format: LogFormat;
  readonly mutes: readonly Mute[];
  /** What `postedKey` of the mask answers: mutes may name a finding as it is posted. */
  readonly postedKey?: ((key: string) => string) | undefined;
  readonly window: TimeWindow;
  readonly notices: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * The report that CloudWatch Logs Insights can give: the sections of one table, and the
 * others named as absent. Its figures are as logged, its history is one period.
 */
export async function buildInsightsReport(
  engine: QueryEngine,
  input: InsightsReportInput,
): Promise<Report> {
  const { config, window } = input;
  const periods = comparePeriods(window, 1);
  const questions = insightsQuestions({ ...input, periods });
  const answers = await askAll(engine, questions.asked, input.signal);
  const rowsOf = (query: string): readonly Row[] =>
    answers.find((answer) => answer.query === query)?.result.rows ?? [];
  const logged = readInsightsCoverage(rowsOf("coverage"), periods);
  const current = logged.records[periods.last]!;
  const read = insightsRead(logged, {
    period: periods.last,
    format: input.format,
    interfaces: rowsOf("interfaces").length,
    problems: problemsOf(answers, questions),
  });
  const findings = buildFindings({
    sightings: sightingsOf(answers, logged, { config, periods, settings: input.settings }),
    config,
    mutes: input.mutes,
    postedKey: input.postedKey,
    interfaces: indexInterfaces([]),
    periods: { last: periods.last, covered: logged.covered },
    windowStart: window.start,
    day: periods.list[periods.last]!.label,
  });
  const coverage = buildCoverage(read, window, logged.hours[periods.last]!.size);
  const totals = { accepted: amountOf(current, "ACCEPT"), rejected: amountOf(current, "REJECT") };
  const usable = current.filter((row) => row["action"] !== null || row["log_status"] !== "OK");
  const verdict = decideVerdict(coverage, findings, total(usable, "records"));
  return {
    schema: "turnaway.report/1",
    name: config.name,
    verdict,
    headline: writeHeadline(verdict, findings, {
      rejected: BigInt(totals.rejected.records),
      isPartlyAsked: true,
    }),
    window: { start: isoTime(window.start), end: isoTime(window.end), timezone: window.timezone },
    totals,
    counted: "as-logged",
    counts: countStatuses(findings),
    findings,
    noise: buildNoise(rowsOf("noise-sources"), rowsOf("noise-ports")),
    latePackets: null,
    trend: buildTrend(logged, periods),
    coverage,
    absent: absentOf(questions),
    notices: [
      ...input.notices,
      ONE_PERIOD_NOTICE,
      ...historyNotices(logged.covered, periods),
      ...coverageNotices(read),
    ],
    receipt: buildReceipt(engine, asAsked(answers), input.versions),
  };
}

interface Answer extends InsightsQuestion {
  readonly result: QueryResult;
}

// Side by side, as many as the engine lets; when one fails the others are stopped and waited for.
async function askAll(
  engine: QueryEngine,
  questions: readonly InsightsQuestion[],
  signal: AbortSignal | undefined,
): Promise<Answer[]> {
  const failed = new AbortController();
  const own = AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  const settled = await Promise.allSettled(
    questions.map(async (question): Promise<Answer> => {
      try {
        return { ...question, result: await engine.run(question.statement, own) };
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    }),
  );
  if (failed.signal.aborted) throw failed.signal.reason;
  return settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
}

function asAsked(answers: readonly Answer[]): Asked[] {
  return answers.map(({ query, result }) => ({ name: query, stats: result.stats }));
}

function sightingsOf(
  answers: readonly Answer[],
  logged: InsightsCoverage,
  {
    config,
    periods,
    settings,
  }: Pick<InsightsReportInput, "config" | "settings"> & { periods: Periods },
): Sighting[] {
  const isInside = insideOf(settings.localRanges);
  const gaps = config.report.detections["coverage-gap"].enabled
    ? insightsGaps(logged, periods)
    : [];
  return [
    ...answers
      .filter(({ query }) => isInsightsDetection(query))
      .flatMap(({ query, period, result }) =>
        insightsSightings(query, result.rows, { period, isInside }),
      ),
    ...gapsToSightings(gaps),
  ];
}

// An answer that a limit cut is never passed off as whole, nor silence as coverage.
function problemsOf(answers: readonly Answer[], { lacking }: InsightsQuestions): Problem[] {
  const cut = answers.flatMap(({ query, result }): Problem[] =>
    result.cut === undefined
      ? []
      : [{ code: "INSIGHTS_CUT", where: query, detail: result.cut, partial: true }],
  );
  const unproven = lacking.find(({ query }) => query === "coverage");
  if (unproven === undefined) return cut;
  const detail = `the log format lacks ${unproven.fields.join(", ")}, so nothing proves a quiet day`;
  return [...cut, { code: "COVERAGE_UNKNOWN", where: "coverage", detail, partial: true }];
}

function amountOf(rows: readonly Row[], action: string): Report["totals"]["accepted"] {
  const own = rows.filter((row) => row["action"] === action);
  return {
    records: total(own, "records"),
    packets: total(own, "packets"),
    bytes: total(own, "bytes"),
  };
}

const TOP = 10;

// Both come ordered, the most refused first.
function buildNoise(sources: readonly Row[], ports: readonly Row[]): Report["noise"] {
  const records = (row: Row): number | bigint => row["records"] as number | bigint;
  return {
    records: total(sources, "records"),
    sources: sources.length,
    topPorts: ports
      .filter((row) => row["service_port"] !== null && row["service_port"] !== 0)
      .slice(0, TOP)
      .map((row) => ({
        name: portLabel(`${String(row["service_port"])}/${String(row["protocol"])}`),
        records: records(row),
      })),
    topSources: sources
      .slice(0, TOP)
      .map((row) => ({ name: String(row["client"]), records: records(row) })),
  };
}

function buildTrend(logged: InsightsCoverage, periods: Periods): Report["trend"] {
  return periods.list.map(({ label }, period) => ({
    day: label,
    accepted: amountOf(logged.records[period]!, "ACCEPT").records,
    rejected: amountOf(logged.records[period]!, "REJECT").records,
    covered: logged.covered.has(period),
  }));
}

// What Insights can't be asked at all, and what this log format has no fields for.
function absentOf({ lacking }: InsightsQuestions): Absent[] {
  return [
    ...absentSections().map(({ section, absent }) => ({ section, reason: absent })),
    ...lacking.map(({ query, fields }) => ({
      section: query,
      reason: `needs ${fields.join(", ")}, which the log format lacks`,
    })),
  ];
}

const ONE_PERIOD_NOTICE =
  "Asked of CloudWatch Logs Insights, which counts as logged: what two interfaces logged is in the figures twice. It is compared with the period before alone.";

function historyNotices(covered: ReadonlySet<number>, { last }: Periods): string[] {
  if (!covered.has(last) || covered.has(last - 1)) return [];
  return [
    "The period before has no records, so nothing can be said to be newly refused, and every finding is new.",
  ];
}
