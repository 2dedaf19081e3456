-- ---
-- what: Services inside that were let through for the first time, as far as the window reaches back.
-- grain: one row per server, protocol, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   first_accept: when it was first let through
--   sample_client: one of the clients; NULL where they are folded
--   records: records
--   bytes: bytes
-- parameters:
--   since: { type: time, what: "from when on a service is new; the window should begin days before" }
-- ---
SELECT
    server,
    protocol,
    service_port,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    min(client) AS sample_client,
    sum(accepted_records) AS records,
    sum(accepted_bytes) AS bytes
FROM traffic_rollup
WHERE {{rollup_window}} AND scope IN ('internal', 'ingress') AND accepted_records > 0
GROUP BY server, protocol, service_port
HAVING min(first_accept) >= :since
ORDER BY first_accept DESC, server, protocol, service_port
LIMIT {{limit}}
