-- ---
-- what: Traffic of an address range, IPv4 or IPv6, by prefix arithmetic, as logged.
-- grain: one row per source, destination, protocol, action
-- reads: flow_records
-- prunes: the partition columns of flow_logs, as the window gives them
-- cost: one scan of the raw logs of the window
-- columns:
--   src: who sent it, as the packet says where logged
--   dst: who it was for
--   in_range: src, dst or both - which end lies in the range
--   protocol: IANA number
--   action: ACCEPT or REJECT
--   records: records
--   packets: packets
--   bytes: bytes
--   first_seen: first start
--   last_seen: last start
-- parameters:
--   cidr: { type: cidr, what: "range, such as 10.0.16.0/20 or 2001:db8::/32; one address is a range too" }
-- ---
SELECT
    src,
    dst,
    CASE WHEN src_inside AND dst_inside THEN 'both' WHEN src_inside THEN 'src' ELSE 'dst' END AS in_range,
    protocol,
    action,
    records,
    packets,
    bytes,
    CAST(from_unixtime(first_start) AS timestamp) AS first_seen,
    CAST(from_unixtime(last_start) AS timestamp) AS last_seen
FROM (
    SELECT
        p.*,
        coalesce(contains(:cidr, try_cast(src AS ipaddress)), FALSE) AS src_inside,
        coalesce(contains(:cidr, try_cast(dst AS ipaddress)), FALSE) AS dst_inside
    FROM (
        SELECT
            src,
            dst,
            protocol,
            action,
            count(*) AS records,
            sum(CAST(packets AS decimal(38, 0))) AS packets,
            sum(CAST(bytes AS decimal(38, 0))) AS bytes,
            min(start_time) AS first_start,
            max(start_time) AS last_start
        FROM flow_records
        WHERE {{record_window}} AND action IN ('ACCEPT', 'REJECT')
        GROUP BY src, dst, protocol, action
    ) AS p
) AS pairs
WHERE src_inside OR dst_inside
ORDER BY bytes DESC, records DESC, src, dst, protocol, action
LIMIT {{limit}}
