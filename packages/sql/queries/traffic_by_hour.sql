-- ---
-- what: How much was let through in each hour, by scope.
-- grain: one row per hour that has traffic
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   hour: start of the hour
--   records: records
--   packets: packets
--   bytes: bytes
--   internal_bytes: of these, inside
--   egress_bytes: of these, asked for from inside, answered outside
--   ingress_bytes: of these, asked for from outside
-- ---
SELECT
    CAST(from_unixtime(hour) AS timestamp) AS hour,
    sum(accepted_records) AS records,
    sum(accepted_packets) AS packets,
    sum(accepted_bytes) AS bytes,
    sum(CASE WHEN scope = 'internal' THEN accepted_bytes ELSE 0 END) AS internal_bytes,
    sum(CASE WHEN scope = 'egress' THEN accepted_bytes ELSE 0 END) AS egress_bytes,
    sum(CASE WHEN scope = 'ingress' THEN accepted_bytes ELSE 0 END) AS ingress_bytes
FROM traffic_rollup
WHERE {{rollup_window}}
GROUP BY traffic_rollup.hour
ORDER BY traffic_rollup.hour
LIMIT {{limit}}
