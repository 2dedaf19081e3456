-- ---
-- what: Records of the same tuple, interface and hour added up, with what can't be derived from other columns and nothing else.
-- input: flow_records; the fragment records_of_day
-- gives: a statement; the columns of flow_tuples without those of `tuple_ends`
-- ---
-- A port is dropped only where a system or known port faces a dynamic one. Any
-- other pair keeps both, and so does a refused record that is shaped like a
-- reply: whether it is one depends on the forward direction, which is not here.
SELECT
    hour,
    log_status,
    action,
    interface_id,
    srcaddr,
    dstaddr,
    -- NULL where it is the interface's: two addresses to group by, not four.
    {{logged:nullif(src, srcaddr):pkt_srcaddr}} AS other_src,
    {{logged:nullif(dst, dstaddr):pkt_dstaddr}} AS other_dst,
    {{include:kept_ports}},
    protocol,
    {{logged:handshake}} AS handshake,
    {{logged:flow_direction}} AS flow_direction,
    {{logged:reject_reason}} AS reject_reason,
    count(*) AS records,
    coalesce(sum(CAST(packets AS decimal(38, 0))), 0) AS packets,
    coalesce(sum(CAST(bytes AS decimal(38, 0))), 0) AS bytes,
    min(start_time) AS first_start,
    max(start_time) AS last_start,
    max(end_time) AS last_end,
    {{any:account_id}} AS account_id,
    {{any:region}} AS region,
    {{any:az_id}} AS az_id,
    {{any:vpc_id}} AS vpc_id,
    {{any:subnet_id}} AS subnet_id,
    {{any:instance_id}} AS instance_id,
    {{any:interface_type}} AS interface_type,
    {{any:owner}} AS owner,
    {{any:src_aws_service}} AS src_aws_service,
    {{any:dst_aws_service}} AS dst_aws_service,
    {{any:traffic_path}} AS traffic_path,
    {{any:next_hop_interface_id}} AS next_hop_interface_id,
    {{any:next_hop_interface_type}} AS next_hop_interface_type,
    {{any:next_hop_vpc_id}} AS next_hop_vpc_id
FROM flow_records
WHERE {{records_of_day}}
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
