-- ---
-- what: Every flow-log record, conformed - all columns of v2 to v11 present, `-` as NULL, the day and hour of its start, the true ends of the traffic.
-- grain: one row per record as logged, NODATA and SKIPDATA included
-- reads: flow_logs
-- prunes: every partition column of flow_logs passes through
-- cost: one scan of the partitions that the caller names
-- columns:
--   day: UTC day of `hour`, YYYY-MM-DD
--   hour: start of the hour that `start` falls in, Unix seconds, shifted by the zone's odd minutes
--   "{{conformed}}": ""
--   src: who sent it - pkt_srcaddr where logged, else srcaddr
--   dst: who it was for - pkt_dstaddr where logged, else dstaddr
--   handshake: syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)
--   owner: value of the first tag that is logged, percent-decoded - instance, interface, Auto Scaling group
--   src_aws_service: AWS service that `src` belongs to
--   dst_aws_service: AWS service that `dst` belongs to
-- ---
SELECT
    {{partition_columns}}
    date_format(from_unixtime("start" - ("start" - {{hour_offset}}) % 3600), '%Y-%m-%d') AS day,
    "start" - ("start" - {{hour_offset}}) % 3600 AS hour,
    {{conformed_fields}},
    coalesce(nullif(pkt_srcaddr, '-'), nullif(srcaddr, '-')) AS src,
    coalesce(nullif(pkt_dstaddr, '-'), nullif(dstaddr, '-')) AS dst,
    CASE
        WHEN protocol <> 6 OR tcp_flags IS NULL THEN NULL
        WHEN bitwise_and(tcp_flags, 18) = 18 THEN 'syn-ack'
        WHEN bitwise_and(tcp_flags, 2) = 2 THEN 'syn'
        ELSE 'none'
    END AS handshake,
    coalesce(
        url_decode(nullif(instance_tag, '-')),
        url_decode(nullif(interface_tag, '-')),
        url_decode(nullif(asg_tag, '-'))
    ) AS owner,
    nullif(pkt_src_aws_service, '-') AS src_aws_service,
    nullif(pkt_dst_aws_service, '-') AS dst_aws_service
FROM flow_logs
