-- ---
-- what: Which protocols are spoken, and how much of each is refused.
-- grain: one row per protocol
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   protocol: IANA number
--   accepted_records: records let through
--   rejected_records: records refused, either way, late ones not
--   bytes: bytes let through, both ways
--   bytes_percent: share of all bytes let through
--   clients: distinct clients
--   servers: distinct servers
-- ---
SELECT
    protocol,
    accepted_records,
    rejected_records,
    bytes,
    round(CAST(100 * bytes AS double) / nullif(CAST(sum(bytes) OVER () AS double), 0), 1) AS bytes_percent,
    clients,
    servers
FROM (
    SELECT
        protocol,
        sum(accepted_records) AS accepted_records,
        sum(rejected_records + reply_rejected_records) AS rejected_records,
        sum(accepted_bytes) AS bytes,
        count(DISTINCT client) AS clients,
        count(DISTINCT server) AS servers
    FROM traffic_rollup
    WHERE {{rollup_window}}
    GROUP BY protocol
) AS protocols
ORDER BY bytes DESC, protocol
LIMIT {{limit}}
