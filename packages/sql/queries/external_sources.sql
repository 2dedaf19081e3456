-- ---
-- what: Distinct sources outside the local networks - the private, shared, link-local and IPv6 ULA ranges, and those configured.
-- grain: one row per source address
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   src: who sent it, as the packet says where logged
--   accepted_records: records let through, as logged
--   rejected_records: records refused, as logged
--   bytes: bytes
--   destinations: distinct destinations
--   first_seen: first start
--   last_seen: last start
-- ---
SELECT
    src,
    accepted_records,
    rejected_records,
    bytes,
    destinations,
    CAST(from_unixtime(first_start) AS timestamp) AS first_seen,
    CAST(from_unixtime(last_start) AS timestamp) AS last_seen
FROM (
    SELECT
        src,
        count(CASE WHEN action = 'ACCEPT' THEN 1 END) AS accepted_records,
        count(CASE WHEN action = 'REJECT' THEN 1 END) AS rejected_records,
        sum(CAST(bytes AS decimal(38, 0))) AS bytes,
        count(DISTINCT dst) AS destinations,
        min(start_time) AS first_start,
        max(start_time) AS last_start
    FROM flow_records
    WHERE {{record_window}} AND src IS NOT NULL
    GROUP BY src
) AS sources
WHERE NOT {{local:src}}
ORDER BY accepted_records DESC, rejected_records DESC, src
LIMIT {{limit}}
