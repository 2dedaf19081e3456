-- ---
-- what: TCP that was let through and never answered - the rule is right, the service is not there, or its answer takes another way.
-- grain: one row per client, server, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   server: who was asked
--   service_port: NULL where the protocol has no ports
--   scope: internal, egress, ingress, or transit (both ends outside)
--   records: records
--   packets: packets
--   first_accept: first start of a record let through on the way to the server
--   last_accept: last such start
-- ---
SELECT
    client,
    server,
    service_port,
    max(scope) AS scope,
    sum(accepted_records) AS records,
    sum(accepted_packets) AS packets,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept
FROM traffic_rollup
WHERE {{rollup_window}} AND protocol = 6 AND client IS NOT NULL
GROUP BY client, server, service_port
HAVING sum(accepted_records) > 0
    AND sum(accepted_bytes) = sum(sent_bytes)
    AND sum(rejected_records + reply_rejected_records) = 0
ORDER BY records DESC, client, server, service_port
LIMIT {{limit}}
