import { checkoutScript, type Command } from "./commands.ts";
import type { ProbedId } from "./limits.ts";
import { runToEnd } from "./run-measured.ts";

/** A script of the checkout that measures something itself, and prints it as JSON. */
export interface Probe {
  readonly command: Command;
  /** Whether once is enough: what is counted does not depend on the machine. */
  readonly exact: boolean;
  readonly figures: (answer: never) => Readonly<Partial<Record<ProbedId, number>>>;
}

export type ProbeName = "wire" | "scale" | "issue" | "action";

/** What is measured beside the command line; at the engines of the cloud, with a day of so many records. */
export const probesOf = (records: number): Readonly<Record<ProbeName, Probe>> => ({
  wire: {
    command: checkoutScript("packages/engines/bench/athena-wire.ts", ["--json"]),
    exact: false,
    figures: ({ cpuMs, mostCpuMs, addedBytes }: WireAnswer) => ({
      "wire-processor": cpuMs / mostCpuMs,
      "wire-memory": addedBytes,
    }),
  },
  scale: {
    command: checkoutScript("packages/conformance/src/measure-bytes.ts", [
      "--json",
      "--records",
      String(records),
    ]),
    exact: true,
    figures: ({ figures }: ScaleAnswer) => ({
      "scale-bytes": 1 / figures.guidesToCycle,
      "scale-retention": figures.retentionGrowth,
      "scale-queries": figures.reportQueries,
    }),
  },
  issue: {
    command: checkoutScript("packages/issues/bench/large-report.ts", ["--json"]),
    exact: false,
    figures: ({ readMs, peakBytes }: IssueAnswer) => ({
      "issue-processor": readMs / 1000,
      "issue-memory": peakBytes,
    }),
  },
  action: {
    command: checkoutScript("apps/reject-report/bench/start.ts", []),
    exact: false,
    figures: ({ firstLineMs }: ActionAnswer) => ({ "action-start": firstLineMs / 1000 }),
  },
});

interface WireAnswer {
  readonly cpuMs: number;
  readonly mostCpuMs: number;
  readonly addedBytes: number;
}

interface IssueAnswer {
  readonly readMs: number;
  readonly peakBytes: number;
}

interface ActionAnswer {
  readonly firstLineMs: number;
}

interface ScaleAnswer {
  readonly figures: {
    readonly guidesToCycle: number;
    readonly retentionGrowth: number;
    readonly reportQueries: number;
  };
}

/** Runs a probe as often as it makes sense, and answers with its figures, one list each. */
export async function runProbe(
  { command, exact, figures }: Probe,
  rounds: number,
): Promise<Readonly<Partial<Record<ProbedId, readonly number[]>>>> {
  const lists: Partial<Record<ProbedId, number[]>> = {};
  for (let round = 0; round < (exact ? 1 : rounds); round++) {
    const { output } = await runToEnd(command);
    const found = figures(JSON.parse(output) as never);
    for (const [id, value] of Object.entries(found)) (lists[id as ProbedId] ??= []).push(value);
  }
  return lists;
}
