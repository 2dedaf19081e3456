-- ---
-- what: Every conversation of a subject, by the rules of the rollup, refused ones first, no client folded.
-- grain: one row per client, server, protocol, service port
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window; everything after it reads the records of the subject alone
-- columns:
--   client: who began
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   scope: internal, egress, ingress, or transit (both ends outside)
--   decided_by: what told client from server
--   refused_at: client, server or both - the end that refused; NULL where the logs do not show it
--   accepted_records: records let through
--   accepted_packets: packets let through
--   accepted_bytes: bytes let through, both ways
--   sent_bytes: of the bytes, from client to server
--   rejected_records: records refused on the way to the server
--   rejected_packets: packets of these
--   rejected_bytes: bytes of these
--   reply_rejected_records: replies refused
--   late_records: records refused after a connection closed, which no rule did
--   first_accept: first start of a record let through on the way to the server
--   last_accept: last such start
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
--   client_interface_id: interface of the client, where it is logged
--   server_interface_id: interface of the server, where it is logged
--   reject_reason: BPA or EC where logged
-- ---
WITH flow_tuples AS (
{{subject_tuples}}
),

conversation_hours AS (
{{include:rollups/traffic_rollup}}
)

SELECT
    client,
    server,
    protocol,
    service_port,
    max(scope) AS scope,
    min(decided_by) AS decided_by,
    {{refusing_end:refused_at}} AS refused_at,
    sum(accepted_records) AS accepted_records,
    sum(accepted_packets) AS accepted_packets,
    sum(accepted_bytes) AS accepted_bytes,
    sum(sent_bytes) AS sent_bytes,
    sum(rejected_records) AS rejected_records,
    sum(rejected_packets) AS rejected_packets,
    sum(rejected_bytes) AS rejected_bytes,
    sum(reply_rejected_records) AS reply_rejected_records,
    sum(late_records) AS late_records,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept,
    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,
    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    max(reject_reason) AS reject_reason
FROM conversation_hours AS h
GROUP BY client, server, protocol, service_port
ORDER BY
    CASE WHEN sum(h.rejected_records + h.reply_rejected_records) > 0 THEN 0 ELSE 1 END,
    rejected_records DESC,
    reply_rejected_records DESC,
    accepted_bytes DESC,
    client,
    server,
    protocol,
    service_port
LIMIT {{limit}}
