-- ---
-- what: Records as logged, per hour and interface - what proves that a quiet hour was quiet, and whose an interface is.
-- grain: one row per hour, interface, log status, action
-- reads: flow_tuples
-- prunes: day
-- cost: reads the stage of one day; no log
-- columns:
--   day: UTC day of the hour, partition
--   hour: start of the hour, Unix seconds
--   interface_id: interface that logged
--   log_status: OK, NODATA, SKIPDATA, or NULL where the format has none
--   action: ACCEPT, REJECT or NULL
--   records: records as logged
--   packets: packets as logged
--   bytes: bytes as logged
--   first_start: first start, Unix seconds
--   last_end: last end, Unix seconds
--   account_id: account of the interface
--   region: region of the interface
--   az_id: Availability Zone id
--   vpc_id: VPC of the interface
--   subnet_id: subnet of the interface
--   instance_id: instance of the interface
--   interface_type: kind of interface, where logged
--   owner: value of the owner tag where logged
-- ---
SELECT
    day,
    hour,
    interface_id,
    log_status,
    action,
    sum(records) AS records,
    sum(coalesce(packets, 0)) AS packets,
    sum(coalesce(bytes, 0)) AS bytes,
    min(first_start) AS first_start,
    max(last_end) AS last_end,
    {{any:account_id}} AS account_id,
    {{any:region}} AS region,
    {{any:az_id}} AS az_id,
    {{any:vpc_id}} AS vpc_id,
    {{any:subnet_id}} AS subnet_id,
    {{any:instance_id}} AS instance_id,
    {{any:interface_type}} AS interface_type,
    {{any:owner}} AS owner
FROM flow_tuples
GROUP BY 1, 2, 3, 4, 5
