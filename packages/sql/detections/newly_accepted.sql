-- ---
-- what: Source that was refused on earlier days and is let through now, on the same service.
-- grain: one row per period, server, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
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
--     acceptedRecords: { from: observed, what: records let through in the period }
--     refusedPeriods: { from: expected, what: earlier periods in which it was refused }
--     lastReject: { from: since, what: last time it was refused }
--     sources: { from: spread, what: sources that are let through now; of folded clients the most in one hour }
--     oneSource: { from: sample, what: one of the sources }
-- ---
WITH asked AS (
    -- Each as who it is, and once more as the internet: folded clients have no history of
    -- their own, and that of the internet with a service is of every client outside.
    SELECT
        p.period,
        i.is_internet,
        p.scope,
        CASE WHEN NOT i.is_internet THEN p.client END AS client,
        p.server,
        p.protocol,
        p.service_port,
        CASE WHEN i.is_internet THEN CASE WHEN p.client IS NULL THEN p.clients END ELSE 1 END AS clients,
        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN 0 ELSE p.accepted_records END AS accepted_records,
        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN 0 ELSE p.accepted_packets END AS accepted_packets,
        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN 0 ELSE p.accepted_bytes END AS accepted_bytes,
        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN CAST(NULL AS bigint) ELSE p.first_accept END AS first_accept,
        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN CAST(NULL AS bigint) ELSE p.last_accept END AS last_accept,
        CASE WHEN NOT i.is_internet THEN p.client_interface_id END AS client_interface_id,
        p.server_interface_id,
        p.accepted_records AS let_in_records,
        p.rejected_records,
        p.last_reject
    FROM pair_periods AS p
    CROSS JOIN (VALUES (FALSE), (TRUE)) AS i (is_internet)
    WHERE CASE WHEN i.is_internet THEN p.scope = 'ingress' ELSE p.client IS NOT NULL END
    UNION ALL
    -- A source that was refused now and then stands alone on those days, without its name.
    SELECT
        p.period,
        FALSE,
        r.scope,
        r.client,
        r.server,
        r.protocol,
        r.service_port,
        1,
        0,
        0,
        0,
        CAST(NULL AS bigint),
        CAST(NULL AS bigint),
        CAST(NULL AS varchar),
        r.server_interface_id,
        0,
        r.rejected_records,
        r.last_reject
    FROM traffic_rollup AS r
    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time
    INNER JOIN (
        SELECT DISTINCT client, server, protocol, service_port
        FROM pair_periods
        WHERE scope = 'ingress' AND accepted_records > 0 AND client IS NOT NULL
    ) AS l
        ON l.client = r.client
        AND l.server = r.server
        AND coalesce(l.protocol, -1) = coalesce(r.protocol, -1)
        AND coalesce(l.service_port, -1) = coalesce(r.service_port, -1)
    WHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}' AND r.is_lone
),

sources AS (
    SELECT
        period,
        is_internet,
        max(scope) AS scope,
        client,
        server,
        protocol,
        service_port,
        max(clients) AS clients,
        sum(accepted_records) AS accepted_records,
        sum(accepted_packets) AS accepted_packets,
        sum(accepted_bytes) AS accepted_bytes,
        min(first_accept) AS first_accept,
        max(last_accept) AS last_accept,
        max(client_interface_id) AS client_interface_id,
        max(server_interface_id) AS server_interface_id,
        sum(rejected_records) > 0 AND sum(let_in_records) = 0 AS is_refused,
        sum(let_in_records) > 0 AS is_let_in,
        max(last_reject) AS last_reject
    FROM asked
    GROUP BY period, is_internet, client, server, protocol, service_port
),

let_in AS (
    SELECT
        *,
        count(CASE WHEN is_refused THEN 1 END) OVER earlier AS refused_periods,
        max(CASE WHEN is_refused THEN last_reject END) OVER earlier AS refused_before,
        min(CASE WHEN is_refused THEN period END) OVER earlier AS first_refused,
        min(CASE WHEN is_let_in THEN period END) OVER earlier AS first_let_in
    FROM sources
    WINDOW earlier AS (
        PARTITION BY is_internet, client, server, protocol, service_port
        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
)
SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN sum(clients) = 1 THEN max(client) END AS client,
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
    CAST(sum(clients) AS bigint) AS spread,
    min(client) AS sample
FROM let_in
WHERE accepted_records > 0
    AND refused_periods >= :min_periods
    AND (first_let_in IS NULL OR first_let_in > first_refused)
    AND scope <> 'transit'
GROUP BY period, scope, server, protocol, service_port
