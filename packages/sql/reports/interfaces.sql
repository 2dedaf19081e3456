-- ---
-- what: Whose an interface is, and where it lives, as last logged.
-- grain: one row per interface
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the coverage rollup's history days
-- columns:
--   interface_id: interface
--   account_id: its account
--   region: its region
--   vpc_id: its VPC
--   subnet_id: its subnet
--   instance_id: its instance
--   owner: value of the owner tag, where logged
-- ---
SELECT
    interface_id,
    max(account_id) AS account_id,
    max(region) AS region,
    max(vpc_id) AS vpc_id,
    max(subnet_id) AS subnet_id,
    max(instance_id) AS instance_id,
    max(owner) AS owner
FROM coverage_rollup
WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND interface_id IS NOT NULL
GROUP BY interface_id
