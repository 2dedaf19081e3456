-- ---
-- what: Who was refused on SSH, and at which end.
-- grain: one row per client and server
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   server: who was asked
--   scope: internal, egress, ingress, or transit (both ends outside)
--   refused_at: client, server or both - the end that refused; NULL where the logs do not show it
--   records: records refused, either way, late ones not
--   packets: packets refused on the way to the server
--   accepted_records: records let through
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
-- ---
SELECT
    client,
    server,
    max(scope) AS scope,
    {{refusing_end:refused_at}} AS refused_at,
    sum(rejected_records + reply_rejected_records) AS records,
    sum(rejected_packets) AS packets,
    sum(accepted_records) AS accepted_records,
    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,
    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject
FROM traffic_rollup
WHERE {{rollup_window}} AND protocol = 6 AND service_port = 22
GROUP BY client, server
HAVING sum(rejected_records + reply_rejected_records) > 0
ORDER BY records DESC, client, server
LIMIT {{limit}}
