-- ---
-- what: Traffic that was let through, conversations counted once.
-- grain: one row per client, server, protocol, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began; NULL for the many internet clients of a busy public service, which the rollup keeps as one
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   scope: internal, egress, ingress, or transit (both ends outside)
--   records: records
--   packets: packets
--   bytes: bytes
--   sent_bytes: of the bytes, from client to server
--   first_accept: first start of a record let through on the way to the server
--   last_accept: last such start
-- ---
SELECT
    client,
    server,
    protocol,
    service_port,
    max(scope) AS scope,
    sum(accepted_records) AS records,
    sum(accepted_packets) AS packets,
    sum(accepted_bytes) AS bytes,
    sum(sent_bytes) AS sent_bytes,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept
FROM traffic_rollup
WHERE {{rollup_window}} AND accepted_records > 0
GROUP BY client, server, protocol, service_port
ORDER BY bytes DESC, client, server, protocol, service_port
LIMIT {{limit}}
