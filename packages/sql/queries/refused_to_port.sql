-- ---
-- what: Where an address was refused on a port - "is my jump box being refused on 443?"
-- grain: one row per server and protocol
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   server: who was asked
--   protocol: IANA number
--   scope: internal, egress, ingress, or transit (both ends outside)
--   refused_at: client, server or both - the end that refused; NULL where the logs do not show it
--   rejected_records: records refused on the way to the server
--   reply_rejected_records: replies refused
--   accepted_records: records let through
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
--   last_accept: when it was last let through
-- parameters:
--   source: { type: address, what: "address that asks" }
--   port: { type: port, what: "port that it asks for" }
-- ---
SELECT
    server,
    protocol,
    max(scope) AS scope,
    {{refusing_end:refused_at}} AS refused_at,
    sum(rejected_records) AS rejected_records,
    sum(reply_rejected_records) AS reply_rejected_records,
    sum(accepted_records) AS accepted_records,
    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,
    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept
FROM traffic_rollup
WHERE {{rollup_window}} AND client = :source AND service_port = :port
GROUP BY server, protocol
HAVING sum(rejected_records + reply_rejected_records) > 0
ORDER BY rejected_records DESC, reply_rejected_records DESC, server, protocol
LIMIT {{limit}}
