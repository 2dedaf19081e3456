-- ---
-- what: Every flow-log record, conformed - all columns of v2 to v11 present, `-` as NULL, the day and hour of its start, the true ends of the traffic.
-- grain: one row per record as logged, NODATA and SKIPDATA included
-- reads: flow_logs
-- prunes: every partition column of flow_logs passes through
-- cost: one scan of the partitions that the caller names
-- columns:
--   day: UTC day of `hour`, YYYY-MM-DD
--   hour: start of the hour that `start` falls in, Unix seconds, shifted by the zone's odd minutes
--   src: who sent it - pkt_srcaddr where logged, else srcaddr
--   dst: who it was for - pkt_dstaddr where logged, else dstaddr
--   handshake: syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)
--   owner: value of the first tag that is logged, percent-decoded - instance, interface, Auto Scaling group
-- ---
SELECT
    {{partition_columns}}
    date_format(from_unixtime("start" - ("start" - {{hour_offset}}) % 3600), '%Y-%m-%d') AS day,
    "start" - ("start" - {{hour_offset}}) % 3600 AS hour,
    nullif(log_status, '-') AS log_status,
    nullif(account_id, '-') AS account_id,
    nullif(region, '-') AS region,
    nullif(az_id, '-') AS az_id,
    nullif(vpc_id, '-') AS vpc_id,
    nullif(subnet_id, '-') AS subnet_id,
    nullif(instance_id, '-') AS instance_id,
    nullif(interface_id, '-') AS interface_id,
    nullif(interface_type, '-') AS interface_type,
    nullif(resource_id, '-') AS resource_id,
    nullif(srcaddr, '-') AS srcaddr,
    nullif(dstaddr, '-') AS dstaddr,
    coalesce(nullif(pkt_srcaddr, '-'), nullif(srcaddr, '-')) AS src,
    coalesce(nullif(pkt_dstaddr, '-'), nullif(dstaddr, '-')) AS dst,
    srcport,
    dstport,
    protocol,
    packets,
    bytes,
    "start" AS start_time,
    "end" AS end_time,
    nullif(action, '-') AS action,
    tcp_flags,
    CASE
        WHEN protocol <> 6 OR tcp_flags IS NULL THEN NULL
        WHEN bitwise_and(tcp_flags, 18) = 18 THEN 'syn-ack'
        WHEN bitwise_and(tcp_flags, 2) = 2 THEN 'syn'
        ELSE 'none'
    END AS handshake,
    nullif("type", '-') AS "type",
    nullif(flow_direction, '-') AS flow_direction,
    traffic_path,
    nullif(pkt_src_aws_service, '-') AS src_aws_service,
    nullif(pkt_dst_aws_service, '-') AS dst_aws_service,
    nullif(reject_reason, '-') AS reject_reason,
    encryption_status,
    coalesce(
        url_decode(nullif(instance_tag, '-')),
        url_decode(nullif(interface_tag, '-')),
        url_decode(nullif(asg_tag, '-'))
    ) AS owner,
    nullif(next_hop_interface_id, '-') AS next_hop_interface_id,
    nullif(next_hop_interface_type, '-') AS next_hop_interface_type,
    nullif(next_hop_vpc_id, '-') AS next_hop_vpc_id,
    nullif(ecs_service_name, '-') AS ecs_service_name
FROM flow_logs
