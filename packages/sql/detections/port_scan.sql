-- ---
-- what: One client inside that is refused on many ports of one server.
-- grain: one row per period, client, server
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_ports: { type: integer, what: "distinct ports refused in a period", default: 25 }
-- detection:
--   title: Port scan from inside
--   severity: high
--   mitre: T1046
--   key: client server
--   why: Software asks for the ports it needs. Something on this host is looking for what is open.
--   next: Find out what runs on the client - a scanner of your own, or an intruder. If nobody knows, isolate the host.
--   evidence:
--     refusedPorts: { from: spread, what: ports refused }
--     lowestPort: { from: sample, what: lowest of the ports }
-- ---
SELECT
    CAST(period AS bigint) AS period,
    scope,
    client,
    server,
    max(protocol) AS protocol,
    CAST(NULL AS integer) AS service_port,
    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,
    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(first_reject) AS bigint) AS first_seen,
    CAST(max(last_reject) AS bigint) AS last_seen,
    {{refusing_end:refused_at}} AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(count(DISTINCT service_port) AS decimal(38, 0)) AS observed,
    CAST(NULL AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(count(DISTINCT service_port) AS bigint) AS spread,
    CAST(min(service_port) AS varchar) AS sample
FROM pair_periods
WHERE scope IN ('internal', 'egress') AND rejected_records > 0 AND client IS NOT NULL
GROUP BY period, scope, client, server
HAVING count(DISTINCT service_port) >= :min_ports
