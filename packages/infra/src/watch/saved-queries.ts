import type { LogFormat } from "@turnaway/core";
import {
  composeInsights,
  getSqlFile,
  type InsightsFile,
  insightsName,
  lackingFields,
  listInsights,
  type SqlSettings,
} from "@turnaway/sql";

/** A query as CloudWatch Logs Insights keeps it. */
export interface SavedQuery {
  /** As `turnaway query` takes it: `top-rejected-sources`. */
  readonly name: string;
  /** What its rows are. */
  readonly what: string;
  readonly text: string;
}

/** The whole catalogue for one log format, and what of it there can't be. */
export interface SavedQueries {
  readonly queries: readonly SavedQuery[];
  readonly absent: readonly { readonly name: string; readonly why: string }[];
}

export interface SavedQueryOptions {
  readonly format: LogFormat;
  readonly settings: SqlSettings;
  /** Thresholds of detections, by their id; what is not there has its default. */
  readonly thresholds: Thresholds;
}

export type Thresholds = Readonly<
  Record<string, { readonly params: Readonly<Record<string, unknown>> }>
>;

/**
 * Every query of Logs Insights for a log format, to be kept beside the log group.
 *
 * The time range of the console is their window; the one in the text holds for ever.
 */
export function savedQueries({ format, settings, thresholds }: SavedQueryOptions): SavedQueries {
  const absent: { name: string; why: string }[] = [];
  const queries = listInsights().flatMap((file) => {
    const name = insightsName(file);
    const why = whyAbsent(file, format);
    if (why !== undefined) absent.push({ name, why });
    if (why !== undefined) return [];
    const values = thresholdsOf(file, thresholds);
    const { sql } = composeInsights(file, { format, settings, window: ALWAYS, values });
    return [{ name, what: file.what, text: sql }];
  });
  return { queries, absent };
}

/** From 1970 to the end of the year 9999: Insights reads no event outside of the chosen range. */
const ALWAYS = { start: 0, end: 253_402_300_800 };

/** Compares a period with the one before it, and the console knows one time range. */
const OF_TWO_PERIODS = "newly-rejected";

function whyAbsent(file: InsightsFile, format: LogFormat): string | undefined {
  if (insightsName(file) === OF_TWO_PERIODS) return "it compares two periods";
  const lacking = lackingFields(file, format);
  return lacking.length === 0 ? undefined : `the log format lacks ${lacking.join(", ")}`;
}

function thresholdsOf(file: InsightsFile, thresholds: Thresholds): Record<string, number> {
  return Object.fromEntries(
    Object.keys(file.values ?? {}).map((name) => {
      const set = thresholds[insightsName(file)]?.params[name];
      const byDefault = getSqlFile("detections", file.name).parameters?.[name]?.default;
      return [name, Number(set ?? byDefault)];
    }),
  );
}
