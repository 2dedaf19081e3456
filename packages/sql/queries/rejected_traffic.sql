-- ---
-- what: Traffic that was refused, at whichever end, conversations counted once.
-- grain: one row per client, server, protocol, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   scope: internal, egress, ingress, or transit (both ends outside)
--   refused_at: client, server or both - the end that refused; NULL where the logs do not show it
--   records: records refused on the way to the server
--   reply_rejected_records: replies refused
--   late_records: records refused after a connection closed, which no rule did
--   packets: packets refused on the way to the server
--   bytes: bytes of these
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
-- ---
SELECT
    client,
    server,
    protocol,
    service_port,
    max(scope) AS scope,
    {{refusing_end:refused_at}} AS refused_at,
    sum(rejected_records) AS records,
    sum(reply_rejected_records) AS reply_rejected_records,
    sum(late_records) AS late_records,
    sum(rejected_packets) AS packets,
    sum(rejected_bytes) AS bytes,
    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,
    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject
FROM traffic_rollup
WHERE {{rollup_window}} AND rejected_records + reply_rejected_records + late_records > 0
GROUP BY client, server, protocol, service_port
ORDER BY records DESC, reply_rejected_records DESC, late_records DESC, client, server, protocol, service_port
LIMIT {{limit}}
