-- ---
-- what: Accepted from the internet on a port that gives control - SSH, RDP, databases.
-- grain: one row per period, server, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- detection:
--   title: Open to the internet
--   severity: critical
--   mitre: T1133
--   key: server protocol port
--   why: Anybody on the internet reaches a port that gives control of the host or its data.
--   next: Close the port in the security group of the server, or allow only the addresses that need it - better, use Session Manager or a VPN.
--   evidence:
--     acceptedRecords: { from: observed, what: records let through in the period }
--     clients: { from: spread, what: clients from the internet }
--     oneClient: { from: sample, what: one of the clients }
-- ---
SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN min(client) = max(client) THEN max(client) END AS client,
    server,
    protocol,
    service_port,
    CAST(sum(accepted_records) AS decimal(38, 0)) AS records,
    CAST(sum(accepted_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(accepted_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(first_accept) AS bigint) AS first_seen,
    CAST(max(last_accept) AS bigint) AS last_seen,
    CAST(NULL AS varchar) AS refused_at,
    CAST(NULL AS varchar) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(sum(accepted_records) AS decimal(38, 0)) AS observed,
    CAST(NULL AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(count(DISTINCT client) AS bigint) AS spread,
    min(client) AS sample
FROM pair_periods
WHERE scope = 'ingress' AND protocol = 6 AND service_port IN {{admin_ports}} AND accepted_records > 0
GROUP BY period, scope, server, protocol, service_port
