-- ---
-- what: Services inside that somebody from the internet was let through to.
-- grain: one row per server, protocol, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   is_admin_port: whether the port gives control of a host or its data
--   clients: distinct clients; the folded crowd of a public service counts as its size in its busiest hour
--   records: records
--   bytes: bytes
--   first_accept: first start of a record let through on the way to the server
--   last_accept: last such start
-- ---
SELECT
    server,
    protocol,
    service_port,
    coalesce(service_port IN {{admin_ports}}, FALSE) AS is_admin_port,
    count(DISTINCT client) + max(CASE WHEN client IS NULL THEN clients ELSE 0 END) AS clients,
    sum(accepted_records) AS records,
    sum(accepted_bytes) AS bytes,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept
FROM traffic_rollup
WHERE {{rollup_window}} AND scope = 'ingress' AND accepted_records > 0
GROUP BY server, protocol, service_port
ORDER BY is_admin_port DESC, bytes DESC, server, protocol, service_port
LIMIT {{limit}}
