-- ---
-- what: Conversations per report period - the rollup, added up over each day (or window) that the report compares.
-- input: the fragment periods, rows of (period, start_time, end_time) that the caller composes; period 0 is the oldest
-- gives: CTEs `periods` and `pair_periods`, one row per period, client, server, protocol, service port
-- ---
periods (period, start_time, end_time) AS (
    VALUES {{periods}}
),

{{include:reported_traffic}},

pair_periods AS (
    SELECT
        p.period,
        max(r.scope) AS scope,
        r.client,
        r.server,
        r.protocol,
        r.service_port,
        -- Folded clients have no names: hours can't be added up, so the busiest says how many.
        max(r.clients) AS clients,
        sum(r.accepted_records) AS accepted_records,
        sum(r.accepted_bytes) AS accepted_bytes,
        sum(r.sent_bytes) AS sent_bytes,
        sum(r.rejected_records) AS rejected_records,
        sum(r.rejected_packets) AS rejected_packets,
        sum(r.rejected_bytes) AS rejected_bytes,
        sum(r.reply_rejected_records) AS reply_rejected_records,
        sum(r.reply_rejected_packets) AS reply_rejected_packets,
        sum(r.reply_rejected_bytes) AS reply_rejected_bytes,
        sum(r.accepted_packets) AS accepted_packets,
        sum(r.rejected_hours) AS rejected_hours,
        {{refusing_end:r.refused_at}} AS refused_at,
        min(r.first_accept) AS first_accept,
        max(r.last_accept) AS last_accept,
        min(r.first_reject) AS first_reject,
        max(r.last_reject) AS last_reject,
        max(r.client_interface_id) AS client_interface_id,
        max(r.server_interface_id) AS server_interface_id,
        max(r.reject_reason) AS reject_reason,
        sum(r.lone_clients) AS lone_clients,
        min(coalesce(r.sample, r.client)) AS sample
    FROM reported_traffic AS r
    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time
    GROUP BY p.period, r.client, r.server, r.protocol, r.service_port
)
