-- ---
-- what: Protocol other than TCP, UDP and ICMP between a pair that never used it.
-- grain: one row per period, client, server, protocol
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- detection:
--   title: A protocol these two never spoke
--   severity: medium
--   mitre: T1095
--   key: client server protocol
--   why: Tunnels (GRE, IPsec, SCTP) are set up by people, seldom. A new one that nobody knows may carry data past your rules.
--   next: Ask the owners of both ends. If nobody set it up, block the protocol and look at the hosts.
--   evidence:
--     seenRecords: { from: observed, what: "records in the period, refused or not" }
-- ---
WITH seen AS (
    SELECT
        *,
        -- Whoever of the two spoke first on that day.
        min(period) OVER (PARTITION BY least(client, server), greatest(client, server), protocol) AS first_period
    FROM pair_periods
    -- Out of one column of the rollup: the pairs of all periods would be added up again for it.
    CROSS JOIN (
        SELECT min(p.period) AS oldest_period
        FROM periods AS p
        INNER JOIN (
            SELECT min(hour) AS hour
            FROM traffic_rollup
            WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND hour >= (SELECT min(start_time) FROM periods)
        ) AS h ON h.hour < p.end_time
    ) AS o
    WHERE protocol NOT IN (1, 6, 17, 58) AND client IS NOT NULL
)
SELECT
    CAST(period AS bigint) AS period,
    scope,
    client,
    server,
    protocol,
    CAST(NULL AS integer) AS service_port,
    CAST(sum(accepted_records + rejected_records) AS decimal(38, 0)) AS records,
    CAST(sum(accepted_packets + rejected_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(accepted_bytes + rejected_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(coalesce(first_accept, first_reject)) AS bigint) AS first_seen,
    CAST(max(coalesce(last_accept, last_reject)) AS bigint) AS last_seen,
    {{refusing_end:refused_at}} AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(sum(accepted_records + rejected_records) AS decimal(38, 0)) AS observed,
    CAST(NULL AS decimal(38, 0)) AS expected,
    CAST(NULL AS bigint) AS since,
    CAST(NULL AS bigint) AS spread,
    CAST(NULL AS varchar) AS sample
FROM seen
WHERE first_period > oldest_period AND scope <> 'transit' AND accepted_records + rejected_records > 0
GROUP BY period, scope, client, server, protocol
