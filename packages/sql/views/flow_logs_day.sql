-- ---
-- what: The whole log of a day, as logged - every record, NODATA and SKIPDATA included, `-` as NULL, times as timestamps. Name the day in a predicate.
-- grain: one row per record as logged
-- reads: flow_records
-- prunes: every partition column of flow_logs passes through
-- cost: one scan of the partitions that the caller names
-- columns:
--   day: UTC day that the record started in, YYYY-MM-DD
--   start_time: first packet of the window
--   end_time: last packet of the window
--   "{{conformed}}": start_time end_time
-- ---
SELECT
    {{partition_columns}}
    r.day,
    CAST(from_unixtime(r.start_time) AS timestamp) AS start_time,
    CAST(from_unixtime(r.end_time) AS timestamp) AS end_time,
    {{conformed_names:r:start_time:end_time}}
FROM flow_records AS r
