-- ---
-- what: Which hours have records at all, and how many interfaces logged.
-- grain: one row per period
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the coverage rollup's history days
-- columns:
--   period: number of the period, 0 is the oldest
--   hours: hours that have at least one record
--   interfaces: interfaces that logged
--   first_hour: first such hour, Unix seconds
--   last_hour: last such hour
-- ---
SELECT
    p.period,
    count(DISTINCT c.hour) AS hours,
    count(DISTINCT c.interface_id) AS interfaces,
    min(c.hour) AS first_hour,
    max(c.hour) AS last_hour
FROM coverage_rollup AS c
INNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time
WHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'
GROUP BY p.period
