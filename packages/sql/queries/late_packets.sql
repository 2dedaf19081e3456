-- ---
-- what: Rejects that are only packets after a connection closed - counted apart, no finding.
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
--   late_records: records refused after a connection closed, which no rule did
--   late_packets: packets of these
--   accepted_records: records of the conversation that were let through
-- ---
SELECT
    client,
    server,
    protocol,
    service_port,
    max(scope) AS scope,
    sum(late_records) AS late_records,
    sum(late_packets) AS late_packets,
    sum(accepted_records) AS accepted_records
FROM traffic_rollup
WHERE {{rollup_window}}
GROUP BY client, server, protocol, service_port
HAVING sum(late_records) > 0
ORDER BY late_records DESC, client, server, protocol, service_port
LIMIT {{limit}}
