-- ---
-- what: What left for the internet - from which host, to where, how much.
-- grain: one row per client, server, protocol, service port
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   client: who began
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   aws_service: AWS service of the server, where logged
--   records: records
--   sent_bytes: of the bytes, from client to server
--   returned_bytes: of the bytes, from server to client
--   first_accept: first start of a record let through on the way to the server
--   last_accept: last such start
-- ---
SELECT
    client,
    server,
    protocol,
    service_port,
    max(server_aws_service) AS aws_service,
    sum(accepted_records) AS records,
    sum(sent_bytes) AS sent_bytes,
    sum(accepted_bytes - sent_bytes) AS returned_bytes,
    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,
    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept
FROM traffic_rollup
WHERE {{rollup_window}} AND scope = 'egress' AND accepted_records > 0
GROUP BY client, server, protocol, service_port
ORDER BY sent_bytes DESC, records DESC, client, server, protocol, service_port
LIMIT {{limit}}
