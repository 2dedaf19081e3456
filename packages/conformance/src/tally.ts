import { performance } from "node:perf_hooks";

/** What a run compared, and what came of it. */
export interface Tally {
  /** Runs one check; a failure is kept with its reason, and the next check runs. */
  check(group: string, name: string, body: () => Promise<string | void>): Promise<void>;
  readonly results: readonly CheckResult[];
}

export interface CheckResult {
  readonly group: string;
  readonly name: string;
  /** What was compared, such as a number of rows. */
  readonly compared: string;
  readonly seconds: number;
  /** Undefined when it passed. */
  readonly failure: string | undefined;
}

export function openTally(signal: AbortSignal, onResult: (result: CheckResult) => void): Tally {
  const results: CheckResult[] = [];
  return {
    results,
    async check(group, name, body) {
      signal.throwIfAborted();
      const begun = performance.now();
      let compared = "";
      let failure: string | undefined;
      try {
        compared = (await body()) ?? "";
      } catch (error) {
        signal.throwIfAborted();
        failure = error instanceof Error ? error.message : String(error);
      }
      const seconds = (performance.now() - begun) / 1000;
      const result = { group, name, compared, seconds, failure };
      results.push(result);
      onResult(result);
    },
  };
}

/** One line a group: how many checks, how many failed, how long they took. */
export function summary(results: readonly CheckResult[]): string {
  const groups = [...new Set(results.map(({ group }) => group))];
  const lines = groups.map((group) => {
    const own = results.filter((result) => result.group === group);
    const failed = own.filter(({ failure }) => failure !== undefined).length;
    const seconds = own.reduce((sum, result) => sum + result.seconds, 0);
    return [group, String(own.length), String(failed), `${seconds.toFixed(1)} s`];
  });
  const table = [["", "checks", "failed", "time"], ...lines];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  return table
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
        .join("  "),
    )
    .join("\n");
}
