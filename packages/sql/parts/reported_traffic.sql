-- ---
-- what: The traffic rollup as reports read it - refusals from outside that stand alone without their clients, since they are most rows of a day.
-- input: traffic_rollup, lone_refusals; the fragments first_day and last_day
-- gives: CTE `reported_traffic`, one row per hour, client, server, protocol, service port; `lone_clients` is how many stand behind a row of lone refusals, `sample` one of them
-- ---
reported_traffic AS (
    SELECT
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
        refused_at,
        first_accept,
        last_accept,
        first_reject,
        last_reject,
        client_interface_id,
        server_interface_id,
        reject_reason,
        0 AS lone_clients,
        client AS sample
    FROM traffic_rollup
    WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND NOT is_lone
    UNION ALL
    SELECT
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
    WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}'
)
