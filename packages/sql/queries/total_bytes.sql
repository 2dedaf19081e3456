-- ---
-- what: Total bytes transferred, each conversation counted once however many interfaces logged it.
-- grain: one row per scope, and one for all
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   scope: total, or internal, egress, ingress, transit
--   records: records
--   packets: packets
--   bytes: bytes let through, both ways
--   sent_bytes: of the bytes, from client to server
--   returned_bytes: of the bytes, from server to client
--   rejected_bytes: bytes that did not get through
-- ---
SELECT
    coalesce(r.scope, 'total') AS scope,
    coalesce(sum(accepted_records), 0) AS records,
    coalesce(sum(accepted_packets), 0) AS packets,
    coalesce(sum(accepted_bytes), 0) AS bytes,
    coalesce(sum(sent_bytes), 0) AS sent_bytes,
    coalesce(sum(accepted_bytes - sent_bytes), 0) AS returned_bytes,
    coalesce(sum(rejected_bytes + reply_rejected_bytes + late_bytes), 0) AS rejected_bytes
FROM traffic_rollup AS r
WHERE {{rollup_window}}
GROUP BY GROUPING SETS ((), (r.scope))
ORDER BY CASE WHEN r.scope IS NULL THEN 1 ELSE 0 END, r.scope
LIMIT {{limit}}
