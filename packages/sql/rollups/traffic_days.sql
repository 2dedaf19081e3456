-- ---
-- what: Conversations of a day - the traffic rollup added up over the hours, which is what a report compares with the days before it.
-- grain: one row per day, client, server, protocol, service port; refusals that stand alone without their clients
-- reads: traffic_rollup, lone_refusals
-- prunes: day
-- cost: reads the rollups of one day; no log
-- columns:
--   day: UTC day, partition
--   hour: first hour of the day that has any of it, Unix seconds
--   scope: internal, egress, ingress, or transit (both ends outside)
--   client: who began; NULL where clients are folded, or were refused alone
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports, or ports are folded
--   clients: how many clients a folded row stands for, in the busiest hour
--   accepted_records: records let through, at one observation point
--   accepted_packets: packets let through
--   accepted_bytes: bytes let through, both ways
--   sent_bytes: of these, from client to server
--   rejected_records: records refused on the way to the server, at whichever end refused
--   rejected_packets: packets refused
--   rejected_bytes: bytes refused
--   reply_rejected_records: replies refused
--   reply_rejected_packets: packets of replies refused
--   reply_rejected_bytes: bytes of replies refused
--   late_records: records refused after a connection closed
--   late_packets: packets of these
--   late_bytes: bytes of these
--   rejected_hours: hours in which something was refused
--   late_hours: hours with such late records
--   refused_at: client, server or both - the end that refused
--   first_accept: first start of a record let through on the way to the server, Unix seconds
--   last_accept: last such start
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
--   client_interface_id: the client's interface where it is logged
--   server_interface_id: the server's interface where it is logged
--   reject_reason: BPA or EC where logged
--   lone_clients: how many refusals that stand alone the row stands for
--   sample: one of their clients
-- ---
WITH {{include:traffic_hours}}

SELECT
    day,
    min(hour) AS hour,
    max(scope) AS scope,
    client,
    server,
    protocol,
    service_port,
    max(clients) AS clients,
    sum(accepted_records) AS accepted_records,
    sum(accepted_packets) AS accepted_packets,
    sum(accepted_bytes) AS accepted_bytes,
    sum(sent_bytes) AS sent_bytes,
    sum(rejected_records) AS rejected_records,
    sum(rejected_packets) AS rejected_packets,
    sum(rejected_bytes) AS rejected_bytes,
    sum(reply_rejected_records) AS reply_rejected_records,
    sum(reply_rejected_packets) AS reply_rejected_packets,
    sum(reply_rejected_bytes) AS reply_rejected_bytes,
    sum(late_records) AS late_records,
    sum(late_packets) AS late_packets,
    sum(late_bytes) AS late_bytes,
    sum(rejected_hours) AS rejected_hours,
    sum(late_hours) AS late_hours,
    {{refusing_end:refused_at}} AS refused_at,
    min(first_accept) AS first_accept,
    max(last_accept) AS last_accept,
    min(first_reject) AS first_reject,
    max(last_reject) AS last_reject,
    max(client_interface_id) AS client_interface_id,
    max(server_interface_id) AS server_interface_id,
    max(reject_reason) AS reject_reason,
    sum(lone_clients) AS lone_clients,
    min(sample) AS sample
FROM traffic_hours
GROUP BY day, client, server, protocol, service_port
