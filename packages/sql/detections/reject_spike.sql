-- ---
-- what: Rejects of a service far above its own history.
-- grain: one row per period, server, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_records: { type: integer, what: "refused records in a period", default: 50 }
--   min_periods: { type: integer, what: "earlier periods with rejects", default: 4 }
--   factor: { type: integer, what: "times the median", default: 5 }
--   deviations: { type: integer, what: "median absolute deviations above the median", default: 6 }
-- detection:
--   title: Far more refused than ever
--   severity: medium
--   key: server protocol port
--   why: This service is always refused a little. Today something asks far more often - a retry storm, or somebody at the door.
--   next: See who asks (`turnaway trace`). One client - look at it. Many from the internet - consider a narrower rule or a shield in front.
--   evidence:
--     refusedRecords: { from: observed, what: records refused in the period }
--     usualRecords: { from: expected, what: median of the earlier periods }
--     clients: { from: spread, what: clients refused }
--     oneClient: { from: sample, what: one of the clients }
-- ---
WITH services AS (
    SELECT
        period,
        scope,
        server,
        protocol,
        service_port,
        sum(rejected_records) AS records,
        sum(rejected_packets) AS packets,
        sum(rejected_bytes) AS bytes,
        min(first_reject) AS first_reject,
        max(last_reject) AS last_reject,
        {{refusing_end:refused_at}} AS refused_at,
        max(server_interface_id) AS server_interface_id,
        count(DISTINCT client) + sum(lone_clients) AS clients,
        min(sample) AS sample
    FROM pair_periods
    -- Knocks here and there have no service.
    WHERE rejected_records > 0 AND scope <> 'transit' AND (service_port IS NOT NULL OR protocol NOT IN (6, 17, 33, 132, 136))
    GROUP BY 1, 2, 3, 4, 5
),

histories AS (
    SELECT
        s.*,
        e.records AS earlier,
        row_number() OVER (PARTITION BY s.period, s.scope, s.server, s.protocol, s.service_port ORDER BY e.records) AS place,
        count(*) OVER (PARTITION BY s.period, s.scope, s.server, s.protocol, s.service_port) AS places
    FROM services AS s
    INNER JOIN services AS e
        ON e.server = s.server
        AND e.scope = s.scope
        AND e.protocol = s.protocol
        AND coalesce(e.service_port, -1) = coalesce(s.service_port, -1)
        AND e.period < s.period
    WHERE s.records >= :min_records
),

-- Median and MAD by position: exact, and the same on every engine.
medians AS (
    SELECT
        *,
        max(CASE WHEN 2 * place <= places + 1 THEN earlier END) OVER (PARTITION BY period, scope, server, protocol, service_port) AS median
    FROM histories
),

deviations AS (
    SELECT
        *,
        abs(earlier - median) AS deviation,
        row_number() OVER (PARTITION BY period, scope, server, protocol, service_port ORDER BY abs(earlier - median)) AS nearness
    FROM medians
)

SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN max(clients) = 1 THEN max(sample) END AS client,
    server,
    protocol,
    service_port,
    CAST(max(records) AS decimal(38, 0)) AS records,
    CAST(max(packets) AS decimal(38, 0)) AS packets,
    CAST(max(bytes) AS decimal(38, 0)) AS bytes,
    CAST(max(first_reject) AS bigint) AS first_seen,
    CAST(max(last_reject) AS bigint) AS last_seen,
    max(refused_at) AS refused_at,
    CAST(NULL AS varchar) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(max(records) AS decimal(38, 0)) AS observed,
    CAST(max(median) AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(max(clients) AS bigint) AS spread,
    max(sample) AS sample
FROM deviations
WHERE 2 * nearness <= places + 1
GROUP BY period, scope, server, protocol, service_port
HAVING max(places) >= :min_periods
    AND max(records) >= :factor * max(median)
    AND max(records) > max(median) + :deviations * max(deviation)
