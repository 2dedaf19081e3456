-- ---
-- what: The way there is let through, the way back is refused.
-- grain: one row per period, server, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_records: { type: integer, what: "refused replies in a period", default: 3 }
-- detection:
--   title: Asked, answered, and the answer refused
--   severity: high
--   key: server protocol port
--   why: Only a network ACL refuses a reply, since it keeps no state. The connection can't work.
--   next: Open the ephemeral ports (1024 to 65535) in the network ACL of the subnet that refused - inbound at the client's, outbound at the server's.
--   evidence:
--     refusedReplies: { from: observed, what: replies refused in the period }
--     acceptedRecords: { from: expected, what: records let through on the way there and back }
--     clients: { from: spread, what: clients concerned }
--     oneClient: { from: sample, what: one of the clients }
-- ---
SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN min(client) = max(client) THEN max(client) END AS client,
    server,
    protocol,
    service_port,
    CAST(sum(reply_rejected_records) AS decimal(38, 0)) AS records,
    CAST(sum(reply_rejected_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(reply_rejected_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(first_reject) AS bigint) AS first_seen,
    CAST(max(last_reject) AS bigint) AS last_seen,
    {{refusing_end:refused_at}} AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(sum(reply_rejected_records) AS decimal(38, 0)) AS observed,
    CAST(sum(accepted_records) AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(count(DISTINCT client) AS bigint) AS spread,
    min(client) AS sample
FROM pair_periods
WHERE reply_rejected_records > 0 AND scope <> 'transit' AND client IS NOT NULL
GROUP BY period, scope, server, protocol, service_port
HAVING sum(reply_rejected_records) >= :min_records
