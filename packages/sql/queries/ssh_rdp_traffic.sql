-- ---
-- what: Traffic to SSH (22) and RDP (3389), refused or not.
-- grain: one row per client, server, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   server: who was asked
--   service_port: NULL where the protocol has no ports
--   scope: internal, egress, ingress, or transit (both ends outside)
--   accepted_records: records let through
--   rejected_records: records refused, either way, late ones not
--   bytes: bytes let through, both ways
--   refused_at: client, server or both - the end that refused; NULL where the logs do not show it
--   last_accept: last such start
--   last_reject: last such start
-- ---
SELECT
    client,
    server,
    service_port,
    max(scope) AS scope,
    sum(accepted_records) AS accepted_records,
    sum(rejected_records + reply_rejected_records) AS rejected_records,
    sum(accepted_bytes) AS bytes,
    {{refusing_end:refused_at}} AS refused_at,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept,
    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject
FROM traffic_rollup
WHERE {{rollup_window}} AND protocol = 6 AND service_port IN (22, 3389)
GROUP BY client, server, service_port
ORDER BY bytes DESC, rejected_records DESC, client, server, service_port
LIMIT {{limit}}
