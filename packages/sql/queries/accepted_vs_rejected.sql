-- ---
-- what: Accepted against rejected over time, conversations counted once.
-- grain: one row per hour that has traffic
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   hour: start of the hour
--   accepted_records: records let through
--   rejected_records: records refused, on the way there, on the way back, or late
--   rejected_percent: refused records in a hundred
--   accepted_bytes: bytes let through, both ways
--   rejected_bytes: bytes refused
-- ---
SELECT
    CAST(from_unixtime(hour) AS timestamp) AS hour,
    accepted_records,
    rejected_records,
    round(CAST(100 * rejected_records AS double) / nullif(CAST((accepted_records + rejected_records) AS double), 0), 1) AS rejected_percent,
    accepted_bytes,
    rejected_bytes
FROM (
    SELECT
        hour,
        sum(accepted_records) AS accepted_records,
        sum(rejected_records + reply_rejected_records + late_records) AS rejected_records,
        sum(accepted_bytes) AS accepted_bytes,
        sum(rejected_bytes + reply_rejected_bytes + late_bytes) AS rejected_bytes
    FROM traffic_rollup
    WHERE {{rollup_window}}
    GROUP BY hour
) AS hours
ORDER BY hours.hour
LIMIT {{limit}}
