-- ---
-- what: TCP services that moved the most bytes.
-- grain: one row per server and service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   server: who was asked
--   service_port: NULL where the protocol has no ports
--   clients: distinct clients; the folded crowd of a public service counts as its size in its busiest hour
--   records: records
--   packets: packets
--   bytes: bytes
--   sent_bytes: of the bytes, from clients to the server
-- ---
SELECT
    server,
    service_port,
    count(DISTINCT client) + max(CASE WHEN client IS NULL THEN clients ELSE 0 END) AS clients,
    sum(accepted_records) AS records,
    sum(accepted_packets) AS packets,
    sum(accepted_bytes) AS bytes,
    sum(sent_bytes) AS sent_bytes
FROM traffic_rollup
WHERE {{rollup_window}} AND protocol = 6 AND accepted_records > 0
GROUP BY server, service_port
ORDER BY bytes DESC, server, service_port
LIMIT {{limit}}
