-- ---
-- what: Subnets whose interfaces moved the most bytes, as logged at these interfaces. Needs the field subnet-id.
-- grain: one row per subnet
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the window's days of the coverage rollup; no log
-- columns:
--   subnet_id: id of the subnet
--   vpc_id: VPC it lies in
--   interfaces: interfaces that logged
--   accepted_records: records let through
--   rejected_records: records refused, as logged
--   packets: packets let through
--   bytes: bytes let through, in and out
-- ---
SELECT
    subnet_id,
    max(vpc_id) AS vpc_id,
    count(DISTINCT interface_id) AS interfaces,
    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,
    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,
    sum(CASE WHEN action = 'ACCEPT' THEN packets ELSE 0 END) AS packets,
    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS bytes
FROM coverage_rollup
WHERE {{rollup_window}} AND subnet_id IS NOT NULL
GROUP BY subnet_id
ORDER BY bytes DESC, subnet_id
LIMIT {{limit}}
