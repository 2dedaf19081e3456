-- ---
-- what: When a subject talked and was refused.
-- grain: one row per hour that has records of it
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window; everything after it reads the records of the subject alone
-- columns:
--   hour: start of the hour
--   accepted_records: records let through
--   rejected_records: records refused, either way, late ones not
--   late_records: records refused after a connection closed, which no rule did
--   accepted_bytes: bytes let through, both ways
--   rejected_bytes: bytes refused, either way, late ones not
--   peers: distinct pairs of client and server
-- ---
WITH flow_tuples AS (
{{subject_tuples}}
),

conversation_hours AS (
{{include:rollups/traffic_rollup}}
),

pair_hours AS (
    SELECT
        hour,
        client,
        server,
        sum(accepted_records) AS accepted_records,
        sum(rejected_records + reply_rejected_records) AS rejected_records,
        sum(late_records) AS late_records,
        sum(accepted_bytes) AS accepted_bytes,
        sum(rejected_bytes + reply_rejected_bytes) AS rejected_bytes
    FROM conversation_hours
    GROUP BY hour, client, server
)

SELECT
    CAST(from_unixtime(p.hour) AS timestamp) AS hour,
    sum(accepted_records) AS accepted_records,
    sum(rejected_records) AS rejected_records,
    sum(late_records) AS late_records,
    sum(accepted_bytes) AS accepted_bytes,
    sum(rejected_bytes) AS rejected_bytes,
    count(*) AS peers
FROM pair_hours AS p
GROUP BY p.hour
ORDER BY p.hour
LIMIT {{limit}}
