-- ---
-- what: Who was let in on SSH, and where from.
-- grain: one row per client and server
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   server: who was asked
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
    max(scope) AS scope,
    sum(accepted_records) AS records,
    sum(accepted_packets) AS packets,
    sum(accepted_bytes) AS bytes,
    sum(sent_bytes) AS sent_bytes,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept
FROM traffic_rollup
WHERE {{rollup_window}} AND protocol = 6 AND service_port = 22 AND accepted_records > 0
GROUP BY client, server
ORDER BY records DESC, client, server
LIMIT {{limit}}
