-- ---
-- what: Refused traffic by source and destination, as logged - the view that published guides build their dashboards on, with the day added, and the folder where logs lie in folders.
-- grain: one row per folder of the logs, day, source, destination
-- reads: flow_records
-- prunes: every partition column of flow_logs passes through; a predicate on day alone reads all logs
-- cost: one scan of all logs that the partitions allow; prefer traffic_rollup
-- columns:
--   day: UTC day, YYYY-MM-DD
--   source: source as logged
--   destination: destination as logged
--   reject_count: records refused
--   bytes: bytes refused
-- ---
SELECT
    {{partition_columns}}
    day,
    srcaddr AS source,
    dstaddr AS destination,
    count(*) AS reject_count,
    sum(CAST(bytes AS decimal(38, 0))) AS bytes
FROM flow_records
WHERE action = 'REJECT'
GROUP BY {{partition_columns}} day, srcaddr, dstaddr
