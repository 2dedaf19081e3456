-- ---
-- what: Why traffic was refused - a rule, VPC Block Public Access, encryption controls. Needs the field reject-reason; without it every reason is NULL.
-- grain: one row per reason, scope, end that refused
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   reject_reason: BPA, EC, or NULL - a security group or a network ACL
--   scope: internal, egress, ingress, or transit (both ends outside)
--   refused_at: client, server or both - the end that refused; NULL where the logs do not show it
--   records: records refused, either way, late ones not
--   bytes: bytes of these
--   clients: distinct clients
--   servers: distinct servers
-- ---
SELECT
    reject_reason,
    scope,
    refused_at,
    sum(rejected_records + reply_rejected_records) AS records,
    sum(rejected_bytes + reply_rejected_bytes) AS bytes,
    count(DISTINCT client) AS clients,
    count(DISTINCT server) AS servers
FROM traffic_rollup
WHERE {{rollup_window}} AND rejected_records + reply_rejected_records > 0
GROUP BY reject_reason, scope, refused_at
ORDER BY records DESC, reject_reason, scope, refused_at
LIMIT {{limit}}
