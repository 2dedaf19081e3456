-- ---
-- what: Client to service that was let through on earlier days and is refused now.
-- grain: one row per period, server, protocol, service port; egress - per period, client, protocol, service port
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: shares one read of the rollup's history days with the other detections
-- parameters:
--   min_records: { type: integer, what: "refused records in a period, below which it is taken for chance", default: 3 }
-- detection:
--   title: Refused now, let through before
--   severity: high
--   key: server protocol port
--   why: Something that worked has been switched off - a security group, a network ACL or a route changed, or a host moved. Whoever depends on it is down.
--   next: Find the change to the rule at the end that refused, made shortly before the first reject. Undo it, or tell the owner of the client.
--   evidence:
--     refusedRecords: { from: observed, what: records refused in the period }
--     lastAccept: { from: since, what: last time it was let through }
--     counterparts: { from: spread, what: clients that are refused; on the way out the servers }
--     oneCounterpart: { from: sample, what: one of them }
-- ---
WITH refused AS (
    SELECT
        *,
        -- The last earlier period in which the pair was let through and not refused.
        max(CASE WHEN accepted_records > 0 AND rejected_records < :min_records THEN period END) OVER earlier AS good_period,
        coalesce(last_accept, max(last_accept) OVER earlier) AS accepted_before
    FROM pair_periods
    WHERE client IS NOT NULL
    WINDOW earlier AS (
        PARTITION BY client, server, protocol, service_port
        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),

-- Inside to internet it is the client who lost something, else the server whose door shut.
shut AS (
    SELECT
        *,
        CASE WHEN scope = 'egress' THEN client ELSE server END AS host,
        CASE WHEN scope = 'egress' THEN server ELSE client END AS counterpart
    FROM refused
    WHERE rejected_records >= :min_records AND good_period IS NOT NULL AND scope <> 'transit'
)

SELECT
    CAST(period AS bigint) AS period,
    scope,
    CASE WHEN min(client) = max(client) THEN max(client) END AS client,
    CASE WHEN min(server) = max(server) THEN max(server) END AS server,
    protocol,
    service_port,
    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,
    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,
    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,
    CAST(min(first_reject) AS bigint) AS first_seen,
    CAST(max(last_reject) AS bigint) AS last_seen,
    {{refusing_end:refused_at}} AS refused_at,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,
    CAST(NULL AS decimal(38, 0)) AS expected,
    CAST(max(accepted_before) AS bigint) AS since,
    CAST(count(DISTINCT counterpart) AS bigint) AS spread,
    min(counterpart) AS sample
FROM shut
GROUP BY period, scope, host, protocol, service_port
