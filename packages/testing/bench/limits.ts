/** What a figure may be at most, and who says so. */
export interface Limit {
  readonly id: FigureId;
  /** What is measured, for people. */
  readonly title: string;
  readonly unit: Unit;
  /** The median must not be above it. */
  readonly most: number;
  /** What is hoped for, where that is less than what is asked for. */
  readonly aim?: number;
  /** Where the limit is set. */
  readonly source: string;
}

/** `times`: a ratio. `seconds`, `bytes`, `count`: as they are. */
export type Unit = "times" | "seconds" | "bytes" | "count";

export type FigureId =
  | "cold-report"
  | "warm-report"
  | "query"
  | "trace"
  | "week"
  | "memory-day"
  | "memory-week"
  | "memory-growth"
  | "start"
  | "rollup-size"
  | ProbedId;

/** Figures that a script of the checkout measures itself. */
export type ProbedId =
  | "wire-processor"
  | "wire-memory"
  | "scale-bytes"
  | "scale-retention"
  | "scale-queries"
  | "issue-processor"
  | "issue-memory"
  | "action-start";

const ISSUE = "issue 3, Speed and memory";
const SCALE = "issue 4, Figures";
const DELIVERY = "issue 5, Figures";

/**
 * Every limit of the benchmark, in the order of its table.
 *
 * "Of gzip" is the time of `gzip -dc FILES | wc -l` over the same files, taken just
 * before the command that it is compared with.
 */
export const LIMITS: readonly Limit[] = [
  {
    id: "cold-report",
    title: "cold report, of gzip",
    unit: "times",
    most: 1.5,
    aim: 1,
    source: ISSUE,
  },
  { id: "warm-report", title: "warm report, of gzip", unit: "times", most: 0.15, source: ISSUE },
  { id: "query", title: "query top-rejected, of gzip", unit: "times", most: 1, source: ISSUE },
  { id: "trace", title: "trace ADDRESS, of gzip", unit: "times", most: 1, source: ISSUE },
  { id: "week", title: "cold report, 7 days of 1", unit: "times", most: 7.3, source: ISSUE },
  {
    id: "memory-day",
    title: "peak memory, 1 day",
    unit: "bytes",
    most: 1.5 * 2 ** 30,
    source: ISSUE,
  },
  {
    id: "memory-week",
    title: "peak memory, 7 days",
    unit: "bytes",
    most: 1.5 * 2 ** 30,
    source: ISSUE,
  },
  {
    id: "memory-growth",
    title: "peak memory, 7 days of 1",
    unit: "times",
    // The state of seven days is larger than of one: a tenth is not growth with days.
    most: 1.1,
    source: `${ISSUE}: "not growing with days"`,
  },
  { id: "start", title: "turnaway --help", unit: "seconds", most: 0.3, source: ISSUE },
  {
    id: "rollup-size",
    title: "state, of the records as Parquet",
    unit: "times",
    most: 0.2,
    source: ISSUE,
  },
  {
    id: "wire-processor",
    title: "Athena's answers, of 100 ms + 2 µs a cell",
    unit: "times",
    most: 1,
    source: SCALE,
  },
  {
    id: "wire-memory",
    title: "memory for 100,000 rows from Athena",
    unit: "bytes",
    most: 200e6,
    source: SCALE,
  },
  {
    id: "scale-bytes",
    title: "bytes of a day's build and report, of the published queries",
    unit: "times",
    most: 0.01,
    source: SCALE,
  },
  {
    id: "scale-retention",
    title: "the same at 90 days of retention, of 7",
    unit: "times",
    most: 1.1,
    source: SCALE,
  },
  { id: "scale-queries", title: "queries of a report", unit: "count", most: 12, source: SCALE },
  {
    id: "issue-processor",
    title: "issue and pages of 100,000 findings",
    unit: "seconds",
    most: 2,
    source: DELIVERY,
  },
  {
    id: "issue-memory",
    title: "peak memory for 100,000 findings, all files",
    unit: "bytes",
    most: 300 * 2 ** 20,
    source: DELIVERY,
  },
  {
    id: "action-start",
    title: "the Action, to the first line of its log",
    unit: "seconds",
    most: 1,
    source: "issue 5, The Action",
  },
];
