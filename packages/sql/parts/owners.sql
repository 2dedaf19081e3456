-- ---
-- what: Whose each interface was on a day, as its owner tag says.
-- input: coverage_rollup
-- gives: CTE `owners`, one row per day and interface whose tag was logged
-- ---
owners AS (
    SELECT day, interface_id, max(owner) AS owner
    FROM coverage_rollup
    WHERE owner IS NOT NULL
    GROUP BY 1, 2
)
