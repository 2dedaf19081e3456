-- ---
-- what: Pairs of hosts that moved the most bytes between them.
-- grain: one row per client and server
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began; NULL for the many internet clients of a busy public service, which the rollup keeps as one
--   server: who was asked
--   scope: internal, egress, ingress, or transit (both ends outside)
--   services: distinct services (protocol, port)
--   records: records
--   packets: packets
--   bytes: bytes
--   sent_bytes: of the bytes, from client to server
--   returned_bytes: of the bytes, from server to client
-- ---
SELECT
    client,
    server,
    max(scope) AS scope,
    count(DISTINCT protocol * 65536 + coalesce(service_port, 0)) AS services,
    sum(accepted_records) AS records,
    sum(accepted_packets) AS packets,
    sum(accepted_bytes) AS bytes,
    sum(sent_bytes) AS sent_bytes,
    sum(accepted_bytes - sent_bytes) AS returned_bytes
FROM traffic_rollup
WHERE {{rollup_window}} AND accepted_records > 0
GROUP BY client, server
ORDER BY bytes DESC, client, server
LIMIT {{limit}}
