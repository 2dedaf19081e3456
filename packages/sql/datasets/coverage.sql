-- ---
-- what: What the logs say of themselves, for dashboards - records as logged, hour by hour and interface.
-- grain: one row per hour, interface, status, action
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the coverage rollup; no log
-- columns:
--   day: UTC day, a time
--   hour: start of the hour
--   account_id: account of the interface
--   region: region of the interface
--   vpc_id: VPC of the interface
--   subnet_id: subnet of the interface
--   interface_id: interface that logged
--   instance_id: instance of the interface
--   owner: value of the owner tag where logged, else none
--   log_status: OK, NODATA or SKIPDATA; a format without status counts as OK
--   action: ACCEPT or REJECT; none where nothing was logged
--   records: records as logged
--   lost_records: of these, SKIPDATA - a window that AWS could not capture
--   packets: packets as logged
--   bytes: bytes as logged
-- ---
SELECT
    CAST(CAST(day AS date) AS timestamp) AS day,
    CAST(from_unixtime(hour) AS timestamp) AS hour,
    account_id,
    region,
    vpc_id,
    subnet_id,
    interface_id,
    instance_id,
    coalesce(owner, 'none') AS owner,
    coalesce(log_status, 'OK') AS log_status,
    coalesce(action, 'none') AS action,
    CAST(records AS bigint) AS records,
    CAST(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END AS bigint) AS lost_records,
    CAST(packets AS bigint) AS packets,
    CAST(bytes AS bigint) AS bytes
FROM coverage_rollup
