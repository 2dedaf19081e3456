-- ---
-- what: Clients that were refused most often.
-- grain: one row per client
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   is_outside: whether the client lies outside the local networks
--   records: records
--   packets: packets
--   bytes: bytes
--   servers: distinct servers that it asked
--   ports: distinct ports that it asked for
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
-- ---
SELECT
    client,
    bool_or(scope IN ('ingress', 'transit')) AS is_outside,
    sum(rejected_records) AS records,
    sum(rejected_packets) AS packets,
    sum(rejected_bytes) AS bytes,
    count(DISTINCT server) AS servers,
    count(DISTINCT service_port) AS ports,
    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,
    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject
FROM traffic_rollup
WHERE {{rollup_window}} AND rejected_records > 0
GROUP BY client
ORDER BY records DESC, client
LIMIT {{limit}}
