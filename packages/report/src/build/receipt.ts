import type { QueryEngine, QueryStats, Report } from "@turnaway/core";

/** A question that was asked, and what it cost. */
export interface Asked {
  readonly name: string;
  readonly stats: QueryStats;
}

/** What was asked, of whom, and what it cost. What an engine does not tell is left out. */
export function buildReceipt(
  engine: QueryEngine,
  asked: readonly Asked[],
  versions: Readonly<Record<string, string>>,
): Report["receipt"] {
  const sum = (of: (stats: QueryStats) => number): number =>
    asked.reduce((all, { stats }) => all + of(stats), 0);
  return {
    engine: engine.name,
    queries: asked.map(receiptEntry),
    scannedBytes: sum(({ scannedBytes }) => scannedBytes),
    costUsd: toMillionths(sum(({ costUsd }) => costUsd ?? 0)),
    durationMs: Math.round(sum(({ durationMs }) => durationMs)),
    versions: { ...versions },
  };
}

function receiptEntry({ name, stats }: Asked): Report["receipt"]["queries"][number] {
  const { queryId, scannedBytes, scannedRecords, durationMs, queuedMs, costUsd, consoleUrl } =
    stats;
  return {
    name,
    id: queryId,
    scannedBytes,
    ...(scannedRecords === undefined ? {} : { scannedRecords }),
    durationMs: Math.round(durationMs),
    ...(queuedMs === undefined ? {} : { queuedMs: Math.round(queuedMs) }),
    ...(costUsd === undefined ? {} : { costUsd: toMillionths(costUsd) }),
    ...(consoleUrl === undefined ? {} : { consoleUrl }),
  };
}

const MILLION = 1e6;

// What is billed is never written as nothing, however little it is.
function toMillionths(usd: number): number {
  return usd === 0 ? 0 : Math.max(1, Math.round(usd * MILLION)) / MILLION;
}
