-- ---
-- what: Records of a subject, as logged, newest first.
-- grain: one row per record
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   start_time: start of the window
--   end_time: end of the window
--   interface_id: interface that logged
--   src: who sent it, as the packet says where logged
--   srcport: source port
--   dst: who it was for
--   dstport: destination port
--   protocol: IANA number
--   packets: packets
--   bytes: bytes
--   action: ACCEPT or REJECT
--   handshake: syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)
--   flow_direction: ingress or egress, as the interface sees it
--   reject_reason: BPA or EC where logged
-- ---
SELECT
    CAST(from_unixtime(r.start_time) AS timestamp) AS start_time,
    CAST(from_unixtime(r.end_time) AS timestamp) AS end_time,
    interface_id,
    src,
    srcport,
    dst,
    dstport,
    protocol,
    packets,
    bytes,
    action,
    handshake,
    flow_direction,
    reject_reason
FROM flow_records AS r
WHERE {{subject_records}} AND action IN ('ACCEPT', 'REJECT')
ORDER BY
    r.end_time DESC,
    r.start_time DESC,
    interface_id,
    src,
    srcport,
    dst,
    dstport,
    protocol,
    packets,
    bytes,
    action,
    handshake,
    flow_direction,
    reject_reason
LIMIT {{limit}}
