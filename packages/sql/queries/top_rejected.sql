-- ---
-- what: Connections that were refused most often, as logged.
-- grain: one row per source, destination, destination port, protocol
-- reads: flow_logs
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   srcaddr: source as logged
--   dstaddr: destination as logged
--   dstport: destination port
--   protocol: IANA number
--   records: records
--   packets: packets
--   bytes: bytes
-- ---
SELECT
    srcaddr,
    dstaddr,
    dstport,
    protocol,
    count(*) AS records,
    sum(CAST(packets AS decimal(38, 0))) AS packets,
    sum(CAST(bytes AS decimal(38, 0))) AS bytes
FROM flow_logs
WHERE {{raw_window}} AND action = 'REJECT'
GROUP BY srcaddr, dstaddr, dstport, protocol
ORDER BY records DESC, srcaddr, dstaddr, dstport, protocol
LIMIT {{limit}}
