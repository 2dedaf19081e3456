-- ---
-- what: AWS services talked to, and those that came in. Needs the fields pkt-src-aws-service and pkt-dst-aws-service.
-- grain: one row per service, role, scope
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   aws_service: code as in AWS ip-ranges - S3, EC2, CLOUDFRONT
--   role: server (it was asked) or client (it asked)
--   scope: internal, egress, ingress, or transit (both ends outside)
--   accepted_records: records let through
--   rejected_records: records refused on the way to the server
--   bytes: bytes
--   sent_bytes: of the bytes, from client to server
--   peers: distinct hosts on the other side
-- ---
SELECT
    aws_service,
    role,
    scope,
    sum(accepted_records) AS accepted_records,
    sum(rejected_records) AS rejected_records,
    sum(accepted_bytes) AS bytes,
    sum(sent_bytes) AS sent_bytes,
    count(DISTINCT peer) AS peers
FROM (
    SELECT
        server_aws_service AS aws_service,
        'server' AS role,
        scope,
        client AS peer,
        accepted_records,
        rejected_records,
        accepted_bytes,
        sent_bytes
    FROM traffic_rollup
    WHERE {{rollup_window}} AND server_aws_service IS NOT NULL
    UNION ALL
    SELECT client_aws_service, 'client', scope, server, accepted_records, rejected_records, accepted_bytes, sent_bytes
    FROM traffic_rollup
    WHERE {{rollup_window}} AND client_aws_service IS NOT NULL
) AS services
GROUP BY aws_service, role, scope
ORDER BY bytes DESC, accepted_records DESC, aws_service, role, scope
LIMIT {{limit}}
