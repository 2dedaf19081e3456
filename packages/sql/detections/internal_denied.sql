-- ---
-- what: Private client to private server, refused again and again, never let through before.
-- grain: one row per period, scope, server, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_records: { type: integer, what: "refused records in a period", default: 5 }
-- detection:
--   title: Refused inside, again and again
--   severity: medium
--   key: server protocol port
--   why: A host inside keeps asking another and is turned away - a deploy that points at the wrong place, or a rule that was never written.
--   next: Ask the owner of the client whether it should talk to this service. If yes, allow it at the end that refused; if no, stop it asking.
--   evidence:
--     refusedRecords: { from: observed, what: records refused in the period }
--     clients: { from: spread, what: clients that are refused }
--     oneClient: { from: sample, what: one of the clients }
-- ---
WITH denied AS (
    SELECT
        *,
        max(CASE WHEN accepted_records > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY client, server, protocol, service_port ORDER BY period) AS ever_accepted
    FROM pair_periods
    WHERE scope = 'internal' AND client IS NOT NULL
)
SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN min(client) = max(client) THEN max(client) END AS client,
    server,
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
    CAST(count(DISTINCT client) AS bigint) AS spread,
    min(client) AS sample
FROM denied
WHERE ever_accepted = 0 AND rejected_records > 0 AND reject_reason IS NULL
GROUP BY period, scope, server, protocol, service_port
HAVING sum(rejected_records) >= :min_records
