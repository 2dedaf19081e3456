-- ---
-- what: Records as logged in each period, by status and action - what proves a quiet day.
-- grain: one row per period, log status, action
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the coverage rollup's history days
-- columns:
--   period: number of the period, 0 is the oldest
--   log_status: OK, NODATA, SKIPDATA, or NULL where the format has none
--   action: ACCEPT, REJECT or NULL
--   records: records as logged
--   packets: packets as logged
--   bytes: bytes as logged
--   first_start: first start, Unix seconds
--   last_end: last end, Unix seconds
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
