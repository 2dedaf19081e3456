-- ---
-- what: What the logs say of themselves, as logged - what proves a quiet day.
-- grain: one row per UTC day
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the window's days of the coverage rollup; no log
-- columns:
--   day: UTC day, YYYY-MM-DD
--   hours: hours that have at least one record
--   interfaces: interfaces that logged
--   records: records as logged
--   ok: of these, OK or without a status
--   no_data: of these, NODATA
--   skip_data: of these, SKIPDATA - AWS lost records
--   accept: of these, ACCEPT
--   reject: of these, REJECT
--   accept_bytes: bytes of ACCEPT
--   reject_bytes: bytes of REJECT
--   first_start: first start
--   last_end: last end
-- ---
SELECT
    day,
    count(DISTINCT hour) AS hours,
    count(DISTINCT interface_id) AS interfaces,
    sum(records) AS records,
    sum(CASE WHEN log_status = 'OK' OR log_status IS NULL THEN records ELSE 0 END) AS ok,
    sum(CASE WHEN log_status = 'NODATA' THEN records ELSE 0 END) AS no_data,
    sum(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END) AS skip_data,
    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accept,
    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS reject,
    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accept_bytes,
    sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS reject_bytes,
    CAST(from_unixtime(min(first_start)) AS timestamp) AS first_start,
    CAST(from_unixtime(max(last_end)) AS timestamp) AS last_end
FROM coverage_rollup
WHERE {{rollup_window}}
GROUP BY day
ORDER BY day
LIMIT {{limit}}
