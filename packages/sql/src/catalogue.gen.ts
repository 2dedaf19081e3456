// Made by `pnpm generate` from the .sql files of this package. Do not edit.
import type { SqlFile } from "./sql-file.ts";

export const SQL_FILES: readonly SqlFile[] = [
  {
    "kind": "parts",
    "name": "direction",
    "what": "Who is client, who is server, what is the service port, is the record a reply, and where was it seen. The one place that decides it; see docs/adr/0003-direct-flows-in-sql.md.",
    "input": "records or tuples with day, interface_id, interface_type, srcaddr, dstaddr, src, dst, srcport, dstport, protocol, action, handshake, flow_direction, records, first_start, log_status",
    "gives": "CTE `directed`, every input column and client, server, service_port, is_reply, decided_by, seen_at, is_leg",
    "text": "traffic AS (\n    SELECT\n        t.*,\n        protocol IN (6, 17, 33, 132, 136) AS has_ports,\n        strpos(srcaddr, ':') > 0 AS is_ipv6,\n        action = 'REJECT' AND protocol IN (6, 17, 33, 132, 136) AND {{serves:srcport:dstport}} AS reply_shaped,\n        src < dst OR (src = dst AND coalesce(srcport, 0) <= coalesce(dstport, 0)) AS low_sent\n    FROM {{input}} AS t\n    WHERE action IN ('ACCEPT', 'REJECT')\n        AND (log_status = 'OK' OR log_status IS NULL)\n        AND src IS NOT NULL\n        AND dst IS NOT NULL\n),\n\n-- Which ends are inside: asked once for each address, since it is the dear question.\nlocality AS (\n    SELECT address, {{local:address}} AS is_local\n    FROM (\n        SELECT src AS address FROM traffic\n        UNION\n        SELECT dst AS address FROM traffic\n        UNION\n        SELECT srcaddr AS address FROM traffic WHERE srcaddr <> src\n        UNION\n        SELECT dstaddr AS address FROM traffic WHERE dstaddr <> dst\n    ) AS a\n),\n\n-- Where the format has no flow-direction, an interface's own address is the one\n-- that stands in every record of that interface, of each family on its own.\ninterface_ends AS (\n    SELECT day, interface_id, is_ipv6, address, sum(records) AS records\n    FROM (\n        SELECT day, interface_id, is_ipv6, srcaddr AS address, records FROM traffic WHERE flow_direction IS NULL\n        UNION ALL\n        SELECT day, interface_id, is_ipv6, dstaddr AS address, records\n        FROM traffic\n        WHERE flow_direction IS NULL AND dstaddr <> srcaddr\n    ) AS ends\n    GROUP BY 1, 2, 3, 4\n),\n\ninterface_records AS (\n    SELECT day, interface_id, is_ipv6, sum(records) AS records\n    FROM traffic\n    WHERE flow_direction IS NULL\n    GROUP BY 1, 2, 3\n),\n\nown_candidates AS (\n    SELECT\n        e.day,\n        e.interface_id,\n        e.is_ipv6,\n        e.address,\n        count(*) OVER (PARTITION BY e.day, e.interface_id, e.is_ipv6) AS candidates,\n        CASE WHEN l.is_local THEN 1 ELSE 0 END AS is_local\n    FROM interface_ends AS e\n    INNER JOIN locality AS l ON l.address = e.address\n    INNER JOIN interface_records AS i\n        ON i.day = e.day\n        AND i.interface_id = e.interface_id\n        AND i.is_ipv6 = e.is_ipv6\n        AND i.records = e.records\n),\n\n-- An interface that talked to one peer alone leaves two candidates. The one that\n-- is certainly another interface's own is out; else the local one is in.\nranked_candidates AS (\n    SELECT\n        c.day,\n        c.interface_id,\n        c.is_ipv6,\n        c.address,\n        rank() OVER (\n            PARTITION BY c.day, c.interface_id, c.is_ipv6\n            ORDER BY CASE WHEN k.address IS NULL THEN 1 ELSE 0 END DESC, c.is_local DESC\n        ) AS place\n    FROM own_candidates AS c\n    LEFT JOIN (\n        SELECT day, address, min(interface_id) AS interface_id\n        FROM own_candidates\n        WHERE candidates = 1\n        GROUP BY 1, 2\n    ) AS k\n        ON k.day = c.day AND k.address = c.address AND k.interface_id <> c.interface_id AND c.candidates > 1\n),\n\nown_addresses AS (\n    SELECT day, interface_id, is_ipv6, min(address) AS address\n    FROM ranked_candidates\n    WHERE place = 1\n    GROUP BY 1, 2, 3\n    HAVING count(*) = 1\n),\n\nseen AS (\n    SELECT\n        t.*,\n        CASE\n            WHEN flow_direction = 'egress' THEN 'src'\n            WHEN flow_direction = 'ingress' THEN 'dst'\n            WHEN o.address = srcaddr THEN 'src'\n            WHEN o.address = dstaddr THEN 'dst'\n        END AS own_side,\n        -- The packet's own address, where it is not the interface's on the interface's side.\n        CASE\n            WHEN src <> srcaddr AND (flow_direction = 'egress' OR (flow_direction IS NULL AND o.address = srcaddr)) THEN src\n            WHEN dst <> dstaddr AND (flow_direction = 'ingress' OR (flow_direction IS NULL AND o.address = dstaddr)) THEN dst\n        END AS translated\n    FROM traffic AS t\n    LEFT JOIN own_addresses AS o\n        ON o.day = t.day AND o.interface_id = t.interface_id AND o.is_ipv6 = t.is_ipv6\n),\n\n-- A record is a transit observation when the packet's own address differs from the\n-- interface's on the interface's side, unless an instance holds both (a pod, a\n-- second address).\nplaced AS (\n    SELECT\n        s.*,\n        CASE\n            WHEN own_side IS NULL THEN TRUE\n            WHEN translated IS NOT NULL THEN instance_id IS NULL OR NOT l.is_local\n            ELSE FALSE\n        END AS in_transit,\n        translated IS NOT NULL AND NOT l.is_local AS translates\n    FROM seen AS s\n    LEFT JOIN locality AS l ON l.address = s.translated\n),\n\n-- Interfaces that translate: their other leg carries the same bytes under their\n-- own address, and must not be counted a second time.\nrelays AS (\n    SELECT DISTINCT day, interface_id\n    FROM placed\n    WHERE interface_type IN ('nat_gateway', 'regional_nat_gateway') OR translates\n),\n\n-- Both directions of one connection, where both ports are known.\nconnections AS (\n    SELECT\n        day,\n        protocol,\n        CASE WHEN low_sent THEN src ELSE dst END AS low_address,\n        CASE WHEN low_sent THEN srcport ELSE dstport END AS low_port,\n        CASE WHEN low_sent THEN dst ELSE src END AS high_address,\n        CASE WHEN low_sent THEN dstport ELSE srcport END AS high_port,\n        max(CASE WHEN low_sent THEN 1 ELSE 0 END) AS low_spoke,\n        max(CASE WHEN low_sent THEN 0 ELSE 1 END) AS high_spoke,\n        max(CASE WHEN (low_sent AND handshake = 'syn') OR (NOT low_sent AND handshake = 'syn-ack') THEN 1 ELSE 0 END) AS low_began,\n        max(CASE WHEN (NOT low_sent AND handshake = 'syn') OR (low_sent AND handshake = 'syn-ack') THEN 1 ELSE 0 END) AS high_began,\n        max(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END) AS accepted\n    FROM traffic\n    WHERE has_ports AND srcport IS NOT NULL AND dstport IS NOT NULL\n    GROUP BY 1, 2, 3, 4, 5, 6\n),\n\n-- Fan-in: how many counterparts spoke with this port, and were answered.\nport_counterparts AS (\n    SELECT day, protocol, address, port, count(*) AS counterparts\n    FROM (\n        SELECT day, protocol, low_address AS address, low_port AS port\n        FROM connections\n        WHERE low_spoke = 1 AND high_spoke = 1\n        UNION ALL\n        SELECT day, protocol, high_address AS address, high_port AS port\n        FROM connections\n        WHERE low_spoke = 1 AND high_spoke = 1\n    ) AS ends\n    GROUP BY 1, 2, 3, 4\n),\n\ndecisions AS (\n    SELECT\n        c.*,\n        CASE\n            WHEN low_began > high_began THEN 'tcp-flags'\n            WHEN high_began > low_began THEN 'tcp-flags'\n            WHEN low_spoke + high_spoke = 1 AND accepted = 0 THEN 'one-sided'\n            WHEN coalesce(l.counterparts, 0) <> coalesce(h.counterparts, 0) THEN 'fan-in'\n            WHEN {{port_rank:low_port}} <> {{port_rank:high_port}} THEN 'known-port'\n            WHEN low_spoke + high_spoke = 1 THEN 'one-sided'\n            WHEN low_port <> high_port THEN 'lower-port'\n            ELSE 'address'\n        END AS decided_by,\n        CASE\n            WHEN low_began > high_began THEN TRUE\n            WHEN high_began > low_began THEN FALSE\n            WHEN low_spoke + high_spoke = 1 AND accepted = 0 THEN low_spoke = 1\n            WHEN coalesce(l.counterparts, 0) <> coalesce(h.counterparts, 0)\n                THEN coalesce(h.counterparts, 0) > coalesce(l.counterparts, 0)\n            WHEN {{port_rank:low_port}} <> {{port_rank:high_port}}\n                THEN {{port_rank:high_port}} < {{port_rank:low_port}}\n            WHEN low_spoke + high_spoke = 1 THEN low_spoke = 1\n            WHEN low_port <> high_port THEN high_port < low_port\n            ELSE low_local.is_local OR NOT high_local.is_local\n        END AS low_is_client\n    FROM connections AS c\n    INNER JOIN locality AS low_local ON low_local.address = c.low_address\n    INNER JOIN locality AS high_local ON high_local.address = c.high_address\n    LEFT JOIN port_counterparts AS l\n        ON l.day = c.day AND l.protocol = c.protocol AND l.address = c.low_address AND l.port = c.low_port\n    LEFT JOIN port_counterparts AS h\n        ON h.day = c.day AND h.protocol = c.protocol AND h.address = c.high_address AND h.port = c.high_port\n),\n\n-- A refused record shaped like a reply is one only if somebody was let in to ask.\naccepted_services AS (\n    SELECT DISTINCT day, protocol, src AS client, dst AS server, dstport AS service_port\n    FROM traffic\n    WHERE has_ports AND action = 'ACCEPT' AND srcport IS NULL\n),\n\n-- No ports: the pair is one conversation, begun by who spoke first.\nportless_pairs AS (\n    SELECT\n        day,\n        protocol,\n        CASE WHEN low_sent THEN src ELSE dst END AS low_address,\n        CASE WHEN low_sent THEN dst ELSE src END AS high_address,\n        min(CASE WHEN low_sent THEN first_start END) AS low_first,\n        min(CASE WHEN NOT low_sent THEN first_start END) AS high_first,\n        max(CASE WHEN low_sent AND action = 'REJECT' THEN 1 ELSE 0 END) AS low_rejected,\n        max(CASE WHEN NOT low_sent AND action = 'REJECT' THEN 1 ELSE 0 END) AS high_rejected\n    FROM traffic\n    WHERE NOT has_ports\n    GROUP BY 1, 2, 3, 4\n),\n\njudged AS (\n    SELECT\n        t.*,\n        CASE\n            WHEN NOT has_ports THEN low_sent = CASE\n                WHEN p.high_first IS NULL THEN TRUE\n                WHEN p.low_first IS NULL THEN FALSE\n                WHEN p.low_first <> p.high_first THEN p.low_first < p.high_first\n                ELSE p.low_rejected <= p.high_rejected\n            END\n            WHEN handshake = 'syn' THEN TRUE\n            WHEN handshake = 'syn-ack' THEN FALSE\n            WHEN srcport IS NULL THEN TRUE\n            WHEN dstport IS NULL THEN FALSE\n            WHEN a.client IS NOT NULL THEN FALSE\n            ELSE low_sent = c.low_is_client\n        END AS from_client,\n        CASE\n            WHEN NOT has_ports THEN 'pair'\n            WHEN handshake IN ('syn', 'syn-ack') THEN 'tcp-flags'\n            WHEN srcport IS NULL OR dstport IS NULL THEN 'known-port'\n            WHEN a.client IS NOT NULL THEN 'paired'\n            ELSE c.decided_by\n        END AS decided_by,\n        r.interface_id IS NOT NULL AND NOT in_transit AND action = 'ACCEPT' AS is_leg\n    FROM placed AS t\n    LEFT JOIN decisions AS c\n        ON c.day = t.day\n        AND c.protocol = t.protocol\n        AND c.low_address = CASE WHEN low_sent THEN t.src ELSE t.dst END\n        AND c.low_port = CASE WHEN low_sent THEN t.srcport ELSE t.dstport END\n        AND c.high_address = CASE WHEN low_sent THEN t.dst ELSE t.src END\n        AND c.high_port = CASE WHEN low_sent THEN t.dstport ELSE t.srcport END\n    LEFT JOIN accepted_services AS a\n        ON a.day = t.day\n        AND a.protocol = t.protocol\n        AND a.client = CASE WHEN reply_shaped THEN t.dst END\n        AND a.server = t.src\n        AND a.service_port = t.srcport\n    LEFT JOIN portless_pairs AS p\n        ON p.day = t.day\n        AND p.protocol = t.protocol\n        AND p.low_address = CASE WHEN has_ports THEN NULL WHEN low_sent THEN t.src ELSE t.dst END\n        AND p.high_address = CASE WHEN low_sent THEN t.dst ELSE t.src END\n    LEFT JOIN relays AS r ON r.day = t.day AND r.interface_id = t.interface_id\n),\n\ndirected AS (\n    SELECT\n        j.*,\n        CASE WHEN from_client THEN src ELSE dst END AS client,\n        CASE WHEN from_client THEN dst ELSE src END AS server,\n        CASE WHEN NOT has_ports THEN NULL WHEN from_client THEN dstport ELSE srcport END AS service_port,\n        NOT from_client AS is_reply,\n        CASE\n            WHEN in_transit THEN 'transit'\n            WHEN (own_side = 'src') = from_client THEN 'client'\n            ELSE 'server'\n        END AS seen_at\n    FROM judged AS j\n)\n"
  },
  {
    "kind": "parts",
    "name": "kept_ports",
    "what": "Both ports of a record, without the client's ephemeral one where the two ports alone say who serves.",
    "input": "srcport, dstport, action and handshake in scope",
    "gives": "columns srcport and dstport; srcport is NULL where the destination serves, dstport where the source does",
    "text": "CASE\n    WHEN {{serves:dstport:srcport}} AND (handshake IS NULL OR handshake <> 'syn-ack') THEN NULL\n    ELSE srcport\nEND AS srcport,\nCASE\n    WHEN {{serves:srcport:dstport}} AND (handshake IS NULL OR handshake <> 'syn') AND action = 'ACCEPT'\n        THEN NULL\n    ELSE dstport\nEND AS dstport\n"
  },
  {
    "kind": "parts",
    "name": "pair_periods",
    "what": "Conversations per report period - the rollup, added up over each day (or window) that the report compares.",
    "input": "the fragment periods, rows of (period, start_time, end_time) that the caller composes; period 0 is the oldest",
    "gives": "CTEs `periods` and `pair_periods`, one row per period, client, server, protocol, service port",
    "text": "periods (period, start_time, end_time) AS (\n    VALUES {{periods}}\n),\n\npair_periods AS (\n    SELECT\n        p.period,\n        max(r.scope) AS scope,\n        r.client,\n        r.server,\n        r.protocol,\n        r.service_port,\n        sum(r.clients) AS clients,\n        sum(r.accepted_records) AS accepted_records,\n        sum(r.accepted_bytes) AS accepted_bytes,\n        sum(r.sent_bytes) AS sent_bytes,\n        sum(r.rejected_records) AS rejected_records,\n        sum(r.rejected_packets) AS rejected_packets,\n        sum(r.rejected_bytes) AS rejected_bytes,\n        sum(r.reply_rejected_records) AS reply_rejected_records,\n        sum(r.reply_rejected_packets) AS reply_rejected_packets,\n        sum(r.reply_rejected_bytes) AS reply_rejected_bytes,\n        sum(r.accepted_packets) AS accepted_packets,\n        count(CASE WHEN r.rejected_records > 0 THEN 1 END) AS rejected_hours,\n        CASE\n            WHEN max(CASE WHEN r.refused_at IN ('client', 'both') THEN 1 ELSE 0 END) = 1\n                AND max(CASE WHEN r.refused_at IN ('server', 'both') THEN 1 ELSE 0 END) = 1 THEN 'both'\n            ELSE max(r.refused_at)\n        END AS refused_at,\n        min(r.first_accept) AS first_accept,\n        max(r.last_accept) AS last_accept,\n        min(r.first_reject) AS first_reject,\n        max(r.last_reject) AS last_reject,\n        max(r.client_interface_id) AS client_interface_id,\n        max(r.server_interface_id) AS server_interface_id,\n        max(r.reject_reason) AS reject_reason\n    FROM traffic_rollup AS r\n    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\n    WHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}'\n    GROUP BY p.period, r.client, r.server, r.protocol, r.service_port\n)\n"
  },
  {
    "kind": "views",
    "name": "flow_records",
    "what": "Every flow-log record, conformed - all columns of v2 to v11 present, `-` as NULL, the day and hour of its start, the true ends of the traffic.",
    "grain": "one row per record as logged, NODATA and SKIPDATA included",
    "reads": "flow_logs",
    "prunes": "every partition column of flow_logs passes through",
    "cost": "one scan of the partitions that the caller names",
    "columns": {
      "day": "UTC day of `hour`, YYYY-MM-DD",
      "hour": "start of the hour that `start` falls in, Unix seconds, shifted by the zone's odd minutes",
      "src": "who sent it - pkt_srcaddr where logged, else srcaddr",
      "dst": "who it was for - pkt_dstaddr where logged, else dstaddr",
      "handshake": "syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)",
      "start_time": "start of the window, Unix seconds",
      "end_time": "end of the window, Unix seconds",
      "owner": "value of the first tag that is logged, percent-decoded - instance, interface, Auto Scaling group"
    },
    "text": "SELECT\n    {{partition_columns}}\n    date_format(from_unixtime(\"start\" - (\"start\" - {{hour_offset}}) % 3600), '%Y-%m-%d') AS day,\n    \"start\" - (\"start\" - {{hour_offset}}) % 3600 AS hour,\n    {{conformed_fields}},\n    coalesce(nullif(pkt_srcaddr, '-'), nullif(srcaddr, '-')) AS src,\n    coalesce(nullif(pkt_dstaddr, '-'), nullif(dstaddr, '-')) AS dst,\n    CASE\n        WHEN protocol <> 6 OR tcp_flags IS NULL THEN NULL\n        WHEN bitwise_and(tcp_flags, 18) = 18 THEN 'syn-ack'\n        WHEN bitwise_and(tcp_flags, 2) = 2 THEN 'syn'\n        ELSE 'none'\n    END AS handshake,\n    coalesce(\n        url_decode(nullif(instance_tag, '-')),\n        url_decode(nullif(interface_tag, '-')),\n        url_decode(nullif(asg_tag, '-'))\n    ) AS owner,\n    nullif(pkt_src_aws_service, '-') AS src_aws_service,\n    nullif(pkt_dst_aws_service, '-') AS dst_aws_service\nFROM flow_logs\n"
  },
  {
    "kind": "rollups",
    "name": "coverage_rollup",
    "what": "Records as logged, per hour and interface - what proves that a quiet hour was quiet, and whose an interface is.",
    "grain": "one row per hour, interface, log status, action",
    "reads": "flow_tuples",
    "prunes": "day",
    "cost": "reads the stage of one day; no log",
    "columns": {
      "day": "UTC day of the hour, partition",
      "hour": "start of the hour, Unix seconds",
      "interface_id": "interface that logged",
      "log_status": "OK, NODATA, SKIPDATA, or NULL where the format has none",
      "action": "ACCEPT, REJECT or NULL",
      "records": "records as logged",
      "packets": "packets as logged",
      "bytes": "bytes as logged",
      "first_start": "first start, Unix seconds",
      "last_end": "last end, Unix seconds",
      "owner": "value of the owner tag where logged"
    },
    "text": "SELECT\n    day,\n    hour,\n    interface_id,\n    log_status,\n    action,\n    sum(records) AS records,\n    sum(coalesce(packets, 0)) AS packets,\n    sum(coalesce(bytes, 0)) AS bytes,\n    min(first_start) AS first_start,\n    max(last_end) AS last_end,\n    max(account_id) AS account_id,\n    max(region) AS region,\n    max(az_id) AS az_id,\n    max(vpc_id) AS vpc_id,\n    max(subnet_id) AS subnet_id,\n    max(instance_id) AS instance_id,\n    max(interface_type) AS interface_type,\n    max(owner) AS owner\nFROM flow_tuples\nGROUP BY 1, 2, 3, 4, 5\n"
  },
  {
    "kind": "rollups",
    "name": "flow_tuples",
    "what": "The one scan of a day's raw logs - records of the same tuple, interface and hour added up, and the client's ephemeral port dropped where the two ports alone say who serves.",
    "grain": "one row per hour, interface, status, action, source, destination, protocol, ports that are kept, handshake",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, for the day and the settle hours after it",
    "cost": "one scan of one day; everything after it reads this stage and no log",
    "columns": {
      "day": "UTC day of the hour",
      "srcport": "NULL where dropped - the destination serves",
      "dstport": "NULL where dropped - the source serves",
      "records": "records as logged",
      "packets": "packets, summed over windows",
      "bytes": "bytes, summed over windows"
    },
    "text": "-- A port is dropped only where a system or known port faces a dynamic one. Any\n-- other pair keeps both, and so does a refused record that is shaped like a\n-- reply: whether it is one depends on the forward direction, which is not here.\nSELECT\n    date_format(from_unixtime(hour), '%Y-%m-%d') AS day,\n    t.*\nFROM (\n    SELECT\n        hour,\n        log_status,\n        action,\n        interface_id,\n        srcaddr,\n        dstaddr,\n        src,\n        dst,\n        {{include:kept_ports}},\n        protocol,\n        handshake,\n        flow_direction,\n        reject_reason,\n        count(*) AS records,\n        sum(CAST(packets AS decimal(38, 0))) AS packets,\n        sum(CAST(bytes AS decimal(38, 0))) AS bytes,\n        min(start_time) AS first_start,\n        max(start_time) AS last_start,\n        max(end_time) AS last_end,\n        max(account_id) AS account_id,\n        max(region) AS region,\n        max(az_id) AS az_id,\n        max(vpc_id) AS vpc_id,\n        max(subnet_id) AS subnet_id,\n        max(instance_id) AS instance_id,\n        max(interface_type) AS interface_type,\n        max(owner) AS owner,\n        max(src_aws_service) AS src_aws_service,\n        max(dst_aws_service) AS dst_aws_service,\n        max(traffic_path) AS traffic_path,\n        max(next_hop_interface_id) AS next_hop_interface_id,\n        max(next_hop_interface_type) AS next_hop_interface_type,\n        max(next_hop_vpc_id) AS next_hop_vpc_id\n    FROM flow_records\n    WHERE {{records_of_day}}\n    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14\n) AS t\n"
  },
  {
    "kind": "rollups",
    "name": "traffic_rollup",
    "what": "Conversations, counted once - the aggregate that every report query, detection and dashboard reads.",
    "grain": "one row per hour, client, server, protocol, service port; accepted internet clients of a busy public service are one row with client NULL",
    "reads": "flow_tuples",
    "prunes": "day",
    "cost": "reads the stage of one day; no log",
    "columns": {
      "day": "UTC day of the hour, partition",
      "hour": "start of the hour, Unix seconds",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "client": "who began; NULL where clients are folded",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "clients": "how many clients the row stands for",
      "decided_by": "what told client from server - tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair",
      "accepted_records": "records let through, at one observation point",
      "accepted_packets": "packets let through",
      "accepted_bytes": "bytes let through, both ways",
      "sent_bytes": "of these, from client to server",
      "rejected_records": "records refused on the way to the server, at whichever end refused",
      "rejected_packets": "packets refused",
      "rejected_bytes": "bytes refused",
      "reply_rejected_records": "replies refused",
      "reply_rejected_packets": "packets of replies refused",
      "reply_rejected_bytes": "bytes of replies refused",
      "late_records": "records refused after a connection closed",
      "late_packets": "packets of these",
      "late_bytes": "bytes of these",
      "logged_records": "records as logged, by every interface",
      "refused_at": "client, server or both - the end that refused",
      "first_accept": "first start of a record let through on the way to the server, Unix seconds",
      "last_accept": "last such start",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start",
      "client_interface_id": "the client's interface where it is logged",
      "server_interface_id": "the server's interface where it is logged",
      "reject_reason": "BPA or EC where logged"
    },
    "text": "WITH {{include:direction:flow_tuples}},\n\n-- Where each conversation is counted: at the server's interface where that is\n-- logged, else at the client's, else at one of those it passed.\npoints AS (\n    SELECT\n        day,\n        client,\n        server,\n        protocol,\n        service_port,\n        max(CASE WHEN seen_at = 'server' THEN 1 ELSE 0 END) AS at_server,\n        max(CASE WHEN seen_at = 'client' THEN 1 ELSE 0 END) AS at_client,\n        min(CASE WHEN seen_at = 'transit' THEN interface_id END) AS transit_interface_id,\n        max(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS refused,\n        max(CASE WHEN action = 'REJECT' AND is_reply AND seen_at = 'client' THEN 1 ELSE 0 END) AS replies_refused_at_client\n    FROM directed\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nscoped AS (\n    SELECT\n        p.*,\n        c.is_local AS client_is_local,\n        s.is_local AS server_is_local\n    FROM points AS p\n    INNER JOIN locality AS c ON c.address = p.client\n    INNER JOIN locality AS s ON s.address = p.server\n),\n\ncrowds AS (\n    SELECT day, server, protocol, service_port, count(*) AS clients\n    FROM scoped\n    WHERE refused = 0 AND server_is_local AND NOT client_is_local\n    GROUP BY 1, 2, 3, 4\n),\n\nconversations AS (\n    SELECT\n        s.*,\n        CASE\n            WHEN client_is_local AND server_is_local THEN 'internal'\n            WHEN client_is_local THEN 'egress'\n            WHEN server_is_local THEN 'ingress'\n            ELSE 'transit'\n        END AS scope,\n        refused = 0\n            AND server_is_local\n            AND NOT client_is_local\n            AND coalesce(s.service_port, 0) NOT IN {{admin_ports}}\n            AND coalesce(c.clients, 0) > {{crowd}} AS folded\n    FROM scoped AS s\n    LEFT JOIN crowds AS c\n        ON c.day = s.day\n        AND c.server = s.server\n        AND c.protocol = s.protocol\n        AND coalesce(c.service_port, -1) = coalesce(s.service_port, -1)\n),\n\nmeasured AS (\n    SELECT\n        d.*,\n        v.scope,\n        v.folded,\n        coalesce(d.handshake = 'none', FALSE) AS after_close,\n        d.action = 'REJECT' AND (\n            d.seen_at <> 'transit' OR coalesce(d.interface_id = v.transit_interface_id, TRUE)\n        ) AS is_refused,\n        d.action = 'ACCEPT' AND NOT d.is_leg AND CASE\n            -- What the client's end refused had been let through at the server's.\n            WHEN d.is_reply AND v.replies_refused_at_client = 1 THEN d.seen_at = 'client'\n            WHEN v.at_server = 1 THEN d.seen_at = 'server'\n            WHEN v.at_client = 1 THEN d.seen_at = 'client'\n            ELSE coalesce(d.interface_id = v.transit_interface_id, TRUE)\n        END AS is_counted\n    FROM directed AS d\n    INNER JOIN conversations AS v\n        ON v.day = d.day\n        AND v.client = d.client\n        AND v.server = d.server\n        AND v.protocol = d.protocol\n        AND coalesce(v.service_port, -1) = coalesce(d.service_port, -1)\n),\n\nhours AS (\n    SELECT\n        day,\n        hour,\n        client,\n        server,\n        protocol,\n        service_port,\n        max(scope) AS scope,\n        bool_or(folded) AS folded,\n        min(decided_by) AS decided_by,\n        sum(CASE WHEN is_counted THEN records ELSE 0 END) AS accepted_records,\n        sum(CASE WHEN is_counted THEN packets ELSE 0 END) AS accepted_packets,\n        sum(CASE WHEN is_counted THEN bytes ELSE 0 END) AS accepted_bytes,\n        sum(CASE WHEN is_counted AND NOT is_reply THEN bytes ELSE 0 END) AS sent_bytes,\n        sum(CASE WHEN is_refused AND NOT is_reply AND NOT after_close THEN records ELSE 0 END) AS rejected_records,\n        sum(CASE WHEN is_refused AND NOT is_reply AND NOT after_close THEN packets ELSE 0 END) AS rejected_packets,\n        sum(CASE WHEN is_refused AND NOT is_reply AND NOT after_close THEN bytes ELSE 0 END) AS rejected_bytes,\n        sum(CASE WHEN is_refused AND is_reply AND NOT after_close THEN records ELSE 0 END) AS reply_records,\n        sum(CASE WHEN is_refused AND is_reply AND NOT after_close THEN packets ELSE 0 END) AS reply_packets,\n        sum(CASE WHEN is_refused AND is_reply AND NOT after_close THEN bytes ELSE 0 END) AS reply_bytes,\n        max(CASE WHEN is_refused AND is_reply AND handshake = 'syn-ack' THEN 1 ELSE 0 END) AS answer_refused,\n        sum(CASE WHEN is_refused AND after_close THEN records ELSE 0 END) AS closed_records,\n        sum(CASE WHEN is_refused AND after_close THEN packets ELSE 0 END) AS closed_packets,\n        sum(CASE WHEN is_refused AND after_close THEN bytes ELSE 0 END) AS closed_bytes,\n        sum(CASE WHEN is_counted AND is_reply THEN records ELSE 0 END) AS replies_let_through,\n        sum(records) AS logged_records,\n        max(CASE WHEN action = 'REJECT' AND seen_at = 'client' THEN 1 ELSE 0 END) AS refused_at_client,\n        max(CASE WHEN action = 'REJECT' AND seen_at = 'server' THEN 1 ELSE 0 END) AS refused_at_server,\n        min(CASE WHEN is_counted AND NOT is_reply THEN first_start END) AS first_accept,\n        max(CASE WHEN is_counted AND NOT is_reply THEN last_start END) AS last_accept,\n        min(CASE WHEN is_refused AND NOT after_close THEN first_start END) AS first_reject,\n        max(CASE WHEN is_refused AND NOT after_close THEN last_start END) AS last_reject,\n        max(CASE WHEN seen_at = 'client' THEN interface_id END) AS client_interface_id,\n        max(CASE WHEN seen_at = 'server' THEN interface_id END) AS server_interface_id,\n        max(account_id) AS account_id,\n        max(region) AS region,\n        max(vpc_id) AS vpc_id,\n        max(reject_reason) AS reject_reason,\n        max(CASE WHEN is_reply THEN dst_aws_service ELSE src_aws_service END) AS client_aws_service,\n        max(CASE WHEN is_reply THEN src_aws_service ELSE dst_aws_service END) AS server_aws_service,\n        max(traffic_path) AS traffic_path,\n        max(next_hop_interface_id) AS next_hop_interface_id,\n        max(next_hop_interface_type) AS next_hop_interface_type,\n        max(next_hop_vpc_id) AS next_hop_vpc_id\n    FROM measured\n    GROUP BY 1, 2, 3, 4, 5, 6\n),\n\n-- Without flags a refused reply is late when the hour, or the one before, let\n-- through at least as many replies as it refused: a rule lets none through.\nhour_before AS (\n    SELECT\n        h.*,\n        coalesce(CASE\n            WHEN lag(hour) OVER conversation = hour - 3600 THEN lag(replies_let_through) OVER conversation\n        END, 0) AS replies_before\n    FROM hours AS h\n    WINDOW conversation AS (PARTITION BY day, client, server, protocol, service_port ORDER BY hour)\n),\n\nsettled AS (\n    SELECT\n        h.*,\n        answer_refused = 0 AND reply_records > 0 AND replies_let_through + replies_before >= reply_records AS replies_are_late\n    FROM hour_before AS h\n)\n\nSELECT\n    day,\n    hour,\n    scope,\n    CASE WHEN folded THEN NULL ELSE client END AS client,\n    server,\n    protocol,\n    service_port,\n    count(DISTINCT client) AS clients,\n    min(decided_by) AS decided_by,\n    sum(accepted_records) AS accepted_records,\n    sum(accepted_packets) AS accepted_packets,\n    sum(accepted_bytes) AS accepted_bytes,\n    sum(sent_bytes) AS sent_bytes,\n    sum(rejected_records) AS rejected_records,\n    sum(rejected_packets) AS rejected_packets,\n    sum(rejected_bytes) AS rejected_bytes,\n    sum(CASE WHEN replies_are_late THEN 0 ELSE reply_records END) AS reply_rejected_records,\n    sum(CASE WHEN replies_are_late THEN 0 ELSE reply_packets END) AS reply_rejected_packets,\n    sum(CASE WHEN replies_are_late THEN 0 ELSE reply_bytes END) AS reply_rejected_bytes,\n    sum(closed_records + CASE WHEN replies_are_late THEN reply_records ELSE 0 END) AS late_records,\n    sum(closed_packets + CASE WHEN replies_are_late THEN reply_packets ELSE 0 END) AS late_packets,\n    sum(closed_bytes + CASE WHEN replies_are_late THEN reply_bytes ELSE 0 END) AS late_bytes,\n    sum(logged_records) AS logged_records,\n    CASE\n        WHEN max(refused_at_client) = 1 AND max(refused_at_server) = 1 THEN 'both'\n        WHEN max(refused_at_client) = 1 THEN 'client'\n        WHEN max(refused_at_server) = 1 THEN 'server'\n    END AS refused_at,\n    min(first_accept) AS first_accept,\n    max(last_accept) AS last_accept,\n    min(CASE WHEN replies_are_late AND rejected_records = 0 THEN NULL ELSE first_reject END) AS first_reject,\n    max(CASE WHEN replies_are_late AND rejected_records = 0 THEN NULL ELSE last_reject END) AS last_reject,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    max(account_id) AS account_id,\n    max(region) AS region,\n    max(vpc_id) AS vpc_id,\n    max(reject_reason) AS reject_reason,\n    max(client_aws_service) AS client_aws_service,\n    max(server_aws_service) AS server_aws_service,\n    max(traffic_path) AS traffic_path,\n    max(next_hop_interface_id) AS next_hop_interface_id,\n    max(next_hop_interface_type) AS next_hop_interface_type,\n    max(next_hop_vpc_id) AS next_hop_vpc_id\nFROM settled\nGROUP BY 1, 2, 3, 4, 5, 6, 7\n"
  },
  {
    "kind": "detections",
    "name": "admin_port_open",
    "what": "Accepted from the internet on a port that gives control - SSH, RDP, databases.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "detection": {
      "title": "Open to the internet",
      "severity": "critical",
      "mitre": "T1133",
      "key": "server protocol port",
      "why": "Anybody on the internet reaches a port that gives control of the host or its data.",
      "next": "Close the port in the security group of the server, or allow only the addresses that need it - better, use Session Manager or a VPN.",
      "evidence": {
        "observed": "records let through in the period",
        "spread": "clients from the internet",
        "sample": "one of the clients"
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN count(DISTINCT client) = 1 THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS records,\n    CAST(sum(accepted_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(accepted_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_accept) AS bigint) AS first_seen,\n    CAST(max(last_accept) AS bigint) AS last_seen,\n    CAST(NULL AS varchar) AS refused_at,\n    CAST(NULL AS varchar) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(sum(clients) AS bigint) AS spread,\n    min(client) AS sample\nFROM pair_periods\nWHERE scope = 'ingress' AND protocol = 6 AND service_port IN {{admin_ports}} AND accepted_records > 0\nGROUP BY period, scope, server, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "block_public_access",
    "what": "Refused with reject-reason BPA.",
    "grain": "one row per period, scope, inside host, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "detection": {
      "title": "Refused by VPC Block Public Access",
      "severity": "medium",
      "key": "scope client server protocol port",
      "why": "VPC Block Public Access turned this away, whatever the rules of the subnet say.",
      "next": "If the host should reach or be reached from the internet, add an exclusion for its VPC or subnet; if not, stop it asking.",
      "needs": "reject-reason",
      "evidence": {
        "observed": "records refused in the period",
        "spread": "counterparts",
        "sample": "one of the counterparts"
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN scope = 'egress' OR count(DISTINCT client) = 1 THEN max(client) END AS client,\n    CASE WHEN scope <> 'egress' OR count(DISTINCT server) = 1 THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT CASE WHEN scope = 'egress' THEN server ELSE client END) AS bigint) AS spread,\n    min(CASE WHEN scope = 'egress' THEN server ELSE client END) AS sample\nFROM pair_periods\nWHERE reject_reason = 'BPA' AND rejected_records > 0\nGROUP BY period, scope, CASE WHEN scope = 'egress' THEN client ELSE server END, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "coverage_gap",
    "what": "What the logs do not show - records that AWS lost, hours without any record, an interface gone silent, owner tags gone.",
    "grain": "one row per period and gap",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the coverage rollup's history days",
    "parameters": {
      "min_hours": {
        "type": "integer",
        "what": "hours in a row that an interface must be silent",
        "default": 3
      }
    },
    "detection": {
      "title": "The logs have a gap",
      "severity": "medium",
      "key": "sample interface",
      "why": "What is not logged can't be reported. No rejects in a gap is not good news, it is no news.",
      "next": "See whether the flow log still exists and may still write (`turnaway doctor`), and whether the interface does.",
      "evidence": {
        "observed": "records lost, or hours without records",
        "expected": "records of the period, or hours of the period",
        "sample": "skipdata, missing-hours, silent-interface or tags-gone"
      }
    },
    "text": "WITH hourly AS (\n    SELECT\n        p.period,\n        p.start_time,\n        p.end_time,\n        c.hour,\n        c.interface_id,\n        sum(c.records) AS records,\n        sum(CASE WHEN c.log_status = 'SKIPDATA' THEN c.records ELSE 0 END) AS skipped,\n        min(c.first_start) AS first_start,\n        max(c.last_end) AS last_end,\n        max(c.owner) AS owner\n    FROM coverage_rollup AS c\n    INNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time\n    WHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nbounds AS (\n    SELECT min(hour) AS first_hour FROM hourly\n),\n\n-- Hours before the first record of all are no gap: the logs began there.\nexpected AS (\n    SELECT\n        p.period,\n        p.start_time,\n        p.end_time,\n        (p.end_time - CASE WHEN b.first_hour > p.start_time THEN b.first_hour ELSE p.start_time END + 3599) / 3600 AS hours\n    FROM periods AS p\n    CROSS JOIN bounds AS b\n    WHERE b.first_hour < p.end_time\n),\n\nper_period AS (\n    SELECT\n        e.period,\n        max(e.start_time) AS start_time,\n        max(e.end_time) AS end_time,\n        CAST(max(floor(e.hours)) AS bigint) AS hours,\n        count(DISTINCT h.hour) AS seen_hours,\n        sum(h.records) AS records,\n        sum(h.skipped) AS skipped,\n        min(CASE WHEN h.skipped > 0 THEN h.first_start END) AS first_skip,\n        max(CASE WHEN h.skipped > 0 THEN h.last_end END) AS last_skip,\n        count(h.owner) AS owners\n    FROM expected AS e\n    LEFT JOIN hourly AS h ON h.period = e.period\n    GROUP BY e.period\n),\n\ninterface_hours AS (\n    SELECT\n        period,\n        interface_id,\n        max(end_time) AS end_time,\n        count(DISTINCT hour) AS seen_hours,\n        max(hour) AS last_hour\n    FROM hourly\n    WHERE interface_id IS NOT NULL\n    GROUP BY period, interface_id\n),\n\n-- The longest run of hours without a record, between records or up to the end.\ninterface_gaps AS (\n    SELECT\n        period,\n        interface_id,\n        hour,\n        coalesce(lead(hour) OVER (PARTITION BY period, interface_id ORDER BY hour), end_time) - hour - 3600 AS gap\n    FROM (SELECT DISTINCT period, interface_id, hour, end_time FROM hourly WHERE interface_id IS NOT NULL) AS h\n),\n\nsilent AS (\n    SELECT\n        t.period,\n        t.interface_id,\n        g.hour + 3600 AS silent_from,\n        g.hour + 3600 + g.gap AS silent_to,\n        g.gap / 3600 AS hours,\n        row_number() OVER (PARTITION BY t.period, t.interface_id ORDER BY g.gap DESC, g.hour) AS place\n    FROM interface_hours AS t\n    INNER JOIN interface_hours AS y ON y.interface_id = t.interface_id AND y.period = t.period - 1\n    INNER JOIN interface_gaps AS g ON g.period = t.period AND g.interface_id = t.interface_id\n    INNER JOIN per_period AS p ON p.period = t.period\n    WHERE g.gap >= :min_hours * 3600 AND y.seen_hours = 24 AND p.seen_hours = p.hours\n)\n\nSELECT\n    period,\n    sample,\n    interface_id,\n    CAST(observed AS decimal(38, 0)) AS observed,\n    CAST(expected AS decimal(38, 0)) AS expected,\n    CAST(first_seen AS bigint) AS first_seen,\n    CAST(last_seen AS bigint) AS last_seen\nFROM (\n    SELECT\n        period,\n        'skipdata' AS sample,\n        CAST(NULL AS varchar) AS interface_id,\n        skipped AS observed,\n        records AS expected,\n        first_skip AS first_seen,\n        last_skip AS last_seen\n    FROM per_period\n    WHERE skipped > 0\n    UNION ALL\n    SELECT period, 'missing-hours', CAST(NULL AS varchar), hours - seen_hours, hours, start_time, end_time\n    FROM per_period\n    WHERE seen_hours < hours\n    UNION ALL\n    SELECT period, 'silent-interface', interface_id, floor(hours), 24, silent_from, silent_to\n    FROM silent\n    WHERE place = 1\n    UNION ALL\n    SELECT t.period, 'tags-gone', CAST(NULL AS varchar), 0, y.owners, t.start_time, t.end_time\n    FROM per_period AS t\n    INNER JOIN per_period AS y ON y.period = t.period - 1\n    WHERE t.owners = 0 AND y.owners > 0 AND t.records > 0\n) AS gaps\n"
  },
  {
    "kind": "detections",
    "name": "egress_denied",
    "what": "Inside to internet, refused again and again, never let through before.",
    "grain": "one row per period, scope, client, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_records": {
        "type": "integer",
        "what": "refused records in a period",
        "default": 5
      }
    },
    "detection": {
      "title": "Refused on the way out",
      "severity": "medium",
      "mitre": "T1071",
      "key": "client protocol port",
      "why": "A host inside tries to reach the internet and may not. Either a rule is missing, or something on it calls home.",
      "next": "See what runs on the client and whether it should reach this service. If yes, allow it; if no, look at the host.",
      "evidence": {
        "observed": "records refused in the period",
        "spread": "servers that it tries",
        "sample": "one of the servers"
      }
    },
    "text": "WITH denied AS (\n    SELECT\n        *,\n        max(CASE WHEN accepted_records > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY client, server, protocol, service_port ORDER BY period) AS ever_accepted\n    FROM pair_periods\n    WHERE scope = 'egress' AND client IS NOT NULL\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    CASE WHEN count(DISTINCT server) = 1 THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT server) AS bigint) AS spread,\n    min(server) AS sample\nFROM denied\nWHERE ever_accepted = 0 AND rejected_records > 0 AND reject_reason IS NULL\nGROUP BY period, scope, client, protocol, service_port\nHAVING sum(rejected_records) >= :min_records\n"
  },
  {
    "kind": "detections",
    "name": "encryption_control",
    "what": "Refused with reject-reason EC.",
    "grain": "one row per period, scope, inside host, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "detection": {
      "title": "Refused by VPC encryption controls",
      "severity": "medium",
      "key": "scope client server protocol port",
      "why": "VPC encryption controls are enforced, and this traffic is not encrypted.",
      "next": "Encrypt the traffic, move the hosts to Nitro instances that do, or exclude the resource from enforcement.",
      "needs": "reject-reason",
      "evidence": {
        "observed": "records refused in the period",
        "spread": "counterparts",
        "sample": "one of the counterparts"
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN scope = 'egress' OR count(DISTINCT client) = 1 THEN max(client) END AS client,\n    CASE WHEN scope <> 'egress' OR count(DISTINCT server) = 1 THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT CASE WHEN scope = 'egress' THEN server ELSE client END) AS bigint) AS spread,\n    min(CASE WHEN scope = 'egress' THEN server ELSE client END) AS sample\nFROM pair_periods\nWHERE reject_reason = 'EC' AND rejected_records > 0\nGROUP BY period, scope, CASE WHEN scope = 'egress' THEN client ELSE server END, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "host_sweep",
    "what": "One client inside that is refused by many hosts on one port.",
    "grain": "one row per period, client, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_hosts": {
        "type": "integer",
        "what": "distinct hosts that refused in a period",
        "default": 15
      }
    },
    "detection": {
      "title": "Host sweep from inside",
      "severity": "high",
      "mitre": "T1018",
      "key": "client protocol port",
      "why": "Something on this host knocks at every door of one kind, as worms and intruders do.",
      "next": "Find out what runs on the client. If it is a monitor or a scanner of your own, let it through or mute it; if nobody knows, isolate the host.",
      "evidence": {
        "observed": "hosts that refused",
        "spread": "hosts that refused",
        "sample": "lowest address"
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    CAST(NULL AS varchar) AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(count(DISTINCT server) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT server) AS bigint) AS spread,\n    min(server) AS sample\nFROM pair_periods\nWHERE scope IN ('internal', 'egress') AND rejected_records > 0 AND client IS NOT NULL\nGROUP BY period, scope, client, protocol, service_port\nHAVING count(DISTINCT server) >= :min_hosts\n"
  },
  {
    "kind": "detections",
    "name": "internal_denied",
    "what": "Private client to private server, refused again and again, never let through before.",
    "grain": "one row per period, scope, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_records": {
        "type": "integer",
        "what": "refused records in a period",
        "default": 5
      }
    },
    "detection": {
      "title": "Refused inside, again and again",
      "severity": "medium",
      "key": "server protocol port",
      "why": "A host inside keeps asking another and is turned away - a deploy that points at the wrong place, or a rule that was never written.",
      "next": "Ask the owner of the client whether it should talk to this service. If yes, allow it at the end that refused; if no, stop it asking.",
      "evidence": {
        "observed": "records refused in the period",
        "spread": "clients that are refused",
        "sample": "one of the clients"
      }
    },
    "text": "WITH denied AS (\n    SELECT\n        *,\n        max(CASE WHEN accepted_records > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY client, server, protocol, service_port ORDER BY period) AS ever_accepted\n    FROM pair_periods\n    WHERE scope = 'internal' AND client IS NOT NULL\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN count(DISTINCT client) = 1 THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM denied\nWHERE ever_accepted = 0 AND rejected_records > 0 AND reject_reason IS NULL\nGROUP BY period, scope, server, protocol, service_port\nHAVING sum(rejected_records) >= :min_records\n"
  },
  {
    "kind": "detections",
    "name": "large_transfer",
    "what": "Pair that moved far more bytes than in its own history.",
    "grain": "one row per period, client, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_bytes": {
        "type": "integer",
        "what": "bytes in a period",
        "default": 50000000
      },
      "min_periods": {
        "type": "integer",
        "what": "earlier periods with traffic",
        "default": 3
      },
      "factor": {
        "type": "integer",
        "what": "times the median",
        "default": 10
      },
      "deviations": {
        "type": "integer",
        "what": "median absolute deviations above the median",
        "default": 8
      }
    },
    "detection": {
      "title": "Far more data than ever between these two",
      "severity": "medium",
      "mitre": "T1048",
      "key": "client server protocol port",
      "why": "A host moved many times its usual volume. A backup or a migration does that - so does somebody who takes data away.",
      "next": "Ask the owner of the client whether it was meant. If it went out to the internet and nobody knows, treat it as a leak.",
      "evidence": {
        "observed": "bytes in the period",
        "expected": "median of the earlier periods",
        "since": "first time the pair was seen let through, Unix seconds"
      }
    },
    "text": "WITH busy AS (\n    SELECT * FROM pair_periods WHERE accepted_bytes >= :min_bytes AND client IS NOT NULL\n),\n\nhistories AS (\n    SELECT\n        b.period,\n        b.client,\n        b.server,\n        b.protocol,\n        b.service_port,\n        e.accepted_bytes AS moved,\n        e.first_accept,\n        row_number() OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port ORDER BY e.accepted_bytes) AS place,\n        count(*) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS places\n    FROM busy AS b\n    INNER JOIN pair_periods AS e\n        ON e.client = b.client\n        AND e.server = b.server\n        AND e.protocol = b.protocol\n        AND coalesce(e.service_port, -1) = coalesce(b.service_port, -1)\n        AND e.period < b.period\n        AND e.accepted_records > 0\n),\n\n-- Median and MAD by position: exact, and the same on every engine.\nmedians AS (\n    SELECT\n        period,\n        client,\n        server,\n        protocol,\n        service_port,\n        max(places) AS places,\n        max(moved) AS median,\n        min(first_accept) AS first_accept\n    FROM histories\n    WHERE 2 * place <= places + 1\n    GROUP BY 1, 2, 3, 4, 5\n),\n\ndeviations AS (\n    SELECT\n        h.period,\n        h.client,\n        h.server,\n        h.protocol,\n        h.service_port,\n        abs(h.moved - m.median) AS deviation,\n        row_number() OVER (\n            PARTITION BY h.period, h.client, h.server, h.protocol, h.service_port\n            ORDER BY abs(h.moved - m.median)\n        ) AS place,\n        h.places,\n        m.median,\n        m.first_accept\n    FROM histories AS h\n    INNER JOIN medians AS m\n        ON m.period = h.period\n        AND m.client = h.client\n        AND m.server = h.server\n        AND m.protocol = h.protocol\n        AND coalesce(m.service_port, -1) = coalesce(h.service_port, -1)\n),\n\nexpectations AS (\n    SELECT\n        period,\n        client,\n        server,\n        protocol,\n        service_port,\n        max(places) AS places,\n        max(median) AS median,\n        max(deviation) AS mad,\n        min(first_accept) AS first_accept\n    FROM deviations\n    WHERE 2 * place <= places + 1\n    GROUP BY 1, 2, 3, 4, 5\n)\n\nSELECT\n    CAST(b.period AS bigint) AS period,\n    b.scope AS scope,\n    b.client AS client,\n    b.server AS server,\n    b.protocol AS protocol,\n    b.service_port AS service_port,\n    CAST(b.accepted_records AS decimal(38, 0)) AS records,\n    CAST(b.accepted_packets AS decimal(38, 0)) AS packets,\n    CAST(b.accepted_bytes AS decimal(38, 0)) AS bytes,\n    CAST(b.first_accept AS bigint) AS first_seen,\n    CAST(b.last_accept AS bigint) AS last_seen,\n    CAST(NULL AS varchar) AS refused_at,\n    b.client_interface_id AS client_interface_id,\n    b.server_interface_id AS server_interface_id,\n    CAST(b.accepted_bytes AS decimal(38, 0)) AS observed,\n    CAST(x.median AS decimal(38, 0)) AS expected,\n    CAST(x.first_accept AS bigint) AS since,\n    CAST(NULL AS bigint) AS spread,\n    CAST(NULL AS varchar) AS sample\nFROM busy AS b\nINNER JOIN expectations AS x\n    ON x.period = b.period\n    AND x.client = b.client\n    AND x.server = b.server\n    AND x.protocol = b.protocol\n    AND coalesce(x.service_port, -1) = coalesce(b.service_port, -1)\nWHERE x.places >= :min_periods\n    AND b.accepted_bytes >= :factor * x.median\n    AND b.accepted_bytes > x.median + :deviations * x.mad\n"
  },
  {
    "kind": "detections",
    "name": "newly_accepted",
    "what": "Source that was refused on earlier days and is let through now, on the same service.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_periods": {
        "type": "integer",
        "what": "earlier periods in which it was refused",
        "default": 2
      }
    },
    "detection": {
      "title": "Let through now, refused before",
      "severity": "high",
      "mitre": "T1190",
      "key": "server protocol port",
      "why": "A door that was shut is open. If nobody meant to open it, this is the day to shut it again.",
      "next": "Check who changed the rule at the server, and whether this source should be let in.",
      "evidence": {
        "observed": "records let through in the period",
        "expected": "earlier periods in which it was refused",
        "since": "last time it was refused, Unix seconds",
        "spread": "sources that are let through now",
        "sample": "one of the sources"
      }
    },
    "text": "WITH let_in AS (\n    SELECT\n        *,\n        count(CASE WHEN rejected_records > 0 AND accepted_records = 0 THEN 1 END) OVER earlier AS refused_periods,\n        max(CASE WHEN accepted_records = 0 THEN last_reject END) OVER earlier AS refused_before,\n        min(CASE WHEN rejected_records > 0 AND accepted_records = 0 THEN period END) OVER earlier AS first_refused,\n        min(CASE WHEN accepted_records > 0 THEN period END) OVER earlier AS first_let_in\n    FROM pair_periods\n    WHERE client IS NOT NULL\n    WINDOW earlier AS (\n        PARTITION BY client, server, protocol, service_port\n        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING\n    )\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN count(DISTINCT client) = 1 THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS records,\n    CAST(sum(accepted_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(accepted_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_accept) AS bigint) AS first_seen,\n    CAST(max(last_accept) AS bigint) AS last_seen,\n    CAST(NULL AS varchar) AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS observed,\n    CAST(max(refused_periods) AS decimal(38, 0)) AS expected,\n    CAST(max(refused_before) AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM let_in\nWHERE accepted_records > 0\n    AND refused_periods >= :min_periods\n    AND (first_let_in IS NULL OR first_let_in > first_refused)\n    AND scope <> 'transit'\nGROUP BY period, scope, server, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "newly_rejected",
    "what": "Client to service that was let through on earlier days and is refused now.",
    "grain": "one row per period, server, protocol, service port; egress - per period, client, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_records": {
        "type": "integer",
        "what": "refused records in a period, below which it is taken for chance",
        "default": 3
      }
    },
    "detection": {
      "title": "Refused now, let through before",
      "severity": "high",
      "key": "server protocol port",
      "why": "Something that worked has been switched off - a security group, a network ACL or a route changed, or a host moved. Whoever depends on it is down.",
      "next": "Find the change to the rule at the end that refused, made shortly before the first reject. Undo it, or tell the owner of the client.",
      "evidence": {
        "observed": "records refused in the period",
        "since": "last time it was let through, Unix seconds",
        "spread": "clients (egress - servers) that are refused",
        "sample": "one of the clients (egress - servers)"
      }
    },
    "text": "WITH refused AS (\n    SELECT\n        *,\n        -- The last earlier period in which the pair was let through and not refused.\n        max(CASE WHEN accepted_records > 0 AND rejected_records < :min_records THEN period END) OVER earlier AS good_period,\n        max(last_accept) OVER earlier AS accepted_before\n    FROM pair_periods\n    WHERE client IS NOT NULL\n    WINDOW earlier AS (\n        PARTITION BY client, server, protocol, service_port\n        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING\n    )\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN count(DISTINCT client) = 1 THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(max(accepted_before) AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM refused\nWHERE rejected_records >= :min_records AND good_period IS NOT NULL AND scope <> 'transit' AND scope <> 'egress'\nGROUP BY period, scope, server, protocol, service_port\nUNION ALL\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    CASE WHEN count(DISTINCT server) = 1 THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(max(accepted_before) AS bigint) AS since,\n    CAST(count(DISTINCT server) AS bigint) AS spread,\n    min(server) AS sample\nFROM refused\nWHERE rejected_records >= :min_records AND good_period IS NOT NULL AND scope <> 'transit' AND scope = 'egress'\nGROUP BY period, scope, client, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "port_scan",
    "what": "One client inside that is refused on many ports of one server.",
    "grain": "one row per period, client, server",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_ports": {
        "type": "integer",
        "what": "distinct ports refused in a period",
        "default": 25
      }
    },
    "detection": {
      "title": "Port scan from inside",
      "severity": "high",
      "mitre": "T1046",
      "key": "client server",
      "why": "Software asks for the ports it needs. Something on this host is looking for what is open.",
      "next": "Find out what runs on the client - a scanner of your own, or an intruder. If nobody knows, isolate the host.",
      "evidence": {
        "observed": "ports refused",
        "spread": "ports refused",
        "sample": "lowest port"
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    server,\n    max(protocol) AS protocol,\n    CAST(NULL AS integer) AS service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(count(DISTINCT service_port) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT service_port) AS bigint) AS spread,\n    CAST(min(service_port) AS varchar) AS sample\nFROM pair_periods\nWHERE scope IN ('internal', 'egress') AND rejected_records > 0 AND client IS NOT NULL\nGROUP BY period, scope, client, server\nHAVING count(DISTINCT service_port) >= :min_ports\n"
  },
  {
    "kind": "detections",
    "name": "reject_spike",
    "what": "Rejects of a service far above its own history.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_records": {
        "type": "integer",
        "what": "refused records in a period",
        "default": 50
      },
      "min_periods": {
        "type": "integer",
        "what": "earlier periods with rejects",
        "default": 4
      },
      "factor": {
        "type": "integer",
        "what": "times the median",
        "default": 5
      },
      "deviations": {
        "type": "integer",
        "what": "median absolute deviations above the median",
        "default": 6
      }
    },
    "detection": {
      "title": "Far more refused than ever",
      "severity": "medium",
      "key": "server protocol port",
      "why": "This service is always refused a little. Today something asks far more often - a retry storm, or somebody at the door.",
      "next": "See who asks (`turnaway trace`). One client - look at it. Many from the internet - consider a narrower rule or a shield in front.",
      "evidence": {
        "observed": "records refused in the period",
        "expected": "median of the earlier periods",
        "spread": "clients refused",
        "sample": "busiest client by address order"
      }
    },
    "text": "WITH services AS (\n    SELECT\n        period,\n        scope,\n        server,\n        protocol,\n        service_port,\n        sum(rejected_records) AS records,\n        sum(rejected_packets) AS packets,\n        sum(rejected_bytes) AS bytes,\n        min(first_reject) AS first_reject,\n        max(last_reject) AS last_reject,\n        max(refused_at) AS refused_at,\n        max(server_interface_id) AS server_interface_id,\n        count(DISTINCT client) AS clients,\n        min(client) AS sample\n    FROM pair_periods\n    WHERE rejected_records > 0 AND scope <> 'transit'\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nhistories AS (\n    SELECT\n        s.period,\n        s.scope,\n        s.server,\n        s.protocol,\n        s.service_port,\n        e.records,\n        row_number() OVER (PARTITION BY s.period, s.scope, s.server, s.protocol, s.service_port ORDER BY e.records) AS place,\n        count(*) OVER (PARTITION BY s.period, s.scope, s.server, s.protocol, s.service_port) AS places\n    FROM services AS s\n    INNER JOIN services AS e\n        ON e.server = s.server\n        AND e.scope = s.scope\n        AND e.protocol = s.protocol\n        AND coalesce(e.service_port, -1) = coalesce(s.service_port, -1)\n        AND e.period < s.period\n    WHERE s.records >= :min_records\n),\n\n-- Median and MAD by position: exact, and the same on every engine.\nmedians AS (\n    SELECT period, scope, server, protocol, service_port, max(places) AS places, max(records) AS median\n    FROM histories\n    WHERE 2 * place <= places + 1\n    GROUP BY 1, 2, 3, 4, 5\n),\n\ndeviations AS (\n    SELECT\n        h.period,\n        h.scope,\n        h.server,\n        h.protocol,\n        h.service_port,\n        abs(h.records - m.median) AS deviation,\n        row_number() OVER (\n            PARTITION BY h.period, h.scope, h.server, h.protocol, h.service_port\n            ORDER BY abs(h.records - m.median)\n        ) AS place,\n        h.places,\n        m.median\n    FROM histories AS h\n    INNER JOIN medians AS m\n        ON m.period = h.period\n        AND m.scope = h.scope\n        AND m.server = h.server\n        AND m.protocol = h.protocol\n        AND coalesce(m.service_port, -1) = coalesce(h.service_port, -1)\n),\n\nexpectations AS (\n    SELECT period, scope, server, protocol, service_port, max(places) AS places, max(median) AS median, max(deviation) AS mad\n    FROM deviations\n    WHERE 2 * place <= places + 1\n    GROUP BY 1, 2, 3, 4, 5\n)\n\nSELECT\n    CAST(s.period AS bigint) AS period,\n    s.scope AS scope,\n    CASE WHEN s.clients = 1 THEN s.sample END AS client,\n    s.server AS server,\n    s.protocol AS protocol,\n    s.service_port AS service_port,\n    CAST(s.records AS decimal(38, 0)) AS records,\n    CAST(s.packets AS decimal(38, 0)) AS packets,\n    CAST(s.bytes AS decimal(38, 0)) AS bytes,\n    CAST(s.first_reject AS bigint) AS first_seen,\n    CAST(s.last_reject AS bigint) AS last_seen,\n    s.refused_at AS refused_at,\n    CAST(NULL AS varchar) AS client_interface_id,\n    s.server_interface_id AS server_interface_id,\n    CAST(s.records AS decimal(38, 0)) AS observed,\n    CAST(x.median AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(s.clients AS bigint) AS spread,\n    s.sample AS sample\nFROM services AS s\nINNER JOIN expectations AS x\n    ON x.period = s.period\n    AND x.scope = s.scope\n    AND x.server = s.server\n    AND x.protocol = s.protocol\n    AND coalesce(x.service_port, -1) = coalesce(s.service_port, -1)\nWHERE x.places >= :min_periods\n    AND s.records >= :factor * x.median\n    AND s.records > x.median + :deviations * x.mad\n"
  },
  {
    "kind": "detections",
    "name": "reply_rejected",
    "what": "The way there is let through, the way back is refused.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "parameters": {
      "min_records": {
        "type": "integer",
        "what": "refused replies in a period",
        "default": 3
      }
    },
    "detection": {
      "title": "Asked, answered, and the answer refused",
      "severity": "high",
      "key": "server protocol port",
      "why": "Only a network ACL refuses a reply, since it keeps no state. The connection can't work.",
      "next": "Open the ephemeral ports (1024 to 65535) in the network ACL of the subnet that refused - inbound at the client's, outbound at the server's.",
      "evidence": {
        "observed": "replies refused in the period",
        "expected": "records let through on the way there and back",
        "spread": "clients concerned",
        "sample": "one of the clients"
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN count(DISTINCT client) = 1 THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(reply_rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(reply_rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(reply_rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    CASE WHEN count(DISTINCT refused_at) > 1 OR max(refused_at) = 'both' THEN 'both' ELSE max(refused_at) END AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(reply_rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM pair_periods\nWHERE reply_rejected_records > 0 AND scope <> 'transit' AND client IS NOT NULL\nGROUP BY period, scope, server, protocol, service_port\nHAVING sum(reply_rejected_records) >= :min_records\n"
  },
  {
    "kind": "detections",
    "name": "unusual_protocol",
    "what": "Protocol other than TCP, UDP and ICMP between a pair that never used it.",
    "grain": "one row per period, client, server, protocol",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "shares one read of the rollup's history days with the other detections",
    "detection": {
      "title": "A protocol these two never spoke",
      "severity": "medium",
      "mitre": "T1095",
      "key": "client server protocol",
      "why": "Tunnels (GRE, IPsec, SCTP) are set up by people, seldom. A new one that nobody knows may carry data past your rules.",
      "next": "Ask the owners of both ends. If nobody set it up, block the protocol and look at the hosts.",
      "evidence": {
        "observed": "records in the period, refused or not"
      }
    },
    "text": "WITH seen AS (\n    SELECT\n        *,\n        min(period) OVER (PARTITION BY client, server, protocol) AS first_period,\n        (SELECT min(period) FROM pair_periods) AS oldest_period\n    FROM pair_periods\n    WHERE protocol NOT IN (1, 6, 17, 58) AND client IS NOT NULL\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    server,\n    protocol,\n    CAST(NULL AS integer) AS service_port,\n    CAST(sum(accepted_records + rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(accepted_packets + rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(accepted_bytes + rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(coalesce(first_accept, first_reject)) AS bigint) AS first_seen,\n    CAST(max(coalesce(last_accept, last_reject)) AS bigint) AS last_seen,\n    max(refused_at) AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(accepted_records + rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(NULL AS bigint) AS spread,\n    CAST(NULL AS varchar) AS sample\nFROM seen\nWHERE first_period > oldest_period AND scope <> 'transit' AND accepted_records + rejected_records > 0\nGROUP BY period, scope, client, server, protocol\n"
  },
  {
    "kind": "reports",
    "name": "coverage",
    "what": "Records as logged in each period, by status and action - what proves a quiet day.",
    "grain": "one row per period, log status, action",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the coverage rollup's history days",
    "columns": {
      "hours": "hours that have at least one record"
    },
    "text": "SELECT\n    p.period,\n    c.log_status,\n    c.action,\n    sum(c.records) AS records,\n    sum(c.packets) AS packets,\n    sum(c.bytes) AS bytes,\n    min(c.first_start) AS first_start,\n    max(c.last_end) AS last_end\nFROM coverage_rollup AS c\nINNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time\nWHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'\nGROUP BY p.period, c.log_status, c.action\n"
  },
  {
    "kind": "reports",
    "name": "hours",
    "what": "Which hours have records at all, and how many interfaces logged.",
    "grain": "one row per period",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the coverage rollup's history days",
    "text": "SELECT\n    p.period,\n    count(DISTINCT c.hour) AS hours,\n    count(DISTINCT c.interface_id) AS interfaces,\n    min(c.hour) AS first_hour,\n    max(c.hour) AS last_hour\nFROM coverage_rollup AS c\nINNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time\nWHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'\nGROUP BY p.period\n"
  },
  {
    "kind": "reports",
    "name": "interfaces",
    "what": "Whose an interface is, and where it lives, as last logged.",
    "grain": "one row per interface",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the coverage rollup's history days",
    "text": "SELECT\n    interface_id,\n    max(account_id) AS account_id,\n    max(region) AS region,\n    max(vpc_id) AS vpc_id,\n    max(subnet_id) AS subnet_id,\n    max(instance_id) AS instance_id,\n    max(owner) AS owner\nFROM coverage_rollup\nWHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND interface_id IS NOT NULL\nGROUP BY interface_id\n"
  },
  {
    "kind": "reports",
    "name": "noise",
    "what": "What the internet asked for and was refused in the report's period, by source and by port.",
    "grain": "one row per kind (total, source, port), the busiest first",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of one day of the rollup",
    "columns": {
      "kind": "total, source or port",
      "name": "address, or port/protocol",
      "sources": "distinct sources, of the total"
    },
    "text": "WITH refused AS (\n    SELECT r.client, r.protocol, r.service_port, sum(r.rejected_records) AS records\n    FROM traffic_rollup AS r\n    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\n    WHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}'\n        AND p.period = {{last_period}}\n        AND r.scope = 'ingress'\n        AND r.rejected_records > 0\n    GROUP BY 1, 2, 3\n),\n\nranked AS (\n    SELECT\n        'source' AS kind,\n        client AS name,\n        sum(records) AS records,\n        CAST(NULL AS bigint) AS sources,\n        row_number() OVER (ORDER BY sum(records) DESC, client) AS place\n    FROM refused\n    GROUP BY client\n    UNION ALL\n    SELECT\n        'port',\n        CAST(service_port AS varchar) || '/' || CAST(protocol AS varchar),\n        sum(records),\n        count(DISTINCT client),\n        row_number() OVER (ORDER BY sum(records) DESC, service_port, protocol)\n    FROM refused\n    WHERE service_port IS NOT NULL\n    GROUP BY service_port, protocol\n    UNION ALL\n    SELECT 'total', CAST(NULL AS varchar), sum(records), count(DISTINCT client), 1\n    FROM refused\n)\n\nSELECT kind, name, records, sources, place\nFROM ranked\nWHERE place <= 10\n"
  },
  {
    "kind": "reports",
    "name": "periods",
    "what": "Traffic of each period, conversations counted once - totals and trend of the report.",
    "grain": "one row per period and scope",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the rollup's history days",
    "columns": {
      "period": "number of the period, 0 is the oldest",
      "scope": "internal, egress, ingress or transit",
      "rejected_records": "refused, on the way there, on the way back or late",
      "late_records": "of these, after a connection closed"
    },
    "text": "SELECT\n    p.period,\n    r.scope,\n    sum(r.accepted_records) AS accepted_records,\n    sum(r.accepted_packets) AS accepted_packets,\n    sum(r.accepted_bytes) AS accepted_bytes,\n    sum(r.rejected_records + r.reply_rejected_records + r.late_records) AS rejected_records,\n    sum(r.rejected_packets + r.reply_rejected_packets + r.late_packets) AS rejected_packets,\n    sum(r.rejected_bytes + r.reply_rejected_bytes + r.late_bytes) AS rejected_bytes,\n    sum(r.late_records) AS late_records,\n    sum(CASE WHEN r.late_records > 0 THEN 1 ELSE 0 END) AS late_pairs\nFROM traffic_rollup AS r\nINNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\nWHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}'\nGROUP BY p.period, r.scope\n"
  }
];
