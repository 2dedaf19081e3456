-- ---
-- what: What the internet asked for and was refused in the report's period, by source and by port, without what a control of the VPC refused.
-- grain: one row per kind (total, source, port), the busiest first
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of one day of the rollup
-- columns:
--   kind: total, source or port
--   name: address, or port/protocol
--   records: records refused
--   sources: distinct sources, of the total and of a port
--   place: rank within its kind
-- ---
WITH refused AS (
    SELECT r.client, r.protocol, r.service_port, sum(r.rejected_records) AS records
    FROM traffic_rollup AS r
    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time
    WHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}'
        AND p.period = {{last_period}}
        AND r.scope = 'ingress'
        AND r.rejected_records > 0
        AND r.reject_reason IS NULL
    GROUP BY 1, 2, 3
),

ranked AS (
    SELECT
        'source' AS kind,
        client AS name,
        sum(records) AS records,
        CAST(NULL AS bigint) AS sources,
        row_number() OVER (ORDER BY sum(records) DESC, client) AS place
    FROM refused
    GROUP BY client
    UNION ALL
    SELECT
        'port',
        CAST(service_port AS varchar) || '/' || CAST(protocol AS varchar),
        sum(records),
        count(DISTINCT client),
        row_number() OVER (ORDER BY sum(records) DESC, service_port, protocol)
    FROM refused
    WHERE service_port IS NOT NULL
    GROUP BY service_port, protocol
    UNION ALL
    SELECT 'total', CAST(NULL AS varchar), sum(records), count(DISTINCT client), 1
    FROM refused
)

SELECT kind, name, records, sources, place
FROM ranked
WHERE place <= 10
