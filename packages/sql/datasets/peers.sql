-- ---
-- what: Who talks to whom, for dashboards - each pair once a day.
-- grain: one row per day, client, server, service, scope, account, region, VPC; the owner follows from these
-- reads: traffic_rollup, coverage_rollup
-- prunes: day
-- cost: one read of both rollups; no log
-- columns:
--   day: UTC day, a time
--   account_id: account of an interface that logged it
--   region: region of an interface that logged it
--   vpc_id: VPC of an interface that logged it
--   owner: value of the owner tag of the server's interface, else of the client's, where logged
--   scope: internal, egress, ingress, or transit (both ends outside)
--   client: who began; "many clients" where the rollup folds them
--   server: who was asked
--   service: protocol and port, tcp/443
--   outcome: rejected where anything but late packets was refused, else accepted
--   records: records let through or refused, counted once
--   accepted_records: records let through
--   rejected_records: records refused - requests, replies and late packets
--   accepted_bytes: bytes let through, both ways
--   sent_bytes: of these, from client to server
-- ---
WITH {{include:owned_traffic}}

SELECT
    CAST(CAST(day AS date) AS timestamp) AS day,
    account_id,
    region,
    vpc_id,
    owner,
    scope,
    coalesce(client, 'many clients') AS client,
    server,
    {{service_name:protocol:service_port}} AS service,
    CASE WHEN sum(rejected_records + reply_rejected_records) > 0 THEN 'rejected' ELSE 'accepted' END AS outcome,
    CAST(sum(accepted_records + rejected_records + reply_rejected_records + late_records) AS bigint) AS records,
    CAST(sum(accepted_records) AS bigint) AS accepted_records,
    CAST(sum(rejected_records + reply_rejected_records + late_records) AS bigint) AS rejected_records,
    CAST(sum(accepted_bytes) AS bigint) AS accepted_bytes,
    CAST(sum(sent_bytes) AS bigint) AS sent_bytes
FROM owned_traffic
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
