-- ---
-- what: What an address sent, as logged by every interface that saw it.
-- grain: one row per dst, protocol, destination port, action
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   dst: who it was for
--   protocol: IANA number
--   dstport: destination port; of replies, the port that had asked
--   action: ACCEPT or REJECT
--   records: records
--   packets: packets
--   bytes: bytes
--   first_seen: first start
--   last_seen: last start
-- parameters:
--   source: { type: address, what: "address that sent" }
-- ---
SELECT
    dst,
    protocol,
    dstport,
    action,
    count(*) AS records,
    sum(CAST(packets AS decimal(38, 0))) AS packets,
    sum(CAST(bytes AS decimal(38, 0))) AS bytes,
    CAST(from_unixtime(min(start_time)) AS timestamp) AS first_seen,
    CAST(from_unixtime(max(start_time)) AS timestamp) AS last_seen
FROM flow_records
WHERE {{record_window}} AND (src = :source OR srcaddr = :source) AND action IN ('ACCEPT', 'REJECT')
GROUP BY dst, protocol, dstport, action
ORDER BY records DESC, dst, protocol, dstport, action
LIMIT {{limit}}
