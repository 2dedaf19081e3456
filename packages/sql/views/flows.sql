-- ---
-- what: Every record that carries traffic, conformed and directed - who is client, who is server, what is the service port, is it a reply, where was it seen.
-- grain: one row per record with log status OK (or without a status), action ACCEPT or REJECT
-- reads: flow_records
-- prunes: partition columns of flow_logs, for the record itself; its direction is decided with all records of its day
-- cost: several scans of the logs on an engine that does not materialise - for drill-downs into a day; reports read traffic_rollup
-- columns:
--   day: UTC day of `hour`, YYYY-MM-DD
--   hour: start of the hour that the record started in
--   start_time: first packet of the window
--   end_time: last packet of the window
--   client: who began
--   server: who was asked
--   service_port: port that was asked for; NULL where the protocol has no ports
--   is_reply: whether the record goes from server to client
--   decided_by: what told client from server - tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair
--   seen_at: client, server or transit - whose interface logged it
--   src: who sent it - pkt_srcaddr where logged, else srcaddr
--   dst: who it was for - pkt_dstaddr where logged, else dstaddr
--   handshake: syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)
--   owner: value of the first tag that is logged, percent-decoded
--   "{{conformed}}": start_time end_time
-- ---
WITH records AS (
    SELECT
        {{partition_columns}}
        r.day,
        r.hour,
        r.src,
        r.dst,
        r.handshake,
        r.owner,
        {{conformed_names:r:srcport:dstport}},
        -- Direction sees the ports as the rollup does, so that both decide alike.
        {{include:kept_ports}},
        r.srcport AS logged_srcport,
        r.dstport AS logged_dstport,
        1 AS records,
        r.start_time AS first_start
    FROM flow_records AS r
),

{{include:direction:records}}

SELECT
    {{partition_columns}}
    d.day,
    CAST(from_unixtime(d.hour) AS timestamp) AS hour,
    CAST(from_unixtime(d.start_time) AS timestamp) AS start_time,
    CAST(from_unixtime(d.end_time) AS timestamp) AS end_time,
    d.client,
    d.server,
    d.service_port,
    d.is_reply,
    d.decided_by,
    d.seen_at,
    d.src,
    d.dst,
    d.handshake,
    d.owner,
    d.logged_srcport AS srcport,
    d.logged_dstport AS dstport,
    {{conformed_names:d:srcport:dstport:start_time:end_time}}
FROM directed AS d
