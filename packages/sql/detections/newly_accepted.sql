-- ---
-- what: Source that was refused on earlier days and is let through now, on the same service.
-- grain: one row per period, server, protocol, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_periods: { type: integer, what: "earlier periods in which it was refused", default: 2 }
-- detection:
--   title: Let through now, refused before
--   severity: high
--   mitre: T1190
--   key: server protocol port
--   why: A door that was shut is open. If nobody meant to open it, this is the day to shut it again.
--   next: Check who changed the rule at the server, and whether this source should be let in.
--   evidence:
--     observed: records let through in the period
--     expected: earlier periods in which it was refused
--     since: last time it was refused, Unix seconds
--     spread: sources that are let through now
--     sample: one of the sources
-- ---
WITH let_in AS (
    SELECT
        *,
        count(CASE WHEN rejected_records > 0 AND accepted_records = 0 THEN 1 END) OVER earlier AS refused_periods,
        max(CASE WHEN accepted_records = 0 THEN last_reject END) OVER earlier AS refused_before,
        min(CASE WHEN rejected_records > 0 AND accepted_records = 0 THEN period END) OVER earlier AS first_refused,
        min(CASE WHEN accepted_records > 0 THEN period END) OVER earlier AS first_let_in
    FROM pair_periods
    WHERE client IS NOT NULL
    WINDOW earlier AS (
        PARTITION BY client, server, protocol, service_port
        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN count(DISTINCT client) = 1 THEN max(client) END AS client,
    server,
    protocol,
    service_port,
    CAST(sum(accepted_records) AS decimal(38, 0)) AS records,
    CAST(sum(accepted_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(accepted_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(first_accept) AS bigint) AS first_seen,
    CAST(max(last_accept) AS bigint) AS last_seen,
    CAST(NULL AS varchar) AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(sum(accepted_records) AS decimal(38, 0)) AS observed,
    CAST(max(refused_periods) AS decimal(38, 0)) AS expected,
    CAST(max(refused_before) AS bigint) AS since,
    CAST(count(DISTINCT client) AS bigint) AS spread,
    min(client) AS sample
FROM let_in
WHERE accepted_records > 0
    AND refused_periods >= :min_periods
    AND (first_let_in IS NULL OR first_let_in > first_refused)
    AND scope <> 'transit'
GROUP BY period, scope, server, protocol, service_port
