-- ---
-- what: What was refused, for dashboards - each connection once a day, with whether it was refused on an earlier day. Adds up to the rejected records of a report.
-- grain: one row per day, client, server, protocol, service port that was refused
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
--   client: who began
--   server: who was asked
--   service: protocol and port, tcp/443
--   connection: client, server and service in one text; NULL where only late packets were refused
--   refused_at: client, server or both - the end that refused
--   reject_reason: BPA or EC where logged, else rule
--   phase: request where the way there was refused, reply where only the way back was, late where only packets after a close were
--   status: new on the first day that the rollup has it refused, else ongoing; late where only late packets were, which is no finding
--   day_number: how many days it was refused, this one counted; days of late packets are none
--   class: noise where the internet asked and no control of the VPC refused, as in a report; else traffic
--   rejected_records: records refused - requests, replies and late packets
--   refused_records: of these, requests and replies
--   request_records: of these, requests
--   rejected_packets: packets refused
--   rejected_bytes: bytes refused
--   accepted_records: records let through on the same day
--   last_reject: last start of a refused record
--   trace: command that tells all about the connection, quoted as a shell needs it
-- ---
WITH days AS (
    SELECT
        day,
        client,
        server,
        protocol,
        service_port,
        min(account_id) AS account_id,
        min(region) AS region,
        min(vpc_id) AS vpc_id,
        min(server_interface_id) AS server_interface_id,
        min(client_interface_id) AS client_interface_id,
        min(scope) AS scope,
        {{refusing_end:refused_at}} AS refused_at,
        min(reject_reason) AS reject_reason,
        sum(rejected_records) AS request_records,
        sum(rejected_records + reply_rejected_records) AS refused_records,
        sum(rejected_records + reply_rejected_records + late_records) AS rejected_records,
        sum(rejected_packets + reply_rejected_packets + late_packets) AS rejected_packets,
        sum(rejected_bytes + reply_rejected_bytes + late_bytes) AS rejected_bytes,
        sum(accepted_records) AS accepted_records,
        max(last_reject) AS last_reject
    FROM traffic_rollup
    GROUP BY 1, 2, 3, 4, 5
    HAVING sum(rejected_records + reply_rejected_records + late_records) > 0
),

{{include:owners}},

named AS (
    SELECT
        d.*,
        coalesce(s.owner, c.owner) AS owner,
        {{service_name:d.protocol:d.service_port}} AS service,
        sum(CASE WHEN d.refused_records > 0 THEN 1 ELSE 0 END) OVER (
            PARTITION BY d.client, d.server, d.protocol, d.service_port
            ORDER BY d.day
        ) AS day_number
    FROM days AS d
    LEFT JOIN owners AS s ON s.day = d.day AND s.interface_id = d.server_interface_id
    LEFT JOIN owners AS c ON c.day = d.day AND c.interface_id = d.client_interface_id
)

SELECT
    CAST(CAST(day AS date) AS timestamp) AS day,
    account_id,
    region,
    vpc_id,
    owner,
    scope,
    client,
    server,
    service,
    CASE WHEN refused_records > 0 THEN client || ' -> ' || server || ' ' || service END AS connection,
    refused_at,
    coalesce(reject_reason, 'rule') AS reject_reason,
    CASE WHEN request_records > 0 THEN 'request' WHEN refused_records > 0 THEN 'reply' ELSE 'late' END AS phase,
    CASE WHEN refused_records = 0 THEN 'late' WHEN day_number = 1 THEN 'new' ELSE 'ongoing' END AS status,
    CAST(day_number AS bigint) AS day_number,
    CASE WHEN scope = 'ingress' AND reject_reason IS NULL THEN 'noise' ELSE 'traffic' END AS class,
    CAST(rejected_records AS bigint) AS rejected_records,
    CAST(refused_records AS bigint) AS refused_records,
    CAST(request_records AS bigint) AS request_records,
    CAST(rejected_packets AS bigint) AS rejected_packets,
    CAST(rejected_bytes AS bigint) AS rejected_bytes,
    CAST(accepted_records AS bigint) AS accepted_records,
    CAST(from_unixtime(last_reject) AS timestamp) AS last_reject,
    'turnaway trace ''' || client || '->' || CASE
        WHEN service_port IS NULL THEN server
        WHEN strpos(server, ':') > 0 THEN '[' || server || ']:' || CAST(service_port AS varchar)
        ELSE server || ':' || CAST(service_port AS varchar)
    END || '''' AS trace
FROM named
