-- ---
-- what: One client inside that is refused by many hosts on one port.
-- grain: one row per period, client, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_hosts: { type: integer, what: "distinct hosts that refused in a period", default: 15 }
-- detection:
--   title: Host sweep from inside
--   severity: high
--   mitre: T1018
--   key: client protocol port
--   why: Something on this host knocks at every door of one kind, as worms and intruders do.
--   next: Find out what runs on the client. If it is a monitor or a scanner of your own, let it through or mute it; if nobody knows, isolate the host.
--   evidence:
--     refusingHosts: { from: spread, what: hosts that refused }
--     oneHost: { from: sample, what: one of the hosts }
-- ---
SELECT
    CAST(period AS bigint) AS period,
    scope,
    client,
    CAST(NULL AS varchar) AS server,
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
    CAST(count(DISTINCT server) AS decimal(38, 0)) AS observed,
    CAST(NULL AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(count(DISTINCT server) AS bigint) AS spread,
    min(server) AS sample
FROM pair_periods
WHERE scope IN ('internal', 'egress') AND rejected_records > 0 AND client IS NOT NULL
GROUP BY period, scope, client, protocol, service_port
HAVING count(DISTINCT server) >= :min_hosts
