-- ---
-- what: Pair that moved far more bytes than in its own history.
-- grain: one row per period, client, server, protocol, service port
-- reads: traffic_rollup, lone_refusals
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_bytes: { type: integer, what: "bytes in a period", default: 50000000 }
--   min_periods: { type: integer, what: "earlier periods with traffic", default: 3 }
--   factor: { type: integer, what: "times the median", default: 10 }
--   deviations: { type: integer, what: "median absolute deviations above the median", default: 8 }
-- detection:
--   title: Far more data than ever between these two
--   severity: medium
--   mitre: T1048
--   key: client server protocol port
--   why: A host moved many times its usual volume. A backup or a migration does that - so does somebody who takes data away.
--   next: Ask the owner of the client whether it was meant. If it went out to the internet and nobody knows, treat it as a leak.
--   evidence:
--     movedBytes: { from: observed, what: bytes in the period }
--     usualBytes: { from: expected, what: median of the earlier periods }
--     firstAccept: { from: since, what: first time the pair was seen let through }
-- ---
WITH busy AS (
    SELECT * FROM pair_periods WHERE accepted_bytes >= :min_bytes AND client IS NOT NULL
),

histories AS (
    SELECT
        b.period,
        b.client,
        b.server,
        b.protocol,
        b.service_port,
        e.accepted_bytes AS moved,
        min(e.first_accept) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS first_accept,
        row_number() OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port ORDER BY e.accepted_bytes) AS place,
        count(*) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS places
    FROM busy AS b
    INNER JOIN pair_periods AS e
        ON e.client = b.client
        AND e.server = b.server
        AND e.protocol = b.protocol
        AND coalesce(e.service_port, -1) = coalesce(b.service_port, -1)
        AND e.period < b.period
        AND e.accepted_records > 0
),

-- Median and MAD by position: exact, and the same on every engine.
medians AS (
    SELECT
        period,
        client,
        server,
        protocol,
        service_port,
        max(places) AS places,
        max(moved) AS median,
        min(first_accept) AS first_accept
    FROM histories
    WHERE 2 * place <= places + 1
    GROUP BY 1, 2, 3, 4, 5
),

deviations AS (
    SELECT
        h.period,
        h.client,
        h.server,
        h.protocol,
        h.service_port,
        abs(h.moved - m.median) AS deviation,
        row_number() OVER (
            PARTITION BY h.period, h.client, h.server, h.protocol, h.service_port
            ORDER BY abs(h.moved - m.median)
        ) AS place,
        h.places,
        m.median,
        m.first_accept
    FROM histories AS h
    INNER JOIN medians AS m
        ON m.period = h.period
        AND m.client = h.client
        AND m.server = h.server
        AND m.protocol = h.protocol
        AND coalesce(m.service_port, -1) = coalesce(h.service_port, -1)
),

expectations AS (
    SELECT
        period,
        client,
        server,
        protocol,
        service_port,
        max(places) AS places,
        max(median) AS median,
        max(deviation) AS mad,
        min(first_accept) AS first_accept
    FROM deviations
    WHERE 2 * place <= places + 1
    GROUP BY 1, 2, 3, 4, 5
)

SELECT
    CAST(b.period AS bigint) AS period,
    b.scope AS scope,
    b.client AS client,
    b.server AS server,
    b.protocol AS protocol,
    b.service_port AS service_port,
    CAST(b.accepted_records AS decimal(38, 0)) AS records,
    CAST(b.accepted_packets AS decimal(38, 0)) AS packets,
    CAST(b.accepted_bytes AS decimal(38, 0)) AS bytes,
    CAST(b.first_accept AS bigint) AS first_seen,
    CAST(b.last_accept AS bigint) AS last_seen,
    CAST(NULL AS varchar) AS refused_at,
    b.client_interface_id AS client_interface_id,
    b.server_interface_id AS server_interface_id,
    CAST(b.accepted_bytes AS decimal(38, 0)) AS observed,
    CAST(x.median AS decimal(38, 0)) AS expected,
    CAST(x.first_accept AS bigint) AS since,
    CAST(NULL AS bigint) AS spread,
    CAST(NULL AS varchar) AS sample
FROM busy AS b
INNER JOIN expectations AS x
    ON x.period = b.period
    AND x.client = b.client
    AND x.server = b.server
    AND x.protocol = b.protocol
    AND coalesce(x.service_port, -1) = coalesce(b.service_port, -1)
WHERE x.places >= :min_periods
    AND b.accepted_bytes >= :factor * x.median
    AND b.accepted_bytes > x.median + :deviations * x.mad
