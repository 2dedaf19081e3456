-- ---
-- what: The one scan of a day's raw logs - records of the same tuple, interface and hour added up, and the client's ephemeral port dropped where the two ports alone say who serves.
-- grain: one row per hour, interface, status, action, source, destination, protocol, ports that are kept, handshake
-- reads: flow_records
-- prunes: the partition columns of flow_logs, for the day and the settle hours after it
-- cost: one scan of one day; everything after it reads this stage and no log
-- columns:
--   day: UTC day of the hour
--   hour: start of the hour, Unix seconds
--   log_status: OK, NODATA, SKIPDATA, or NULL where the format has none
--   action: ACCEPT, REJECT or NULL
--   interface_id: interface that logged
--   srcaddr: source as logged
--   dstaddr: destination as logged
--   src: who sent it
--   dst: who it was for
--   other_src: src where it is not srcaddr
--   other_dst: dst where it is not dstaddr
--   srcport: NULL where dropped - the destination serves
--   dstport: NULL where dropped - the source serves
--   protocol: IANA number
--   handshake: syn, syn-ack, none, or NULL where flags are not logged
--   flow_direction: ingress or egress, where logged
--   reject_reason: BPA or EC, where logged
--   records: records as logged
--   packets: packets, summed over windows
--   bytes: bytes, summed over windows
--   first_start: first start, Unix seconds
--   last_start: last start, Unix seconds
--   last_end: last end, Unix seconds
--   account_id: account of the interface
--   region: region of the interface
--   az_id: Availability Zone id
--   vpc_id: VPC of the interface
--   subnet_id: subnet of the interface
--   instance_id: instance of the interface
--   interface_type: kind of interface, where logged
--   owner: value of the owner tag, where logged
--   src_aws_service: AWS service of the source, where logged
--   dst_aws_service: AWS service of the destination, where logged
--   traffic_path: way out of the VPC, where logged
--   next_hop_interface_id: interface of the next hop, where logged
--   next_hop_interface_type: kind of that interface
--   next_hop_vpc_id: VPC of the next hop
-- ---
-- A port is dropped only where a system or known port faces a dynamic one. Any
-- other pair keeps both, and so does a refused record that is shaped like a
-- reply: whether it is one depends on the forward direction, which is not here.
SELECT
    coalesce(date_format(from_unixtime(hour), '%Y-%m-%d'), 'undated') AS day,
    coalesce(other_src, srcaddr) AS src,
    coalesce(other_dst, dstaddr) AS dst,
    t.*
FROM (
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
) AS t
