-- ---
-- what: Addresses that moved the most bytes, as client or as server, conversations counted once.
-- grain: one row per address
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   address: NULL stands for the many internet clients of busy public services, which the rollup keeps as one
--   bytes: bytes let through, sent and received
--   sent_bytes: of these, sent by the address
--   received_bytes: of these, received by it
--   packets: packets
--   records: records
--   peers: distinct counterparts
-- ---
SELECT
    address,
    sum(bytes) AS bytes,
    sum(sent_bytes) AS sent_bytes,
    sum(bytes - sent_bytes) AS received_bytes,
    sum(packets) AS packets,
    sum(records) AS records,
    count(DISTINCT peer) AS peers
FROM (
    SELECT
        client AS address,
        server AS peer,
        accepted_records AS records,
        accepted_packets AS packets,
        accepted_bytes AS bytes,
        sent_bytes AS sent_bytes
    FROM traffic_rollup
    WHERE {{rollup_window}} AND accepted_records > 0
    UNION ALL
    SELECT server, client, accepted_records, accepted_packets, accepted_bytes, accepted_bytes - sent_bytes
    FROM traffic_rollup
    WHERE {{rollup_window}} AND accepted_records > 0
) AS ends
GROUP BY address
ORDER BY bytes DESC, address
LIMIT {{limit}}
