import type { Config, DetectionId, LogFormat, TimeWindow } from "@turnaway/core";
import {
  composeInsights,
  findInsights,
  getSqlFile,
  type InsightsStatement,
  lackingFields,
  type SqlSettings,
} from "@turnaway/sql";

import type { Periods } from "./periods.ts";

/** The questions of one report, each with the period that its rows are of. */
export interface InsightsQuestions {
  readonly asked: readonly InsightsQuestion[];
  /** What can't be asked of this log format: query, and the fields that it lacks. */
  readonly lacking: readonly { readonly query: string; readonly fields: readonly string[] }[];
}

export interface InsightsQuestion {
  readonly query: string;
  /** Null where the rows say their period, or are of the report's window alone. */
  readonly period: number | null;
  readonly statement: InsightsStatement;
}

export interface InsightsQuestionsInput {
  readonly config: Config;
  readonly settings: SqlSettings;
  readonly format: LogFormat;
  /** The report's period and the one before it. */
  readonly periods: Periods;
}

/**
 * What a report asks of Insights.
 *
 * Every question scans its window again, so the history is one period, and questions that
 * can tell the two apart in one scan do.
 */
export function insightsQuestions(input: InsightsQuestionsInput): InsightsQuestions {
  const { last, list } = input.periods;
  const [before, now] = [list[last - 1]!, list[last]!];
  const both = { window: { start: before.start, end: now.end }, cut: now.start };
  const first = { window: before, cut: before.start };
  const wanted: readonly Wanted[] = [
    { query: "coverage", ...both, period: null },
    { query: "interfaces", window: now, period: null },
    { query: "noise-sources", window: now, period: null },
    { query: "noise-ports", window: now, period: null },
    { query: "newly-rejected", ...both, period: last },
    { query: "internal-denied", ...both, period: last },
    { query: "internal-denied", ...first, period: last - 1 },
    { query: "egress-denied", ...both, period: last },
    { query: "egress-denied", ...first, period: last - 1 },
    { query: "port-scan", ...both, period: null },
    { query: "host-sweep", ...both, period: null },
    { query: "admin-port-open", ...both, period: null },
  ];
  const enabled = wanted.filter(({ query }) => isEnabled(query, input.config));
  const lacks = (query: string): readonly string[] =>
    lackingFields(findInsights(query), input.format);
  const queries = [...new Set(enabled.map(({ query }) => query))];
  return {
    asked: enabled
      .filter(({ query }) => lacks(query).length === 0)
      .map((one) => ({ query: one.query, period: one.period, statement: compose(one, input) })),
    lacking: queries
      .map((query) => ({ query, fields: lacks(query) }))
      .filter(({ fields }) => fields.length > 0),
  };
}

interface Wanted {
  readonly query: string;
  readonly window: Pick<TimeWindow, "start" | "end">;
  readonly cut?: number;
  readonly period: number | null;
}

// A query that has the name of a detection is that detection.
function isEnabled(query: string, { report }: Config): boolean {
  return report.detections[query as DetectionId]?.enabled ?? true;
}

function compose(
  { query, window, cut }: Wanted,
  { config, settings, format }: InsightsQuestionsInput,
): InsightsStatement {
  const file = findInsights(query);
  return composeInsights(file, {
    settings,
    format,
    window,
    ...(cut === undefined ? {} : { cut }),
    ...(file.values === undefined ? {} : { values: thresholds(query as DetectionId, config) }),
  });
}

// The same numbers as in SQL: the configuration's, else those of the detection's own file.
function thresholds(id: DetectionId, { report }: Config): Record<string, number> {
  const own = report.detections[id].params;
  const { parameters = {} } = getSqlFile("detections", id.replaceAll("-", "_"));
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      Number(own[name] ?? parameter.default),
    ]),
  );
}
