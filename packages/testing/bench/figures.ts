import { type FigureId, type Limit, LIMITS, type ProbedId } from "./limits.ts";
import { ratios, type Spread, spreadOf } from "./statistics.ts";

/** One run of a command, beside the baseline that was measured just before it. */
export interface Sample {
  readonly seconds: number;
  /** `gzip -dc | wc -l` over the files of one day. */
  readonly gzipSeconds: number;
  /** Processor time of the command, user and system, all threads. */
  readonly cpuSeconds: number | null;
  /** Largest resident memory; null where the system does not tell. */
  readonly peakBytes: number | null;
  /** Largest sum of its files in memory-backed folders, which no process is charged for. */
  readonly sharedMemoryBytes: number;
}

/** What was measured, in rounds; a command that was left out has no samples. */
export interface Measurements {
  readonly coldDay: readonly Sample[];
  readonly coldWeek: readonly Sample[];
  readonly warmDay: readonly Sample[];
  readonly query: readonly Sample[];
  readonly trace: readonly Sample[];
  readonly start: readonly Sample[];
  readonly sizes: { readonly stateBytes: number; readonly parquetBytes: number } | null;
  /** What scripts measured themselves. */
  readonly probed: Readonly<Partial<Record<ProbedId, readonly number[]>>>;
}

/** A measured figure beside its limit. */
export interface Figure extends Limit {
  /** Null when it was not measured. */
  readonly spread: Spread | null;
  readonly met: boolean | null;
}

/** Every figure of the table of limits; one is met when its median is not above its limit. */
export function figuresOf(measured: Measurements): readonly Figure[] {
  return LIMITS.map((limit) => {
    const values = VALUES[limit.id](measured);
    if (values.length === 0) return { ...limit, spread: null, met: null };
    const spread = spreadOf(values);
    return { ...limit, spread, met: spread.median <= limit.most };
  });
}

const VALUES: Readonly<Record<FigureId, (measured: Measurements) => readonly number[]>> = {
  "cold-report": ({ coldDay }) => ofGzip(coldDay),
  "warm-report": ({ warmDay }) => ofGzip(warmDay),
  query: ({ query }) => ofGzip(query),
  trace: ({ trace }) => ofGzip(trace),
  // Both over the gzip of their own minute: a machine that got busier between them cancels out.
  week: ({ coldDay, coldWeek }) => {
    const days = coldDay.slice(0, coldWeek.length);
    return days.length < coldWeek.length ? [] : ratios(ofGzip(coldWeek), ofGzip(days));
  },
  "memory-day": ({ coldDay }) => peaks(coldDay),
  "memory-week": ({ coldWeek }) => peaks(coldWeek),
  "memory-growth": ({ coldDay, coldWeek }) => {
    const [day, week] = [peaks(coldDay), peaks(coldWeek)];
    return day.length === 0 || week.length === 0 ? [] : [Math.max(...week) / Math.max(...day)];
  },
  start: ({ start }) => start.map(({ seconds }) => seconds),
  "rollup-size": ({ sizes }) => (sizes === null ? [] : [sizes.stateBytes / sizes.parquetBytes]),
  "wire-processor": probed("wire-processor"),
  "wire-memory": probed("wire-memory"),
  "scale-bytes": probed("scale-bytes"),
  "scale-retention": probed("scale-retention"),
  "scale-queries": probed("scale-queries"),
  "issue-processor": probed("issue-processor"),
  "issue-memory": probed("issue-memory"),
  "action-start": probed("action-start"),
};

function probed(id: ProbedId): (measured: Measurements) => readonly number[] {
  return (measured) => measured.probed[id] ?? [];
}

function ofGzip(samples: readonly Sample[]): readonly number[] {
  return ratios(
    samples.map(({ seconds }) => seconds),
    samples.map(({ gzipSeconds }) => gzipSeconds),
  );
}

function peaks(samples: readonly Sample[]): readonly number[] {
  return samples.flatMap(({ peakBytes }) => peakBytes ?? []);
}
