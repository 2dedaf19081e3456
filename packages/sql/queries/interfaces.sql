-- ---
-- what: Which interfaces logged, whose they are, and how much they saw, as logged.
-- grain: one row per interface
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the window's days of the coverage rollup; no log
-- columns:
--   interface_id: NULL for records that name none
--   instance_id: instance that it belongs to
--   subnet_id: subnet
--   vpc_id: VPC
--   account_id: account
--   owner: value of the owner tag where logged
--   hours: hours that have at least one record
--   accepted_records: records let through
--   rejected_records: records refused, as logged
--   bytes: bytes let through, in and out
--   last_end: end of its newest record
-- ---
SELECT
    interface_id,
    max(instance_id) AS instance_id,
    max(subnet_id) AS subnet_id,
    max(vpc_id) AS vpc_id,
    max(account_id) AS account_id,
    max(owner) AS owner,
    count(DISTINCT hour) AS hours,
    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,
    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,
    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS bytes,
    CAST(from_unixtime(max(last_end)) AS timestamp) AS last_end
FROM coverage_rollup
WHERE {{rollup_window}}
GROUP BY interface_id
ORDER BY bytes DESC, rejected_records DESC, interface_id
LIMIT {{limit}}
