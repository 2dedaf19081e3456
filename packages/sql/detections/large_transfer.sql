-- ---
-- what: Pair that moved far more bytes than in its own history.
-- grain: one row per period, client, server, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
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
WITH histories AS (
    SELECT
        b.*,
        e.accepted_bytes AS earlier,
        min(e.first_accept) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS known_since,
        row_number() OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port ORDER BY e.accepted_bytes) AS place,
        count(*) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS places
    FROM pair_periods AS b
    INNER JOIN pair_periods AS e
        ON e.client = b.client
        AND e.server = b.server
        AND e.protocol = b.protocol
        AND coalesce(e.service_port, -1) = coalesce(b.service_port, -1)
        AND e.period < b.period
        AND e.accepted_records > 0
    WHERE b.accepted_bytes >= :min_bytes
),

-- Median and MAD by position: exact, and the same on every engine.
medians AS (
    SELECT
        *,
        max(CASE WHEN 2 * place <= places + 1 THEN earlier END) OVER (PARTITION BY period, client, server, protocol, service_port) AS median
    FROM histories
),

deviations AS (
    SELECT
        *,
        abs(earlier - median) AS deviation,
        row_number() OVER (PARTITION BY period, client, server, protocol, service_port ORDER BY abs(earlier - median)) AS nearness
    FROM medians
)

SELECT
    CAST(period AS bigint) AS period,
    max(scope) AS scope,
    client,
    server,
    protocol,
    service_port,
    CAST(max(accepted_records) AS decimal(38, 0)) AS records,
    CAST(max(accepted_packets) AS decimal(38, 0)) AS packets,
    CAST(max(accepted_bytes) AS decimal(38, 0)) AS bytes,
    CAST(max(first_accept) AS bigint) AS first_seen,
    CAST(max(last_accept) AS bigint) AS last_seen,
    CAST(NULL AS varchar) AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(max(accepted_bytes) AS decimal(38, 0)) AS observed,
    CAST(max(median) AS decimal(38, 0)) AS expected,
    CAST(max(known_since) AS bigint) AS since,
    CAST(NULL AS bigint) AS spread,
    CAST(NULL AS varchar) AS sample
FROM deviations
WHERE 2 * nearness <= places + 1
GROUP BY period, client, server, protocol, service_port
HAVING max(places) >= :min_periods
    AND max(accepted_bytes) >= :factor * max(median)
    AND max(accepted_bytes) > max(median) + :deviations * max(deviation)
