-- ---
-- what: Traffic let through by source, as logged - the view that published guides build their dashboards on, with the day added.
-- grain: one row per day and source
-- reads: flow_records
-- prunes: nothing beyond what flow_records passes through; on Athena a predicate on day alone reads all logs
-- cost: one scan of all logs that the partitions allow; prefer traffic_rollup
-- columns:
--   day: UTC day, YYYY-MM-DD
--   source: source as logged
--   bytes: bytes let through
--   connection_attempts: records let through
-- ---
SELECT
    day,
    srcaddr AS source,
    sum(CAST(bytes AS decimal(38, 0))) AS bytes,
    count(*) AS connection_attempts
FROM flow_records
WHERE action = 'ACCEPT'
GROUP BY day, srcaddr
