-- ---
-- what: Ports that were refused most often, and by whom they were asked for.
-- grain: one row per protocol and service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   records: records
--   internal_records: of these, inside
--   egress_records: of these, from inside to outside
--   ingress_records: of these, from outside
--   clients: distinct clients
--   servers: distinct servers
-- ---
SELECT
    protocol,
    service_port,
    sum(rejected_records) AS records,
    sum(CASE WHEN scope = 'internal' THEN rejected_records ELSE 0 END) AS internal_records,
    sum(CASE WHEN scope = 'egress' THEN rejected_records ELSE 0 END) AS egress_records,
    sum(CASE WHEN scope = 'ingress' THEN rejected_records ELSE 0 END) AS ingress_records,
    count(DISTINCT client) AS clients,
    count(DISTINCT server) AS servers
FROM traffic_rollup
WHERE {{rollup_window}} AND rejected_records > 0
GROUP BY protocol, service_port
ORDER BY records DESC, protocol, service_port
LIMIT {{limit}}
