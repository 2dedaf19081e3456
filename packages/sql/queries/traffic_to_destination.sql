-- ---
-- what: What was sent to an address, as logged by every interface that saw it.
-- grain: one row per src, protocol, destination port, action
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   src: who sent it, as the packet says where logged
--   protocol: IANA number
--   dstport: destination port; of replies, the port that had asked
--   action: ACCEPT or REJECT
--   records: records
--   packets: packets
--   bytes: bytes
--   first_seen: first start
--   last_seen: last start
-- parameters:
--   destination: { type: address, what: "address that received" }
-- ---
SELECT
    src,
    protocol,
    dstport,
    action,
    count(*) AS records,
    sum(CAST(packets AS decimal(38, 0))) AS packets,
    sum(CAST(bytes AS decimal(38, 0))) AS bytes,
    CAST(from_unixtime(min(start_time)) AS timestamp) AS first_seen,
    CAST(from_unixtime(max(start_time)) AS timestamp) AS last_seen
FROM flow_records
WHERE {{record_window}} AND (dst = :destination OR dstaddr = :destination) AND action IN ('ACCEPT', 'REJECT')
GROUP BY src, protocol, dstport, action
ORDER BY records DESC, src, protocol, dstport, action
LIMIT {{limit}}
