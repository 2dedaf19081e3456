-- ---
-- what: Accepted against rejected, for dashboards - the rollup hour by hour without the ends of the conversations.
-- grain: one row per hour, scope, account, region, VPC, owner, protocol, service port
-- reads: traffic_rollup, coverage_rollup
-- prunes: day
-- cost: one read of both rollups; no log
-- columns:
--   day: UTC day, a time
--   hour: start of the hour
--   account_id: account of an interface that logged it
--   region: region of an interface that logged it
--   vpc_id: VPC of an interface that logged it
--   owner: value of the owner tag of the server's interface, else of the client's, where logged
--   scope: internal, egress, ingress, or transit (both ends outside)
--   service: protocol and port, tcp/443
--   connections: rows of the rollup, which is conversations of the hour
--   accepted_records: records let through, each conversation counted once
--   accepted_bytes: bytes let through, both ways
--   rejected_records: records refused - requests, replies and late packets
--   rejected_bytes: bytes refused
--   late_records: of these, refused after a connection closed, which are no findings
-- ---
WITH {{include:owned_traffic}}

SELECT
    CAST(CAST(day AS date) AS timestamp) AS day,
    CAST(from_unixtime(hour) AS timestamp) AS hour,
    account_id,
    region,
    vpc_id,
    owner,
    scope,
    {{service_name:protocol:service_port}} AS service,
    count(*) AS connections,
    CAST(sum(accepted_records) AS bigint) AS accepted_records,
    CAST(sum(accepted_bytes) AS bigint) AS accepted_bytes,
    CAST(sum(rejected_records + reply_rejected_records + late_records) AS bigint) AS rejected_records,
    CAST(sum(rejected_bytes + reply_rejected_bytes + late_bytes) AS bigint) AS rejected_bytes,
    CAST(sum(late_records) AS bigint) AS late_records
FROM owned_traffic
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
