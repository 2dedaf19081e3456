-- ---
-- what: The traffic rollup hour by hour, refusals from outside that stand alone without their clients, since they are most rows of a day.
-- input: traffic_rollup, lone_refusals
-- gives: CTE `traffic_hours`, one row per hour, client, server, protocol, service port; `lone_clients` is how many stand behind a row of lone refusals, `sample` one of them
-- ---
traffic_hours AS (
    SELECT
        day,
        hour,
        scope,
        client,
        server,
        protocol,
        service_port,
        clients,
        accepted_records,
        accepted_packets,
        accepted_bytes,
        sent_bytes,
        rejected_records,
        rejected_packets,
        rejected_bytes,
        reply_rejected_records,
        reply_rejected_packets,
        reply_rejected_bytes,
        late_records,
        late_packets,
        late_bytes,
        CASE WHEN rejected_records > 0 THEN 1 ELSE 0 END AS rejected_hours,
        CASE WHEN late_records > 0 THEN 1 ELSE 0 END AS late_hours,
        refused_at,
        first_accept,
        last_accept,
        first_reject,
        last_reject,
        client_interface_id,
        server_interface_id,
        reject_reason,
        0 AS lone_clients,
        CAST(NULL AS varchar) AS sample
    FROM traffic_rollup
    WHERE NOT is_lone
    UNION ALL
    SELECT
        day,
        hour,
        'ingress',
        CAST(NULL AS varchar),
        server,
        protocol,
        service_port,
        CAST(NULL AS bigint),
        0,
        0,
        0,
        0,
        refused_records,
        refused_packets,
        refused_bytes,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        refused_at,
        CAST(NULL AS bigint),
        CAST(NULL AS bigint),
        first_reject,
        last_reject,
        CAST(NULL AS varchar),
        server_interface_id,
        CAST(NULL AS varchar),
        clients,
        sample
    FROM lone_refusals
)
