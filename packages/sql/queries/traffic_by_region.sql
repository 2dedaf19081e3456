-- ---
-- what: Regions side by side, as logged at the interfaces of each. Needs the field region.
-- grain: one row per region
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the window's days of the coverage rollup; no log
-- columns:
--   region: the region; NULL where not logged
--   interfaces: interfaces that logged
--   accepted_records: records let through
--   rejected_records: records refused, as logged
--   rejected_percent: refused records in a hundred
--   accepted_bytes: bytes let through, in and out
--   rejected_bytes: bytes refused
--   skipped_records: SKIPDATA records - AWS lost some there
-- ---
SELECT
    region,
    interfaces,
    accepted_records,
    rejected_records,
    round(CAST(100 * rejected_records AS double) / nullif(CAST((accepted_records + rejected_records) AS double), 0), 1) AS rejected_percent,
    accepted_bytes,
    rejected_bytes,
    skipped_records
FROM (
    SELECT
        region,
        count(DISTINCT interface_id) AS interfaces,
        sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,
        sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,
        sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accepted_bytes,
        sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS rejected_bytes,
        sum(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END) AS skipped_records
    FROM coverage_rollup
    WHERE {{rollup_window}}
    GROUP BY region
) AS totals
ORDER BY accepted_bytes DESC, rejected_records DESC, region
LIMIT {{limit}}
