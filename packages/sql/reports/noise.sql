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

counted AS (
    SELECT
        k.kind,
        CASE k.kind
            WHEN 'source' THEN client
            WHEN 'port' THEN CAST(service_port AS varchar) || '/' || CAST(protocol AS varchar)
        END AS name,
        CASE WHEN k.kind = 'port' THEN service_port END AS service_port,
        CASE WHEN k.kind = 'port' THEN protocol END AS protocol,
        sum(records) AS records,
        count(DISTINCT CASE WHEN k.kind <> 'source' THEN client END) AS sources
    FROM refused
    CROSS JOIN (VALUES ('total'), ('source'), ('port')) AS k (kind)
    WHERE k.kind <> 'port' OR service_port IS NOT NULL
    GROUP BY 1, 2, 3, 4
),

ranked AS (
    SELECT
        kind,
        name,
        records,
        CASE WHEN kind <> 'source' THEN sources END AS sources,
        row_number() OVER (
            PARTITION BY kind
            ORDER BY records DESC, CASE WHEN kind = 'source' THEN name END, service_port, protocol
        ) AS place
    FROM counted
)

SELECT kind, name, records, sources, place
FROM ranked
WHERE place <= 10
