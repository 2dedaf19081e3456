-- ---
-- what: IPv4 against IPv6, conversations counted once.
-- grain: one row per address family
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   family: IPv4 or IPv6
--   accepted_records: records let through
--   rejected_records: records refused, either way, late ones not
--   bytes: bytes let through, both ways
--   bytes_percent: share of all bytes let through
-- ---
SELECT
    family,
    accepted_records,
    rejected_records,
    bytes,
    round(CAST(100 * bytes AS double) / nullif(CAST(sum(bytes) OVER () AS double), 0), 1) AS bytes_percent
FROM (
    SELECT
        CASE WHEN strpos(server, ':') > 0 THEN 'IPv6' ELSE 'IPv4' END AS family,
        sum(accepted_records) AS accepted_records,
        sum(rejected_records + reply_rejected_records) AS rejected_records,
        sum(accepted_bytes) AS bytes
    FROM traffic_rollup
    WHERE {{rollup_window}}
    GROUP BY 1
) AS families
ORDER BY family
LIMIT {{limit}}
