import { dayWindow } from "@turnaway/core";
import { comparePeriods, periodFragments } from "@turnaway/report";
import {
  partitionColumnList,
  partitionPredicate,
  type RawScope,
  rawScope,
  windowFragments,
} from "@turnaway/sql";

import type { Settings } from "../read-settings.ts";

/** Dialects of SQL; Logs Insights has a language of its own. */
export type SqlDialect = "athena" | "trino" | "duckdb";

/** What stands in a shown text where a run would have its own values. */
export interface Sample {
  readonly fragments: Readonly<Record<string, string>>;
  /** Predicate on the folders of the window; `TRUE` where there are none. */
  readonly partitions: string;
  /** What each placeholder was filled with, for people. */
  readonly says: Readonly<Record<string, string>>;
}

const SAMPLE_DAY = "2026-11-19";

/** The window that shown texts are about. */
export const SAMPLE_WINDOW = dayWindow(SAMPLE_DAY, "UTC");

export function sampleOf(dialect: SqlDialect, { config }: Pick<Settings, "config">): Sample {
  if (dialect === "duckdb") return sample("TRUE", "", "TRUE");
  const { scope, says } = scopeOf(config);
  const end = SAMPLE_WINDOW.end + config.report.settleHours * 3600;
  const partitions = partitionPredicate(scope, { start: SAMPLE_WINDOW.start, end });
  const { fragments, ...rest } = sample(
    partitions,
    partitionColumnList(scope.layout),
    `${partitions} AND day = '${SAMPLE_DAY}'`,
  );
  const folders = `the window, and the folders of its records in ${says}: 19 November 2026`;
  return {
    ...rest,
    fragments,
    says: {
      ...rest.says,
      raw_window: folders,
      record_window: folders,
      records_of_day: folders,
      partition_columns: `the partition columns of flow_logs in the layout ${scope.layout}`,
    },
  };
}

function sample(partitions: string, columns: string, recordsOfDay: string): Sample {
  return {
    partitions,
    fragments: {
      ...windowFragments(SAMPLE_WINDOW, partitions),
      ...periodFragments(comparePeriods(SAMPLE_WINDOW, 1)),
      limit: "100",
      partition_columns: columns,
      records_of_day: recordsOfDay,
      input: "flow_tuples",
    },
    says: {
      raw_window: "the window: 19 November 2026",
      record_window: "the window: 19 November 2026",
      rollup_window: "the window: 19 November 2026",
      periods: PERIODS,
      first_day: PERIODS,
      last_period: "the number of the report's own period: 1",
      limit: "the limit: 100",
      partition_columns: "the partition columns of flow_logs: none on this engine",
      records_of_day: "the partition predicate of the day that is built: TRUE",
      subject_tuples: "the subject: 10.0.3.7",
      subject_records: "the subject: 10.0.3.7",
    },
  };
}

const PERIODS = "the periods that are compared, and the days they touch: 18 and 19 November 2026";

// Without a configuration there are no folders to name: then these are samples, too.
function scopeOf(config: Settings["config"]): { scope: RawScope; says: string } {
  const isKnown = (own: readonly unknown[], ofVpc: "account" | "region"): boolean =>
    own.length > 0 || config.vpcs.some((vpc) => vpc[ofVpc] !== null);
  if (isKnown(config.accounts, "account") && isKnown(config.regions, "region"))
    return { scope: rawScope(config), says: "the accounts and regions of turnaway.yml" };
  return {
    scope: { layout: config.logs.layout, accounts: ["123456789012"], regions: ["us-east-1"] },
    says: "a sample account and region",
  };
}
