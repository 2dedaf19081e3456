-- ---
-- what: The traffic rollup as reports read it - day by day where every period is whole UTC days, which is a fraction of the rows, else hour by hour.
-- input: traffic_rollup, lone_refusals, traffic_days; the fragments first_day, last_day and whole_days, which is TRUE or FALSE
-- gives: CTE `reported_traffic`, one row per day or hour, client, server, protocol, service port; `lone_clients` is how many stand behind a row of lone refusals, `sample` one of them
-- ---
{{include:traffic_hours}},

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
        rejected_hours,
        late_hours,
        refused_at,
        first_accept,
        last_accept,
        first_reject,
        last_reject,
        client_interface_id,
        server_interface_id,
        reject_reason,
        lone_clients,
        sample
    FROM traffic_days
    WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND {{whole_days}}
    UNION ALL
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
        rejected_hours,
        late_hours,
        refused_at,
        first_accept,
        last_accept,
        first_reject,
        last_reject,
        client_interface_id,
        server_interface_id,
        reject_reason,
        lone_clients,
        sample
    FROM traffic_hours
    WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND NOT {{whole_days}}
)
