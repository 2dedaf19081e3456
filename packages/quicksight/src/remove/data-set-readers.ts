import type { DashboardSummary } from "@aws-sdk/client-quicksight";
import { TurnawayError } from "@turnaway/core";

import { askOrNull } from "../api/ask.ts";
import { isRefused } from "../api/request-failure.ts";
import type { QuickSightSession } from "../api/session.ts";

/** Dashboards and analyses that are asked what they read. */
export interface Readers {
  readonly dashboards: readonly string[];
  readonly analyses: readonly string[];
}

/** What reads data sets, in words: `the dashboard payroll`. */
export interface ReadDataSets {
  /** By the id of the data set, one that reads it. */
  readonly used: ReadonlyMap<string, string>;
  /** One that nobody here may look at, and that may read any of them; null for none. */
  readonly unknown: string | null;
}

/**
 * The data sets that dashboards and analyses read. A dashboard reads those of the version that
 * people see and those of its newest one, which somebody may publish next.
 */
export async function readDataSets(
  session: QuickSightSession,
  { dashboards, analyses }: Readers,
  summaries: ReadonlyMap<string, DashboardSummary>,
): Promise<ReadDataSets> {
  const used = new Map<string, string>();
  let unknown: string | null = null;
  const look = async (by: string, read: () => Promise<readonly string[]>): Promise<void> => {
    try {
      for (const arn of await read()) used.set(arn.split("/").at(-1) ?? arn, by);
    } catch (error) {
      if (!(error instanceof TurnawayError) || !isRefused(error)) throw error;
      unknown ??= by;
    }
  };
  for (const id of dashboards) {
    const published = summaries.get(id)?.PublishedVersionNumber;
    await look(`the dashboard ${id}`, () => readByDashboard(session, id, published));
  }
  for (const id of analyses) await look(`the analysis ${id}`, () => readByAnalysis(session, id));
  return { used, unknown };
}

async function readByDashboard(
  session: QuickSightSession,
  id: string,
  published: number | undefined,
): Promise<readonly string[]> {
  const newest = await describeVersion(session, id, { AliasName: "$LATEST" });
  const { VersionNumber, DataSetArns = [] } = newest;
  if (published === undefined || published === VersionNumber) return DataSetArns;
  const seen = await describeVersion(session, id, { VersionNumber: published });
  return [...DataSetArns, ...(seen.DataSetArns ?? [])];
}

async function describeVersion(
  session: QuickSightSession,
  id: string,
  version: { readonly AliasName: string } | { readonly VersionNumber: number },
) {
  const found = await askOrNull(
    session,
    { operation: "DescribeDashboard", subject: id },
    (api, to, options) => api.describeDashboard({ ...to, DashboardId: id, ...version }, options),
  );
  return found?.Dashboard?.Version ?? {};
}

async function readByAnalysis(session: QuickSightSession, id: string): Promise<readonly string[]> {
  const found = await askOrNull(
    session,
    { operation: "DescribeAnalysis", subject: id },
    (api, to, options) => api.describeAnalysis({ ...to, AnalysisId: id }, options),
  );
  return found?.Analysis?.DataSetArns ?? [];
}
