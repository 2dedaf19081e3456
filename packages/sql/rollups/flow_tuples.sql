-- ---
-- what: The one scan of a day's raw logs - records of the same tuple, interface and hour added up, and the client's ephemeral port dropped where the two ports alone say who serves.
-- grain: one row per hour, interface, status, action, source, destination, protocol, ports that are kept, handshake
-- reads: flow_records
-- prunes: the partition columns of flow_logs, for the day and the settle hours after it
-- cost: one scan of one day; everything after it reads this stage and no log
-- columns:
--   day: UTC day of the hour
--   srcport: NULL where dropped - the destination serves
--   dstport: NULL where dropped - the source serves
--   records: records as logged
--   packets: packets, summed over windows
--   bytes: bytes, summed over windows
-- ---
-- A port is dropped only where a system or known port faces a dynamic one. Any
-- other pair keeps both, and so does a refused record that is shaped like a
-- reply: whether it is one depends on the forward direction, which is not here.
SELECT
    date_format(from_unixtime(hour), '%Y-%m-%d') AS day,
    t.*
FROM (
    SELECT
        hour,
        log_status,
        action,
        interface_id,
        srcaddr,
        dstaddr,
        src,
        dst,
        {{include:kept_ports}},
        protocol,
        handshake,
        flow_direction,
        reject_reason,
        count(*) AS records,
        sum(CAST(packets AS decimal(38, 0))) AS packets,
        sum(CAST(bytes AS decimal(38, 0))) AS bytes,
        min(start_time) AS first_start,
        max(start_time) AS last_start,
        max(end_time) AS last_end,
        max(account_id) AS account_id,
        max(region) AS region,
        max(az_id) AS az_id,
        max(vpc_id) AS vpc_id,
        max(subnet_id) AS subnet_id,
        max(instance_id) AS instance_id,
        max(interface_type) AS interface_type,
        max(owner) AS owner,
        max(src_aws_service) AS src_aws_service,
        max(dst_aws_service) AS dst_aws_service,
        max(traffic_path) AS traffic_path,
        max(next_hop_interface_id) AS next_hop_interface_id,
        max(next_hop_interface_type) AS next_hop_interface_type,
        max(next_hop_vpc_id) AS next_hop_vpc_id
    FROM flow_records
    WHERE {{records_of_day}}
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14
) AS t
