-- ---
-- what: Refusals from outside that stand alone, folded by service - most rows of a day, and reports ask of them only how many.
-- grain: one row per hour, server, protocol, service port; ports that at most {{few}} clients asked for in the day are one row with service_port NULL
-- reads: traffic_rollup
-- prunes: day
-- cost: reads the rollup of one day; no log
-- columns:
--   day: UTC day of the hour, partition
--   hour: start of the hour, Unix seconds
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where ports are folded, or the protocol has none
--   clients: conversations that were first refused in this hour
--   sample: one of the clients
--   refused_records: records refused
--   refused_packets: packets refused
--   refused_bytes: bytes refused
--   refused_at: client, server or both - the end that refused
--   first_reject: first start of a refused record, Unix seconds
--   last_reject: last such start
--   server_interface_id: the server's interface where it is logged
-- ---
WITH lone AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY day, client, server, protocol, service_port ORDER BY hour) AS nth
    FROM traffic_rollup
    WHERE is_lone
),

services AS (
    SELECT day, server, protocol, service_port, count(*) AS clients
    FROM lone
    WHERE nth = 1
    GROUP BY 1, 2, 3, 4
)

SELECT
    l.day,
    l.hour,
    l.server,
    l.protocol,
    CASE WHEN s.clients > {{few}} THEN l.service_port END AS service_port,
    sum(CASE WHEN nth = 1 THEN 1 ELSE 0 END) AS clients,
    min(l.client) AS sample,
    sum(l.rejected_records) AS refused_records,
    sum(l.rejected_packets) AS refused_packets,
    sum(l.rejected_bytes) AS refused_bytes,
    {{refusing_end:l.refused_at}} AS refused_at,
    min(l.first_reject) AS first_reject,
    max(l.last_reject) AS last_reject,
    max(l.server_interface_id) AS server_interface_id
FROM lone AS l
INNER JOIN services AS s
    ON s.day = l.day
    AND s.server = l.server
    AND coalesce(s.protocol, -1) = coalesce(l.protocol, -1)
    AND coalesce(s.service_port, -1) = coalesce(l.service_port, -1)
GROUP BY 1, 2, 3, 4, 5
