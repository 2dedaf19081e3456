-- ---
-- what: Which way traffic leaves - by traffic path and next hop. Needs the fields traffic-path and next-hop-*.
-- grain: one row per path, next hop, scope
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   traffic_path: number as logged, 1 to 8
--   path: what the number means
--   next_hop_interface_type: kind of interface of the next hop
--   next_hop_interface_id: interface of the next hop
--   next_hop_vpc_id: VPC of the next hop
--   scope: egress (asked for from inside), ingress (answers to outside), internal, transit
--   records: records let through
--   outbound_bytes: bytes that left this way
--   bytes: bytes of these conversations, both ways
--   clients: distinct clients
--   servers: distinct servers
-- ---
SELECT
    traffic_path,
    CASE traffic_path
        WHEN 1 THEN 'same VPC'
        WHEN 2 THEN 'internet gateway or gateway endpoint'
        WHEN 3 THEN 'virtual private gateway'
        WHEN 4 THEN 'peering in the region'
        WHEN 5 THEN 'peering to another region'
        WHEN 6 THEN 'local gateway'
        WHEN 7 THEN 'gateway VPC endpoint'
        WHEN 8 THEN 'internet gateway'
    END AS path,
    next_hop_interface_type,
    next_hop_interface_id,
    next_hop_vpc_id,
    scope,
    sum(accepted_records) AS records,
    sum(CASE WHEN scope = 'ingress' THEN accepted_bytes - sent_bytes ELSE sent_bytes END) AS outbound_bytes,
    sum(accepted_bytes) AS bytes,
    count(DISTINCT client) AS clients,
    count(DISTINCT server) AS servers
FROM traffic_rollup
WHERE {{rollup_window}} AND (traffic_path IS NOT NULL OR next_hop_interface_id IS NOT NULL) AND accepted_records > 0
GROUP BY traffic_path, next_hop_interface_type, next_hop_interface_id, next_hop_vpc_id, scope
ORDER BY
    outbound_bytes DESC,
    bytes DESC,
    traffic_path,
    next_hop_interface_type,
    next_hop_interface_id,
    next_hop_vpc_id,
    scope
LIMIT {{limit}}
