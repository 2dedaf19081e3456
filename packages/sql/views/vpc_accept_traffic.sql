-- ---
-- what: Traffic let through by source, as logged - the view that published guides build their dashboards on, with the day added, and the folder where logs lie in folders.
-- grain: one row per folder of the logs, day and source
-- reads: flow_records
-- prunes: every partition column of flow_logs passes through; a predicate on day alone reads all logs
-- cost: one scan of all logs that the partitions allow; prefer traffic_rollup
-- columns:
--   day: UTC day, YYYY-MM-DD
--   source: source as logged
--   bytes: bytes let through
--   connection_attempts: records let through
-- ---
SELECT
    {{partition_columns}}
    day,
    srcaddr AS source,
    sum(CAST(bytes AS decimal(38, 0))) AS bytes,
    count(*) AS connection_attempts
FROM flow_records
WHERE action = 'ACCEPT'
GROUP BY {{partition_columns}} day, srcaddr
