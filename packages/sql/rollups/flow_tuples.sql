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
SELECT
    coalesce(date_format(from_unixtime(t.hour), '%Y-%m-%d'), 'undated') AS day,
    {{include:tuple_ends}},
    t.*
FROM (
    {{include:kept_tuples}}
) AS t
