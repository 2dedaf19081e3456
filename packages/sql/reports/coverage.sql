-- ---
-- what: Records as logged in each period, by status and action - what proves a quiet day.
-- grain: one row per period, log status, action
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the coverage rollup's history days
-- columns:
--   hours: hours that have at least one record
-- ---
SELECT
    p.period,
    c.log_status,
    c.action,
    sum(c.records) AS records,
    sum(c.packets) AS packets,
    sum(c.bytes) AS bytes,
    min(c.first_start) AS first_start,
    max(c.last_end) AS last_end
FROM coverage_rollup AS c
INNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time
WHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'
GROUP BY p.period, c.log_status, c.action
