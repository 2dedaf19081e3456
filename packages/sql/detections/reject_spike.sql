-- ---
-- what: Rejects of a service far above its own history.
-- grain: one row per period, server, protocol, service port
-- reads: traffic_rollup, lone_refusals
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
        max(refused_at) AS refused_at,
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
        s.period,
        s.scope,
        s.server,
        s.protocol,
        s.service_port,
        e.records,
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
    SELECT period, scope, server, protocol, service_port, max(places) AS places, max(records) AS median
    FROM histories
    WHERE 2 * place <= places + 1
    GROUP BY 1, 2, 3, 4, 5
),

deviations AS (
    SELECT
        h.period,
        h.scope,
        h.server,
        h.protocol,
        h.service_port,
        abs(h.records - m.median) AS deviation,
        row_number() OVER (
            PARTITION BY h.period, h.scope, h.server, h.protocol, h.service_port
            ORDER BY abs(h.records - m.median)
        ) AS place,
        h.places,
        m.median
    FROM histories AS h
    INNER JOIN medians AS m
        ON m.period = h.period
        AND m.scope = h.scope
        AND m.server = h.server
        AND m.protocol = h.protocol
        AND coalesce(m.service_port, -1) = coalesce(h.service_port, -1)
),

expectations AS (
    SELECT period, scope, server, protocol, service_port, max(places) AS places, max(median) AS median, max(deviation) AS mad
    FROM deviations
    WHERE 2 * place <= places + 1
    GROUP BY 1, 2, 3, 4, 5
)

SELECT
    CAST(s.period AS bigint) AS period,
    s.scope AS scope,
    CASE WHEN s.clients = 1 THEN s.sample END AS client,
    s.server AS server,
    s.protocol AS protocol,
    s.service_port AS service_port,
    CAST(s.records AS decimal(38, 0)) AS records,
    CAST(s.packets AS decimal(38, 0)) AS packets,
    CAST(s.bytes AS decimal(38, 0)) AS bytes,
    CAST(s.first_reject AS bigint) AS first_seen,
    CAST(s.last_reject AS bigint) AS last_seen,
    s.refused_at AS refused_at,
    CAST(NULL AS varchar) AS client_interface_id,
    s.server_interface_id AS server_interface_id,
    CAST(s.records AS decimal(38, 0)) AS observed,
    CAST(x.median AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(s.clients AS bigint) AS spread,
    s.sample AS sample
FROM services AS s
INNER JOIN expectations AS x
    ON x.period = s.period
    AND x.scope = s.scope
    AND x.server = s.server
    AND x.protocol = s.protocol
    AND coalesce(x.service_port, -1) = coalesce(s.service_port, -1)
WHERE x.places >= :min_periods
    AND s.records >= :factor * x.median
    AND s.records > x.median + :deviations * x.mad
