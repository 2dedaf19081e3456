import { isoTime, type TimeWindow } from "@turnaway/core";

/** The half-open time that a query is about; see {@link windowFragments}. */
export type QueryWindow = Pick<TimeWindow, "start" | "end">;

/**
 * The window as predicates, one for each kind of relation that a query reads.
 *
 * `raw_window` is for `flow_logs`, `record_window` for `flow_records`: both compare the
 * start of the record, to the second, and carry the caller's partition predicate.
 * `rollup_window` is for the rollups, whose rows are hours: it takes the hours that
 * begin in the window, and names the days so that partitions are pruned.
 */
export function windowFragments(
  window: QueryWindow | null,
  partitions = "TRUE",
): Readonly<Record<"raw_window" | "record_window" | "rollup_window", string>> {
  if (window === null) {
    return { raw_window: partitions, record_window: partitions, rollup_window: "TRUE" };
  }
  const { start, end } = window;
  const within = (column: string): string =>
    `${column} >= ${Math.trunc(start)} AND ${column} < ${Math.trunc(end)}`;
  const and = partitions === "TRUE" ? "" : `${partitions} AND `;
  const first = isoTime(start).slice(0, 10);
  const last = isoTime(Math.max(start, end - 1)).slice(0, 10);
  return {
    raw_window: `${and}${within('"start"')}`,
    record_window: `${and}${within("start_time")}`,
    rollup_window: `day BETWEEN '${first}' AND '${last}' AND ${within("hour")}`,
  };
}
