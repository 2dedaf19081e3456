/** Whether a statement is answered by the rollup alone. */
export function readsRollup(sql: string): boolean {
  return (
    /\b(traffic|coverage)_rollup\b|\blone_refusals\b|\btraffic_days\b/.test(sql) &&
    !/\bflow_(logs|records|logs_day)\b|\bflows\b|\bvpc_\w+_traffic\b/.test(sql)
  );
}
