-- ---
-- what: The newest records, as logged, NODATA and SKIPDATA included.
-- grain: one row per record
-- reads: flow_logs
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   start_time: start of the window
--   end_time: end of the window
--   interface_id: interface that logged
--   srcaddr: source as logged
--   srcport: source port
--   dstaddr: destination as logged
--   dstport: destination port
--   protocol: IANA number
--   packets: packets
--   bytes: bytes
--   action: ACCEPT or REJECT
--   log_status: OK, NODATA or SKIPDATA
-- ---
SELECT
    CAST(from_unixtime("start") AS timestamp) AS start_time,
    CAST(from_unixtime("end") AS timestamp) AS end_time,
    nullif(interface_id, '-') AS interface_id,
    nullif(srcaddr, '-') AS srcaddr,
    srcport,
    nullif(dstaddr, '-') AS dstaddr,
    dstport,
    protocol,
    packets,
    bytes,
    nullif(action, '-') AS action,
    nullif(log_status, '-') AS log_status
FROM flow_logs
WHERE {{raw_window}}
ORDER BY "end" DESC, "start" DESC, interface_id, srcaddr, srcport, dstaddr, dstport, protocol, packets, bytes, action, log_status
LIMIT {{limit}}
