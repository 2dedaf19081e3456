-- ---
-- what: What told clients from servers, and so how far the other answers can be trusted.
-- grain: one row per kind of evidence
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   decided_by: tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair
--   logged_records: records as logged, by every interface
--   records_percent: share of all records
--   conversations: distinct client, server, protocol, service port
-- ---
SELECT
    decided_by,
    logged_records,
    round(CAST(100 * logged_records AS double) / nullif(CAST(sum(logged_records) OVER () AS double), 0), 1) AS records_percent,
    conversations
FROM (
    SELECT decided_by, sum(logged_records) AS logged_records, count(*) AS conversations
    FROM (
        SELECT
            client,
            server,
            protocol,
            service_port,
            min(decided_by) AS decided_by,
            sum(logged_records) AS logged_records
        FROM traffic_rollup
        WHERE {{rollup_window}}
        GROUP BY client, server, protocol, service_port
    ) AS decisions
    GROUP BY decided_by
) AS evidence
ORDER BY logged_records DESC, decided_by
LIMIT {{limit}}
