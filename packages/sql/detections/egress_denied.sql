-- ---
-- what: Inside to internet, refused again and again, never let through before.
-- grain: one row per period, scope, client, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_records: { type: integer, what: "refused records in a period", default: 5 }
-- detection:
--   title: Refused on the way out
--   severity: medium
--   mitre: T1071
--   key: client protocol port
--   why: A host inside tries to reach the internet and may not. Either a rule is missing, or something on it calls home.
--   next: See what runs on the client and whether it should reach this service. If yes, allow it; if no, look at the host.
--   evidence:
--     refusedRecords: { from: observed, what: records refused in the period }
--     servers: { from: spread, what: servers that it tries }
--     oneServer: { from: sample, what: one of the servers }
-- ---
WITH denied AS (
    SELECT
        *,
        max(CASE WHEN accepted_records > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY client, server, protocol, service_port ORDER BY period) AS ever_accepted
    FROM pair_periods
    WHERE scope = 'egress' AND client IS NOT NULL
)
SELECT
    CAST(period AS bigint) AS period,
    scope,
    client,
    CASE WHEN min(server) = max(server) THEN max(server) END AS server,
    protocol,
    service_port,
    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,
    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(first_reject) AS bigint) AS first_seen,
    CAST(max(last_reject) AS bigint) AS last_seen,
    {{refusing_end:refused_at}} AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,
    CAST(NULL AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(count(DISTINCT server) AS bigint) AS spread,
    min(server) AS sample
FROM denied
WHERE ever_accepted = 0 AND rejected_records > 0 AND reject_reason IS NULL
GROUP BY period, scope, client, protocol, service_port
HAVING sum(rejected_records) >= :min_records
