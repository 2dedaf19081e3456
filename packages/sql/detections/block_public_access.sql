-- ---
-- what: Refused with reject-reason BPA.
-- grain: one row per period, scope, inside host, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- detection:
--   title: Refused by VPC Block Public Access
--   severity: medium
--   key: scope client server protocol port
--   why: VPC Block Public Access turned this away, whatever the rules of the subnet say.
--   next: If the host should reach or be reached from the internet, add an exclusion for its VPC or subnet; if not, stop it asking.
--   needs: reject-reason
--   evidence:
--     refusedRecords: { from: observed, what: records refused in the period }
--     counterparts: { from: spread, what: hosts at the other end }
--     oneCounterpart: { from: sample, what: one of the hosts at the other end }
-- ---
SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN scope = 'egress' OR min(client) = max(client) THEN max(client) END AS client,
    CASE WHEN scope <> 'egress' OR min(server) = max(server) THEN max(server) END AS server,
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
    CAST(count(DISTINCT CASE WHEN scope = 'egress' THEN server ELSE client END) AS bigint) AS spread,
    min(CASE WHEN scope = 'egress' THEN server ELSE client END) AS sample
FROM pair_periods
WHERE reject_reason = 'BPA' AND rejected_records > 0
GROUP BY period, scope, CASE WHEN scope = 'egress' THEN client ELSE server END, protocol, service_port
