// Made by `pnpm generate` from the .sql files of this package. Do not edit.
import type { SqlFile } from "./sql-file.ts";

export const SQL_FILES: readonly SqlFile[] = [
  {
    "kind": "parts",
    "name": "direction",
    "what": "Who is client, who is server, what is the service port, is the record a reply, and where was it seen. The one place that decides it; see docs/adr/0003-direct-flows-in-sql.md.",
    "input": "records or tuples with day, interface_id, interface_type, srcaddr, dstaddr, src, dst, srcport, dstport, protocol, action, handshake, flow_direction, records, first_start, log_status",
    "gives": "CTE `directed`, every input column and client, server, service_port, is_reply, decided_by, seen_at, is_leg",
    "text": "traffic AS (\n    SELECT\n        t.*,\n        -- A format may lack the ports: then the pair is one conversation.\n        coalesce(protocol IN (6, 17, 33, 132, 136), FALSE) AND (srcport IS NOT NULL OR dstport IS NOT NULL) AS has_ports,\n        strpos(srcaddr, ':') > 0 AS is_ipv6,\n        action = 'REJECT' AND protocol IN (6, 17, 33, 132, 136) AND {{serves:srcport:dstport}} AS reply_shaped,\n        src < dst OR (src = dst AND coalesce(srcport, 0) <= coalesce(dstport, 0)) AS low_sent\n    FROM {{input}} AS t\n    WHERE action IN ('ACCEPT', 'REJECT')\n        AND (log_status = 'OK' OR log_status IS NULL)\n        AND src IS NOT NULL\n        AND dst IS NOT NULL\n),\n\n-- Which ends are inside: asked once for each address, since it is the dear question.\nlocality AS (\n    SELECT address, {{local:address}} AS is_local\n    FROM (\n        SELECT src AS address FROM traffic\n        UNION\n        SELECT dst AS address FROM traffic\n        UNION\n        SELECT srcaddr AS address FROM traffic WHERE srcaddr <> src\n        UNION\n        SELECT dstaddr AS address FROM traffic WHERE dstaddr <> dst\n    ) AS a\n),\n\n-- Where the format has no flow-direction, an interface's own address is the one\n-- that stands in every record of that interface, of each family on its own.\ninterface_ends AS (\n    SELECT\n        t.day,\n        t.interface_id,\n        t.is_ipv6,\n        CASE WHEN e.is_source THEN t.srcaddr ELSE t.dstaddr END AS address,\n        sum(t.records) AS records,\n        sum(CASE WHEN e.is_source THEN t.records ELSE 0 END) AS sent_records\n    FROM traffic AS t\n    CROSS JOIN (VALUES (TRUE), (FALSE)) AS e (is_source)\n    WHERE t.flow_direction IS NULL AND (e.is_source OR t.dstaddr <> t.srcaddr)\n    GROUP BY 1, 2, 3, 4\n),\n\nown_candidates AS (\n    SELECT\n        e.day,\n        e.interface_id,\n        e.is_ipv6,\n        e.address,\n        count(*) OVER (PARTITION BY e.day, e.interface_id, e.is_ipv6) AS candidates,\n        CASE WHEN l.is_local THEN 1 ELSE 0 END AS is_local\n    FROM (\n        -- Every record has one sender, so what they all sent is every record.\n        SELECT *, sum(sent_records) OVER (PARTITION BY day, interface_id, is_ipv6) AS all_records\n        FROM interface_ends\n    ) AS e\n    INNER JOIN locality AS l ON l.address = e.address\n    WHERE e.records = e.all_records\n),\n\n-- An interface that talked to one peer alone leaves two candidates. The one that\n-- is certainly another interface's own is out; else the local one is in.\nranked_candidates AS (\n    SELECT\n        c.day,\n        c.interface_id,\n        c.is_ipv6,\n        c.address,\n        rank() OVER (\n            PARTITION BY c.day, c.interface_id, c.is_ipv6\n            ORDER BY CASE WHEN c.candidates > 1 AND c.sure_owner <> c.interface_id THEN 0 ELSE 1 END DESC, c.is_local DESC\n        ) AS place\n    FROM (\n        SELECT *, min(CASE WHEN candidates = 1 THEN interface_id END) OVER (PARTITION BY day, address) AS sure_owner\n        FROM own_candidates\n    ) AS c\n),\n\nown_addresses AS (\n    SELECT day, interface_id, is_ipv6, min(address) AS address\n    FROM ranked_candidates\n    WHERE place = 1\n    GROUP BY 1, 2, 3\n    HAVING count(*) = 1\n),\n\nseen AS (\n    SELECT\n        t.*,\n        CASE\n            WHEN flow_direction = 'egress' THEN 'src'\n            WHEN flow_direction = 'ingress' THEN 'dst'\n            WHEN srcaddr = dstaddr THEN NULL\n            WHEN o.address = srcaddr THEN 'src'\n            WHEN o.address = dstaddr THEN 'dst'\n        END AS own_side,\n        -- The packet's own address, where it is not the interface's on the interface's side.\n        {{logged:CASE\n            WHEN src <> srcaddr AND (flow_direction = 'egress' OR (flow_direction IS NULL AND o.address = srcaddr)) THEN src\n            WHEN dst <> dstaddr AND (flow_direction = 'ingress' OR (flow_direction IS NULL AND o.address = dstaddr)) THEN dst\n        END:pkt_srcaddr:pkt_dstaddr}} AS translated\n    FROM traffic AS t\n    LEFT JOIN own_addresses AS o\n        ON o.day = t.day AND o.interface_id = t.interface_id AND o.is_ipv6 = t.is_ipv6\n),\n\n-- A record is a transit observation when the packet's own address differs from the\n-- interface's on the interface's side, unless an instance holds both (a pod, a\n-- second address).\nplaced AS (\n    SELECT\n        s.*,\n        CASE\n            WHEN own_side IS NULL THEN TRUE\n            WHEN translated IS NOT NULL THEN instance_id IS NULL OR NOT l.is_local\n            ELSE FALSE\n        END AS in_transit,\n        translated IS NOT NULL AND (instance_id IS NULL OR NOT l.is_local) AS translates\n    FROM seen AS s\n    LEFT JOIN locality AS l ON l.address = s.translated\n),\n\nrelays AS (\n    SELECT DISTINCT day, interface_id\n    FROM placed\n    WHERE {{logged:interface_type}} IN ('nat_gateway', 'regional_nat_gateway') OR translates\n),\n\n-- Whom an interface that translates asks in the name of others. An instance that\n-- translates also asks and serves on its own account: inside, that is what it does.\nrelayed AS (\n    SELECT DISTINCT t.day, t.interface_id, CASE WHEN t.own_side = 'src' THEN t.dst ELSE t.src END AS peer\n    FROM placed AS t\n    INNER JOIN relays AS r ON r.day = t.day AND r.interface_id = t.interface_id\n    INNER JOIN locality AS l ON l.address = CASE WHEN t.own_side = 'src' THEN t.dst ELSE t.src END\n    WHERE NOT t.in_transit AND (t.instance_id IS NULL OR NOT l.is_local)\n),\n\n-- Both directions of one connection, where both ports are known.\nconnections AS (\n    SELECT\n        day,\n        protocol,\n        CASE WHEN low_sent THEN src ELSE dst END AS low_address,\n        CASE WHEN low_sent THEN srcport ELSE dstport END AS low_port,\n        CASE WHEN low_sent THEN dst ELSE src END AS high_address,\n        CASE WHEN low_sent THEN dstport ELSE srcport END AS high_port,\n        max(CASE WHEN low_sent THEN 1 ELSE 0 END) AS low_spoke,\n        max(CASE WHEN low_sent THEN 0 ELSE 1 END) AS high_spoke,\n        max(CASE WHEN (low_sent AND handshake = 'syn') OR (NOT low_sent AND handshake = 'syn-ack') THEN 1 ELSE 0 END) AS low_began,\n        max(CASE WHEN (NOT low_sent AND handshake = 'syn') OR (low_sent AND handshake = 'syn-ack') THEN 1 ELSE 0 END) AS high_began,\n        max(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END) AS accepted\n    FROM traffic\n    WHERE has_ports AND srcport IS NOT NULL AND dstport IS NOT NULL\n    GROUP BY 1, 2, 3, 4, 5, 6\n),\n\n-- Fan-in: how many counterparts spoke with this port, and were answered.\nport_counterparts AS (\n    SELECT\n        c.day,\n        c.protocol,\n        CASE WHEN e.is_low THEN c.low_address ELSE c.high_address END AS address,\n        CASE WHEN e.is_low THEN c.low_port ELSE c.high_port END AS port,\n        count(*) AS counterparts\n    FROM connections AS c\n    CROSS JOIN (VALUES (TRUE), (FALSE)) AS e (is_low)\n    WHERE c.low_spoke = 1 AND c.high_spoke = 1\n    GROUP BY 1, 2, 3, 4\n),\n\ndecisions AS (\n    SELECT\n        c.*,\n        CASE\n            WHEN low_began > high_began THEN 'tcp-flags'\n            WHEN high_began > low_began THEN 'tcp-flags'\n            WHEN low_spoke + high_spoke = 1 AND accepted = 0 THEN 'one-sided'\n            -- From 123 to 123: who asks four servers has more counterparts than they.\n            WHEN low_port = high_port AND low_spoke + high_spoke = 2 AND low_local.is_local <> high_local.is_local\n                THEN 'address'\n            WHEN coalesce(l.counterparts, 0) <> coalesce(h.counterparts, 0) THEN 'fan-in'\n            WHEN {{port_rank:low_port}} <> {{port_rank:high_port}} THEN 'known-port'\n            WHEN low_spoke + high_spoke = 1 THEN 'one-sided'\n            WHEN low_port <> high_port THEN 'lower-port'\n            ELSE 'address'\n        END AS decided_by,\n        CASE\n            WHEN low_began > high_began THEN TRUE\n            WHEN high_began > low_began THEN FALSE\n            WHEN low_spoke + high_spoke = 1 AND accepted = 0 THEN low_spoke = 1\n            WHEN low_port = high_port AND low_spoke + high_spoke = 2 AND low_local.is_local <> high_local.is_local\n                THEN low_local.is_local\n            WHEN coalesce(l.counterparts, 0) <> coalesce(h.counterparts, 0)\n                THEN coalesce(h.counterparts, 0) > coalesce(l.counterparts, 0)\n            WHEN {{port_rank:low_port}} <> {{port_rank:high_port}}\n                THEN {{port_rank:high_port}} < {{port_rank:low_port}}\n            WHEN low_spoke + high_spoke = 1 THEN low_spoke = 1\n            WHEN low_port <> high_port THEN high_port < low_port\n            ELSE low_local.is_local OR NOT high_local.is_local\n        END AS low_is_client\n    FROM connections AS c\n    INNER JOIN locality AS low_local ON low_local.address = c.low_address\n    INNER JOIN locality AS high_local ON high_local.address = c.high_address\n    LEFT JOIN port_counterparts AS l\n        ON l.day = c.day AND l.protocol = c.protocol AND l.address = c.low_address AND l.port = c.low_port\n    LEFT JOIN port_counterparts AS h\n        ON h.day = c.day AND h.protocol = c.protocol AND h.address = c.high_address AND h.port = c.high_port\n),\n\n-- A refused record shaped like a reply is one only if somebody was let in to ask.\naccepted_services AS (\n    SELECT DISTINCT day, protocol, src AS client, dst AS server, dstport AS service_port\n    FROM traffic\n    WHERE has_ports AND action = 'ACCEPT' AND srcport IS NULL\n),\n\n-- A flow log of REJECT only never shows who was let in to ask.\naccepting_days AS (\n    SELECT DISTINCT day FROM traffic WHERE action = 'ACCEPT'\n),\n\n-- No ports: the pair is one conversation, begun by who spoke first.\nportless_pairs AS (\n    SELECT\n        day,\n        protocol,\n        CASE WHEN low_sent THEN src ELSE dst END AS low_address,\n        CASE WHEN low_sent THEN dst ELSE src END AS high_address,\n        min(CASE WHEN low_sent THEN first_start END) AS low_first,\n        min(CASE WHEN NOT low_sent THEN first_start END) AS high_first,\n        max(CASE WHEN low_sent AND action = 'REJECT' THEN 1 ELSE 0 END) AS low_rejected,\n        max(CASE WHEN NOT low_sent AND action = 'REJECT' THEN 1 ELSE 0 END) AS high_rejected\n    FROM traffic\n    WHERE NOT has_ports\n    GROUP BY 1, 2, 3, 4\n),\n\njudged AS (\n    SELECT\n        t.*,\n        CASE\n            WHEN NOT has_ports THEN low_sent = CASE\n                WHEN p.high_first IS NULL THEN TRUE\n                WHEN p.low_first IS NULL THEN FALSE\n                -- Both ends of a tunnel talk all the time: it must not turn round every midnight.\n                WHEN t.protocol NOT IN (1, 6, 17, 33, 58, 132, 136) THEN TRUE\n                WHEN p.low_first <> p.high_first THEN p.low_first < p.high_first\n                ELSE p.low_rejected <= p.high_rejected\n            END\n            WHEN handshake = 'syn' THEN TRUE\n            WHEN handshake = 'syn-ack' THEN FALSE\n            WHEN srcport IS NULL THEN TRUE\n            WHEN dstport IS NULL THEN FALSE\n            WHEN reply_shaped AND (a.client IS NOT NULL OR g.day IS NULL) THEN FALSE\n            ELSE low_sent = c.low_is_client\n        END AS from_client,\n        CASE\n            WHEN NOT has_ports THEN 'pair'\n            WHEN handshake IN ('syn', 'syn-ack') THEN 'tcp-flags'\n            WHEN srcport IS NULL OR dstport IS NULL THEN 'known-port'\n            WHEN reply_shaped AND a.client IS NOT NULL THEN 'paired'\n            WHEN reply_shaped AND g.day IS NULL THEN 'known-port'\n            ELSE c.decided_by\n        END AS decided_by,\n        r.interface_id IS NOT NULL AND NOT in_transit AND action = 'ACCEPT' AS may_be_leg\n    FROM placed AS t\n    LEFT JOIN decisions AS c\n        ON c.day = t.day\n        AND c.protocol = t.protocol\n        AND c.low_address = CASE WHEN low_sent THEN t.src ELSE t.dst END\n        AND c.low_port = CASE WHEN low_sent THEN t.srcport ELSE t.dstport END\n        AND c.high_address = CASE WHEN low_sent THEN t.dst ELSE t.src END\n        AND c.high_port = CASE WHEN low_sent THEN t.dstport ELSE t.srcport END\n    LEFT JOIN accepted_services AS a\n        ON a.day = t.day\n        AND a.protocol = t.protocol\n        AND a.client = CASE WHEN reply_shaped THEN t.dst END\n        AND a.server = t.src\n        AND a.service_port = t.srcport\n    LEFT JOIN portless_pairs AS p\n        ON p.day = t.day\n        AND coalesce(p.protocol, -1) = coalesce(t.protocol, -1)\n        AND p.low_address = CASE WHEN has_ports THEN NULL WHEN low_sent THEN t.src ELSE t.dst END\n        AND p.high_address = CASE WHEN low_sent THEN t.dst ELSE t.src END\n    LEFT JOIN accepting_days AS g ON g.day = t.day\n    LEFT JOIN relayed AS r\n        ON r.day = t.day\n        AND r.interface_id = t.interface_id\n        AND r.peer = CASE WHEN own_side = 'src' THEN t.dst ELSE t.src END\n),\n\ndirected AS (\n    SELECT\n        j.*,\n        CASE WHEN from_client THEN src ELSE dst END AS client,\n        CASE WHEN from_client THEN dst ELSE src END AS server,\n        CASE WHEN NOT has_ports THEN NULL WHEN from_client THEN dstport ELSE srcport END AS service_port,\n        NOT from_client AS is_reply,\n        CASE\n            WHEN in_transit THEN 'transit'\n            WHEN (own_side = 'src') = from_client THEN 'client'\n            ELSE 'server'\n        END AS seen_at,\n        -- The second leg of what an interface translates carries the same bytes under\n        -- its own address, and must not be counted a second time.\n        may_be_leg AND (own_side = 'src') = from_client AS is_leg\n    FROM judged AS j\n)\n"
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
    "name": "kept_tuples",
    "what": "Records of the same tuple, interface and hour added up, with what can't be derived from other columns and nothing else.",
    "input": "flow_records; the fragment records_of_day",
    "gives": "a statement; the columns of flow_tuples without those of `tuple_ends`",
    "text": "-- A port is dropped only where a system or known port faces a dynamic one. Any\n-- other pair keeps both, and so does a refused record that is shaped like a\n-- reply: whether it is one depends on the forward direction, which is not here.\nSELECT\n    hour,\n    log_status,\n    action,\n    interface_id,\n    srcaddr,\n    dstaddr,\n    -- NULL where it is the interface's: two addresses to group by, not four.\n    {{logged:nullif(src, srcaddr):pkt_srcaddr}} AS other_src,\n    {{logged:nullif(dst, dstaddr):pkt_dstaddr}} AS other_dst,\n    {{include:kept_ports}},\n    protocol,\n    {{logged:handshake}} AS handshake,\n    {{logged:flow_direction}} AS flow_direction,\n    {{logged:reject_reason}} AS reject_reason,\n    count(*) AS records,\n    coalesce(sum(CAST(packets AS decimal(38, 0))), 0) AS packets,\n    coalesce(sum(CAST(bytes AS decimal(38, 0))), 0) AS bytes,\n    min(start_time) AS first_start,\n    max(start_time) AS last_start,\n    max(end_time) AS last_end,\n    {{any:account_id}} AS account_id,\n    {{any:region}} AS region,\n    {{any:az_id}} AS az_id,\n    {{any:vpc_id}} AS vpc_id,\n    {{any:subnet_id}} AS subnet_id,\n    {{any:instance_id}} AS instance_id,\n    {{any:interface_type}} AS interface_type,\n    {{any:owner}} AS owner,\n    {{any:src_aws_service}} AS src_aws_service,\n    {{any:dst_aws_service}} AS dst_aws_service,\n    {{any:traffic_path}} AS traffic_path,\n    {{any:next_hop_interface_id}} AS next_hop_interface_id,\n    {{any:next_hop_interface_type}} AS next_hop_interface_type,\n    {{any:next_hop_vpc_id}} AS next_hop_vpc_id\nFROM flow_records\nWHERE {{records_of_day}}\nGROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14\n"
  },
  {
    "kind": "parts",
    "name": "owned_traffic",
    "what": "The traffic rollup, each row with the owner of its connection - the server's, else the client's. One for the whole day, also in hours that one end did not log, so that an owner has the same figures at every grain.",
    "input": "traffic_rollup, coverage_rollup",
    "gives": "CTE `owned_traffic`, the rows of the rollup and `owner`",
    "text": "{{include:owners}},\n\nowned_traffic AS (\n    SELECT\n        t.*,\n        coalesce(s.owner, c.owner) AS owner\n    FROM (\n        SELECT\n            *,\n            min(server_interface_id) OVER (PARTITION BY day, client, server, protocol, service_port) AS server_of_day,\n            min(client_interface_id) OVER (PARTITION BY day, client, server, protocol, service_port) AS client_of_day\n        FROM traffic_rollup\n    ) AS t\n    LEFT JOIN owners AS s ON s.day = t.day AND s.interface_id = t.server_of_day\n    LEFT JOIN owners AS c ON c.day = t.day AND c.interface_id = t.client_of_day\n)\n"
  },
  {
    "kind": "parts",
    "name": "owners",
    "what": "Whose each interface was on a day, as its owner tag says.",
    "input": "coverage_rollup",
    "gives": "CTE `owners`, one row per day and interface whose tag was logged",
    "text": "owners AS (\n    SELECT day, interface_id, max(owner) AS owner\n    FROM coverage_rollup\n    WHERE owner IS NOT NULL\n    GROUP BY 1, 2\n)\n"
  },
  {
    "kind": "parts",
    "name": "pair_periods",
    "what": "Conversations per report period - the rollup, added up over each day (or window) that the report compares.",
    "input": "the fragment periods, rows of (period, start_time, end_time) that the caller composes; period 0 is the oldest",
    "gives": "CTEs `periods` and `pair_periods`, one row per period, client, server, protocol, service port",
    "text": "periods (period, start_time, end_time) AS (\n    VALUES {{periods}}\n),\n\n{{include:reported_traffic}},\n\npair_periods AS (\n    SELECT\n        p.period,\n        max(r.scope) AS scope,\n        r.client,\n        r.server,\n        r.protocol,\n        r.service_port,\n        -- Folded clients have no names: hours can't be added up, so the busiest says how many.\n        max(r.clients) AS clients,\n        sum(r.accepted_records) AS accepted_records,\n        sum(r.accepted_bytes) AS accepted_bytes,\n        sum(r.sent_bytes) AS sent_bytes,\n        sum(r.rejected_records) AS rejected_records,\n        sum(r.rejected_packets) AS rejected_packets,\n        sum(r.rejected_bytes) AS rejected_bytes,\n        sum(r.reply_rejected_records) AS reply_rejected_records,\n        sum(r.reply_rejected_packets) AS reply_rejected_packets,\n        sum(r.reply_rejected_bytes) AS reply_rejected_bytes,\n        sum(r.accepted_packets) AS accepted_packets,\n        sum(r.rejected_hours) AS rejected_hours,\n        {{refusing_end:r.refused_at}} AS refused_at,\n        min(r.first_accept) AS first_accept,\n        max(r.last_accept) AS last_accept,\n        min(r.first_reject) AS first_reject,\n        max(r.last_reject) AS last_reject,\n        max(r.client_interface_id) AS client_interface_id,\n        max(r.server_interface_id) AS server_interface_id,\n        max(r.reject_reason) AS reject_reason,\n        sum(r.lone_clients) AS lone_clients,\n        min(coalesce(r.sample, r.client)) AS sample\n    FROM reported_traffic AS r\n    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\n    GROUP BY p.period, r.client, r.server, r.protocol, r.service_port\n)\n"
  },
  {
    "kind": "parts",
    "name": "reported_traffic",
    "what": "The traffic rollup as reports read it - day by day where every period is whole UTC days, which is a fraction of the rows, else hour by hour.",
    "input": "traffic_rollup, lone_refusals, traffic_days; the fragments first_day, last_day and grain, which is days or hours",
    "gives": "CTE `reported_traffic`, one row per day or hour, client, server, protocol, service port; `lone_clients` is how many stand behind a row of lone refusals, `sample` one of them",
    "text": "{{include:traffic_hours}},\n\nreported_traffic AS (\n    SELECT *\n    FROM traffic_{{grain}}\n    WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}'\n)\n"
  },
  {
    "kind": "parts",
    "name": "traffic_hours",
    "what": "The traffic rollup hour by hour, refusals from outside that stand alone without their clients, since they are most rows of a day.",
    "input": "traffic_rollup, lone_refusals",
    "gives": "CTE `traffic_hours`, one row per hour, client, server, protocol, service port; `lone_clients` is how many stand behind a row of lone refusals, `sample` one of them",
    "text": "traffic_hours AS (\n    SELECT\n        day,\n        hour,\n        scope,\n        client,\n        server,\n        protocol,\n        service_port,\n        clients,\n        accepted_records,\n        accepted_packets,\n        accepted_bytes,\n        sent_bytes,\n        rejected_records,\n        rejected_packets,\n        rejected_bytes,\n        reply_rejected_records,\n        reply_rejected_packets,\n        reply_rejected_bytes,\n        late_records,\n        late_packets,\n        late_bytes,\n        CASE WHEN rejected_records > 0 THEN 1 ELSE 0 END AS rejected_hours,\n        CASE WHEN late_records > 0 THEN 1 ELSE 0 END AS late_hours,\n        refused_at,\n        first_accept,\n        last_accept,\n        first_reject,\n        last_reject,\n        client_interface_id,\n        server_interface_id,\n        reject_reason,\n        0 AS lone_clients,\n        CAST(NULL AS varchar) AS sample\n    FROM traffic_rollup\n    WHERE NOT is_lone\n    UNION ALL\n    SELECT\n        day,\n        hour,\n        'ingress',\n        CAST(NULL AS varchar),\n        server,\n        protocol,\n        service_port,\n        CAST(NULL AS bigint),\n        0,\n        0,\n        0,\n        0,\n        refused_records,\n        refused_packets,\n        refused_bytes,\n        0,\n        0,\n        0,\n        0,\n        0,\n        0,\n        1,\n        0,\n        refused_at,\n        CAST(NULL AS bigint),\n        CAST(NULL AS bigint),\n        first_reject,\n        last_reject,\n        CAST(NULL AS varchar),\n        server_interface_id,\n        CAST(NULL AS varchar),\n        clients,\n        sample\n    FROM lone_refusals\n)\n"
  },
  {
    "kind": "parts",
    "name": "tuple_ends",
    "what": "Who sent a tuple and whom it was for.",
    "input": "kept_tuples as t",
    "gives": "columns",
    "text": "coalesce(t.other_src, t.srcaddr) AS src,\ncoalesce(t.other_dst, t.dstaddr) AS dst\n"
  },
  {
    "kind": "views",
    "name": "flow_logs_day",
    "what": "The whole log of a day, as logged - every record, NODATA and SKIPDATA included, `-` as NULL, times as timestamps. Name the day in a predicate.",
    "grain": "one row per record as logged",
    "reads": "flow_records",
    "prunes": "every partition column of flow_logs passes through",
    "cost": "one scan of the partitions that the caller names",
    "columns": {
      "day": "UTC day that the record started in, YYYY-MM-DD",
      "start_time": "first packet of the window",
      "end_time": "last packet of the window",
      "version": "highest version among the fields of the record",
      "account_id": "owner of the interface; `unknown` for some AWS-made interfaces",
      "interface_id": "interface that the traffic was recorded at",
      "srcaddr": "source; the interface's primary private address on its own side",
      "dstaddr": "destination; the interface's primary private address on its own side",
      "srcport": "source port; 0 where the protocol has none",
      "dstport": "destination port; 0 where the protocol has none",
      "protocol": "IANA protocol number",
      "packets": "packets in the window",
      "bytes": "bytes in the window",
      "action": "ACCEPT or REJECT",
      "log_status": "OK, NODATA (no traffic) or SKIPDATA (records lost by AWS)",
      "vpc_id": "VPC of the interface",
      "subnet_id": "subnet of the interface",
      "instance_id": "instance of the interface; `-` when a service owns it",
      "tcp_flags": "flags OR-ed over the window: FIN 1, SYN 2, RST 4, SYN-ACK 18",
      "type": "IPv4, IPv6 or EFA",
      "pkt_srcaddr": "source in the packet itself, before NAT or load balancing",
      "pkt_dstaddr": "destination in the packet itself",
      "region": "region of the interface",
      "az_id": "Availability Zone id",
      "sublocation_type": "wavelength, outpost or localzone",
      "sublocation_id": "id of the sublocation",
      "pkt_src_aws_service": "AWS service that pkt-srcaddr belongs to",
      "pkt_dst_aws_service": "AWS service that pkt-dstaddr belongs to",
      "flow_direction": "ingress or egress, as the interface sees it",
      "traffic_path": "way out of the VPC, 1 to 8; egress only",
      "ecs_cluster_arn": "ECS cluster",
      "ecs_cluster_name": "ECS cluster name",
      "ecs_container_instance_arn": "ECS container instance; `-` on Fargate",
      "ecs_container_instance_id": "ECS container instance id",
      "ecs_container_id": "first container of the task",
      "ecs_second_container_id": "second container of the task",
      "ecs_service_name": "ECS service",
      "ecs_task_definition_arn": "ECS task definition",
      "ecs_task_arn": "ECS task",
      "ecs_task_id": "ECS task id",
      "reject_reason": "BPA (block public access) or EC (encryption controls)",
      "resource_id": "regional NAT gateway",
      "encryption_status": "0 none, 1 Nitro, 2 application, 3 both",
      "instance_tag": "value of the first chosen instance tag, percent-encoded",
      "instance_tag_2": "value of the second chosen instance tag",
      "interface_tag": "value of the first chosen interface tag",
      "interface_tag_2": "value of the second chosen interface tag",
      "asg_tag": "value of the first chosen Auto Scaling group tag",
      "asg_tag_2": "value of the second chosen Auto Scaling group tag",
      "interface_type": "nat_gateway, network_load_balancer, vpc_endpoint, …",
      "next_hop_interface_id": "interface that the traffic goes to next",
      "next_hop_subnet_id": "subnet of the next hop",
      "next_hop_az_id": "Availability Zone of the next hop",
      "next_hop_vpc_id": "VPC of the next hop",
      "next_hop_interface_type": "kind of interface of the next hop"
    },
    "text": "SELECT\n    {{partition_columns}}\n    r.day,\n    CAST(from_unixtime(r.start_time) AS timestamp) AS start_time,\n    CAST(from_unixtime(r.end_time) AS timestamp) AS end_time,\n    {{conformed_names:r:start_time:end_time}}\nFROM flow_records AS r\n"
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
      "version": "highest version among the fields of the record",
      "account_id": "owner of the interface; `unknown` for some AWS-made interfaces",
      "interface_id": "interface that the traffic was recorded at",
      "srcaddr": "source; the interface's primary private address on its own side",
      "dstaddr": "destination; the interface's primary private address on its own side",
      "srcport": "source port; 0 where the protocol has none",
      "dstport": "destination port; 0 where the protocol has none",
      "protocol": "IANA protocol number",
      "packets": "packets in the window",
      "bytes": "bytes in the window",
      "start_time": "first packet of the window, Unix seconds",
      "end_time": "last packet of the window, Unix seconds",
      "action": "ACCEPT or REJECT",
      "log_status": "OK, NODATA (no traffic) or SKIPDATA (records lost by AWS)",
      "vpc_id": "VPC of the interface",
      "subnet_id": "subnet of the interface",
      "instance_id": "instance of the interface; `-` when a service owns it",
      "tcp_flags": "flags OR-ed over the window: FIN 1, SYN 2, RST 4, SYN-ACK 18",
      "type": "IPv4, IPv6 or EFA",
      "pkt_srcaddr": "source in the packet itself, before NAT or load balancing",
      "pkt_dstaddr": "destination in the packet itself",
      "region": "region of the interface",
      "az_id": "Availability Zone id",
      "sublocation_type": "wavelength, outpost or localzone",
      "sublocation_id": "id of the sublocation",
      "pkt_src_aws_service": "AWS service that pkt-srcaddr belongs to",
      "pkt_dst_aws_service": "AWS service that pkt-dstaddr belongs to",
      "flow_direction": "ingress or egress, as the interface sees it",
      "traffic_path": "way out of the VPC, 1 to 8; egress only",
      "ecs_cluster_arn": "ECS cluster",
      "ecs_cluster_name": "ECS cluster name",
      "ecs_container_instance_arn": "ECS container instance; `-` on Fargate",
      "ecs_container_instance_id": "ECS container instance id",
      "ecs_container_id": "first container of the task",
      "ecs_second_container_id": "second container of the task",
      "ecs_service_name": "ECS service",
      "ecs_task_definition_arn": "ECS task definition",
      "ecs_task_arn": "ECS task",
      "ecs_task_id": "ECS task id",
      "reject_reason": "BPA (block public access) or EC (encryption controls)",
      "resource_id": "regional NAT gateway",
      "encryption_status": "0 none, 1 Nitro, 2 application, 3 both",
      "instance_tag": "value of the first chosen instance tag, percent-encoded",
      "instance_tag_2": "value of the second chosen instance tag",
      "interface_tag": "value of the first chosen interface tag",
      "interface_tag_2": "value of the second chosen interface tag",
      "asg_tag": "value of the first chosen Auto Scaling group tag",
      "asg_tag_2": "value of the second chosen Auto Scaling group tag",
      "interface_type": "nat_gateway, network_load_balancer, vpc_endpoint, …",
      "next_hop_interface_id": "interface that the traffic goes to next",
      "next_hop_subnet_id": "subnet of the next hop",
      "next_hop_az_id": "Availability Zone of the next hop",
      "next_hop_vpc_id": "VPC of the next hop",
      "next_hop_interface_type": "kind of interface of the next hop",
      "src": "who sent it - pkt_srcaddr where logged, else srcaddr",
      "dst": "who it was for - pkt_dstaddr where logged, else dstaddr",
      "handshake": "syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)",
      "owner": "value of the first tag that is logged, percent-decoded - instance, interface, Auto Scaling group",
      "src_aws_service": "AWS service that `src` belongs to",
      "dst_aws_service": "AWS service that `dst` belongs to"
    },
    "text": "SELECT\n    {{partition_columns}}\n    date_format(from_unixtime(\"start\" - (\"start\" - {{hour_offset}}) % 3600), '%Y-%m-%d') AS day,\n    \"start\" - (\"start\" - {{hour_offset}}) % 3600 AS hour,\n    {{conformed_fields}},\n    coalesce(nullif(pkt_srcaddr, '-'), nullif(srcaddr, '-')) AS src,\n    coalesce(nullif(pkt_dstaddr, '-'), nullif(dstaddr, '-')) AS dst,\n    CASE\n        WHEN protocol <> 6 OR tcp_flags IS NULL THEN NULL\n        WHEN bitwise_and(tcp_flags, 18) = 18 THEN 'syn-ack'\n        WHEN bitwise_and(tcp_flags, 2) = 2 THEN 'syn'\n        ELSE 'none'\n    END AS handshake,\n    coalesce(\n        url_decode(nullif(instance_tag, '-')),\n        url_decode(nullif(interface_tag, '-')),\n        url_decode(nullif(asg_tag, '-'))\n    ) AS owner,\n    nullif(pkt_src_aws_service, '-') AS src_aws_service,\n    nullif(pkt_dst_aws_service, '-') AS dst_aws_service\nFROM flow_logs\n"
  },
  {
    "kind": "views",
    "name": "flows",
    "what": "Every record that carries traffic, conformed and directed - who is client, who is server, what is the service port, is it a reply, where was it seen.",
    "grain": "one row per record with log status OK (or without a status), action ACCEPT or REJECT",
    "reads": "flow_records",
    "prunes": "partition columns of flow_logs, for the record itself; its direction is decided with all records of its day",
    "cost": "several scans of the logs on an engine that does not materialise - for drill-downs into a day; reports read traffic_rollup",
    "columns": {
      "day": "UTC day of `hour`, YYYY-MM-DD",
      "hour": "start of the hour that the record started in",
      "start_time": "first packet of the window",
      "end_time": "last packet of the window",
      "client": "who began",
      "server": "who was asked",
      "service_port": "port that was asked for; NULL where the protocol has no ports",
      "is_reply": "whether the record goes from server to client",
      "decided_by": "what told client from server - tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair",
      "seen_at": "client, server or transit - whose interface logged it",
      "src": "who sent it - pkt_srcaddr where logged, else srcaddr",
      "dst": "who it was for - pkt_dstaddr where logged, else dstaddr",
      "handshake": "syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)",
      "owner": "value of the first tag that is logged, percent-decoded",
      "version": "highest version among the fields of the record",
      "account_id": "owner of the interface; `unknown` for some AWS-made interfaces",
      "interface_id": "interface that the traffic was recorded at",
      "srcaddr": "source; the interface's primary private address on its own side",
      "dstaddr": "destination; the interface's primary private address on its own side",
      "srcport": "source port; 0 where the protocol has none",
      "dstport": "destination port; 0 where the protocol has none",
      "protocol": "IANA protocol number",
      "packets": "packets in the window",
      "bytes": "bytes in the window",
      "action": "ACCEPT or REJECT",
      "log_status": "OK, NODATA (no traffic) or SKIPDATA (records lost by AWS)",
      "vpc_id": "VPC of the interface",
      "subnet_id": "subnet of the interface",
      "instance_id": "instance of the interface; `-` when a service owns it",
      "tcp_flags": "flags OR-ed over the window: FIN 1, SYN 2, RST 4, SYN-ACK 18",
      "type": "IPv4, IPv6 or EFA",
      "pkt_srcaddr": "source in the packet itself, before NAT or load balancing",
      "pkt_dstaddr": "destination in the packet itself",
      "region": "region of the interface",
      "az_id": "Availability Zone id",
      "sublocation_type": "wavelength, outpost or localzone",
      "sublocation_id": "id of the sublocation",
      "pkt_src_aws_service": "AWS service that pkt-srcaddr belongs to",
      "pkt_dst_aws_service": "AWS service that pkt-dstaddr belongs to",
      "flow_direction": "ingress or egress, as the interface sees it",
      "traffic_path": "way out of the VPC, 1 to 8; egress only",
      "ecs_cluster_arn": "ECS cluster",
      "ecs_cluster_name": "ECS cluster name",
      "ecs_container_instance_arn": "ECS container instance; `-` on Fargate",
      "ecs_container_instance_id": "ECS container instance id",
      "ecs_container_id": "first container of the task",
      "ecs_second_container_id": "second container of the task",
      "ecs_service_name": "ECS service",
      "ecs_task_definition_arn": "ECS task definition",
      "ecs_task_arn": "ECS task",
      "ecs_task_id": "ECS task id",
      "reject_reason": "BPA (block public access) or EC (encryption controls)",
      "resource_id": "regional NAT gateway",
      "encryption_status": "0 none, 1 Nitro, 2 application, 3 both",
      "instance_tag": "value of the first chosen instance tag, percent-encoded",
      "instance_tag_2": "value of the second chosen instance tag",
      "interface_tag": "value of the first chosen interface tag",
      "interface_tag_2": "value of the second chosen interface tag",
      "asg_tag": "value of the first chosen Auto Scaling group tag",
      "asg_tag_2": "value of the second chosen Auto Scaling group tag",
      "interface_type": "nat_gateway, network_load_balancer, vpc_endpoint, …",
      "next_hop_interface_id": "interface that the traffic goes to next",
      "next_hop_subnet_id": "subnet of the next hop",
      "next_hop_az_id": "Availability Zone of the next hop",
      "next_hop_vpc_id": "VPC of the next hop",
      "next_hop_interface_type": "kind of interface of the next hop"
    },
    "text": "WITH records AS (\n    SELECT\n        {{partition_columns}}\n        r.day,\n        r.hour,\n        r.src,\n        r.dst,\n        r.handshake,\n        r.owner,\n        {{conformed_names:r:srcport:dstport}},\n        -- Direction sees the ports as the rollup does, so that both decide alike.\n        {{include:kept_ports}},\n        r.srcport AS logged_srcport,\n        r.dstport AS logged_dstport,\n        1 AS records,\n        r.start_time AS first_start\n    FROM flow_records AS r\n),\n\n{{include:direction:records}}\n\nSELECT\n    {{partition_columns}}\n    d.day,\n    CAST(from_unixtime(d.hour) AS timestamp) AS hour,\n    CAST(from_unixtime(d.start_time) AS timestamp) AS start_time,\n    CAST(from_unixtime(d.end_time) AS timestamp) AS end_time,\n    d.client,\n    d.server,\n    d.service_port,\n    d.is_reply,\n    d.decided_by,\n    d.seen_at,\n    d.src,\n    d.dst,\n    d.handshake,\n    d.owner,\n    d.logged_srcport AS srcport,\n    d.logged_dstport AS dstport,\n    {{conformed_names:d:srcport:dstport:start_time:end_time}}\nFROM directed AS d\n"
  },
  {
    "kind": "views",
    "name": "vpc_accept_traffic",
    "what": "Traffic let through by source, as logged - the view that published guides build their dashboards on, with the day added, and the folder where logs lie in folders.",
    "grain": "one row per folder of the logs, day and source",
    "reads": "flow_records",
    "prunes": "every partition column of flow_logs passes through; a predicate on day alone reads all logs",
    "cost": "one scan of all logs that the partitions allow; prefer traffic_rollup",
    "columns": {
      "day": "UTC day, YYYY-MM-DD",
      "source": "source as logged",
      "bytes": "bytes let through",
      "connection_attempts": "records let through"
    },
    "text": "SELECT\n    {{partition_columns}}\n    day,\n    srcaddr AS source,\n    sum(CAST(bytes AS decimal(38, 0))) AS bytes,\n    count(*) AS connection_attempts\nFROM flow_records\nWHERE action = 'ACCEPT'\nGROUP BY {{partition_columns}} day, srcaddr\n"
  },
  {
    "kind": "views",
    "name": "vpc_reject_traffic",
    "what": "Refused traffic by source and destination, as logged - the view that published guides build their dashboards on, with the day added, and the folder where logs lie in folders.",
    "grain": "one row per folder of the logs, day, source, destination",
    "reads": "flow_records",
    "prunes": "every partition column of flow_logs passes through; a predicate on day alone reads all logs",
    "cost": "one scan of all logs that the partitions allow; prefer traffic_rollup",
    "columns": {
      "day": "UTC day, YYYY-MM-DD",
      "source": "source as logged",
      "destination": "destination as logged",
      "reject_count": "records refused",
      "bytes": "bytes refused"
    },
    "text": "SELECT\n    {{partition_columns}}\n    day,\n    srcaddr AS source,\n    dstaddr AS destination,\n    count(*) AS reject_count,\n    sum(CAST(bytes AS decimal(38, 0))) AS bytes\nFROM flow_records\nWHERE action = 'REJECT'\nGROUP BY {{partition_columns}} day, srcaddr, dstaddr\n"
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
      "account_id": "account of the interface",
      "region": "region of the interface",
      "az_id": "Availability Zone id",
      "vpc_id": "VPC of the interface",
      "subnet_id": "subnet of the interface",
      "instance_id": "instance of the interface",
      "interface_type": "kind of interface, where logged",
      "owner": "value of the owner tag where logged"
    },
    "text": "SELECT\n    day,\n    hour,\n    interface_id,\n    log_status,\n    action,\n    sum(records) AS records,\n    sum(coalesce(packets, 0)) AS packets,\n    sum(coalesce(bytes, 0)) AS bytes,\n    min(first_start) AS first_start,\n    max(last_end) AS last_end,\n    {{any:account_id}} AS account_id,\n    {{any:region}} AS region,\n    {{any:az_id}} AS az_id,\n    {{any:vpc_id}} AS vpc_id,\n    {{any:subnet_id}} AS subnet_id,\n    {{any:instance_id}} AS instance_id,\n    {{any:interface_type}} AS interface_type,\n    {{any:owner}} AS owner\nFROM flow_tuples\nGROUP BY 1, 2, 3, 4, 5\n"
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
      "hour": "start of the hour, Unix seconds",
      "log_status": "OK, NODATA, SKIPDATA, or NULL where the format has none",
      "action": "ACCEPT, REJECT or NULL",
      "interface_id": "interface that logged",
      "srcaddr": "source as logged",
      "dstaddr": "destination as logged",
      "src": "who sent it",
      "dst": "who it was for",
      "other_src": "src where it is not srcaddr",
      "other_dst": "dst where it is not dstaddr",
      "srcport": "NULL where dropped - the destination serves",
      "dstport": "NULL where dropped - the source serves",
      "protocol": "IANA number",
      "handshake": "syn, syn-ack, none, or NULL where flags are not logged",
      "flow_direction": "ingress or egress, where logged",
      "reject_reason": "BPA or EC, where logged",
      "records": "records as logged",
      "packets": "packets, summed over windows",
      "bytes": "bytes, summed over windows",
      "first_start": "first start, Unix seconds",
      "last_start": "last start, Unix seconds",
      "last_end": "last end, Unix seconds",
      "account_id": "account of the interface",
      "region": "region of the interface",
      "az_id": "Availability Zone id",
      "vpc_id": "VPC of the interface",
      "subnet_id": "subnet of the interface",
      "instance_id": "instance of the interface",
      "interface_type": "kind of interface, where logged",
      "owner": "value of the owner tag, where logged",
      "src_aws_service": "AWS service of the source, where logged",
      "dst_aws_service": "AWS service of the destination, where logged",
      "traffic_path": "way out of the VPC, where logged",
      "next_hop_interface_id": "interface of the next hop, where logged",
      "next_hop_interface_type": "kind of that interface",
      "next_hop_vpc_id": "VPC of the next hop"
    },
    "text": "SELECT\n    coalesce(date_format(from_unixtime(t.hour), '%Y-%m-%d'), 'undated') AS day,\n    {{include:tuple_ends}},\n    t.*\nFROM (\n    {{include:kept_tuples}}\n) AS t\n"
  },
  {
    "kind": "rollups",
    "name": "lone_refusals",
    "what": "Refusals from outside that stand alone, folded by service - most rows of a day, and reports ask of them only how many.",
    "grain": "one row per hour, server, protocol, service port; ports that at most {{few}} clients asked for in the day are one row with service_port NULL",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "reads the rollup of one day; no log",
    "columns": {
      "day": "UTC day of the hour, partition",
      "hour": "start of the hour, Unix seconds",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where ports are folded, or the protocol has none",
      "clients": "conversations that were first refused in this hour",
      "sample": "one of the clients",
      "refused_records": "records refused",
      "refused_packets": "packets refused",
      "refused_bytes": "bytes refused",
      "refused_at": "client, server or both - the end that refused",
      "first_reject": "first start of a refused record, Unix seconds",
      "last_reject": "last such start",
      "server_interface_id": "the server's interface where it is logged"
    },
    "text": "WITH lone AS (\n    SELECT\n        *,\n        row_number() OVER (PARTITION BY day, client, server, protocol, service_port ORDER BY hour) AS nth\n    FROM traffic_rollup\n    WHERE is_lone\n),\n\nservices AS (\n    SELECT day, server, protocol, service_port, count(*) AS clients\n    FROM lone\n    WHERE nth = 1\n    GROUP BY 1, 2, 3, 4\n)\n\nSELECT\n    l.day,\n    l.hour,\n    l.server,\n    l.protocol,\n    CASE WHEN s.clients > {{few}} THEN l.service_port END AS service_port,\n    sum(CASE WHEN nth = 1 THEN 1 ELSE 0 END) AS clients,\n    min(l.client) AS sample,\n    sum(l.rejected_records) AS refused_records,\n    sum(l.rejected_packets) AS refused_packets,\n    sum(l.rejected_bytes) AS refused_bytes,\n    {{refusing_end:l.refused_at}} AS refused_at,\n    min(l.first_reject) AS first_reject,\n    max(l.last_reject) AS last_reject,\n    max(l.server_interface_id) AS server_interface_id\nFROM lone AS l\nINNER JOIN services AS s\n    ON s.day = l.day\n    AND s.server = l.server\n    AND coalesce(s.protocol, -1) = coalesce(l.protocol, -1)\n    AND coalesce(s.service_port, -1) = coalesce(l.service_port, -1)\nGROUP BY 1, 2, 3, 4, 5\n"
  },
  {
    "kind": "rollups",
    "name": "traffic_days",
    "what": "Conversations of a day - the traffic rollup added up over the hours, which is what a report compares with the days before it.",
    "grain": "one row per day, client, server, protocol, service port; refusals that stand alone without their clients",
    "reads": "traffic_rollup, lone_refusals",
    "prunes": "day",
    "cost": "reads the rollups of one day; no log",
    "columns": {
      "day": "UTC day, partition",
      "hour": "first hour of the day that has any of it, Unix seconds",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "client": "who began; NULL where clients are folded, or were refused alone",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports, or ports are folded",
      "clients": "how many clients a folded row stands for, in the busiest hour",
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
      "rejected_hours": "hours in which something was refused",
      "late_hours": "hours with such late records",
      "refused_at": "client, server or both - the end that refused",
      "first_accept": "first start of a record let through on the way to the server, Unix seconds",
      "last_accept": "last such start",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start",
      "client_interface_id": "the client's interface where it is logged",
      "server_interface_id": "the server's interface where it is logged",
      "reject_reason": "BPA or EC where logged",
      "lone_clients": "how many refusals that stand alone the row stands for",
      "sample": "one of their clients"
    },
    "text": "WITH {{include:traffic_hours}}\n\nSELECT\n    day,\n    min(hour) AS hour,\n    max(scope) AS scope,\n    client,\n    server,\n    protocol,\n    service_port,\n    max(clients) AS clients,\n    sum(accepted_records) AS accepted_records,\n    sum(accepted_packets) AS accepted_packets,\n    sum(accepted_bytes) AS accepted_bytes,\n    sum(sent_bytes) AS sent_bytes,\n    sum(rejected_records) AS rejected_records,\n    sum(rejected_packets) AS rejected_packets,\n    sum(rejected_bytes) AS rejected_bytes,\n    sum(reply_rejected_records) AS reply_rejected_records,\n    sum(reply_rejected_packets) AS reply_rejected_packets,\n    sum(reply_rejected_bytes) AS reply_rejected_bytes,\n    sum(late_records) AS late_records,\n    sum(late_packets) AS late_packets,\n    sum(late_bytes) AS late_bytes,\n    sum(rejected_hours) AS rejected_hours,\n    sum(late_hours) AS late_hours,\n    {{refusing_end:refused_at}} AS refused_at,\n    min(first_accept) AS first_accept,\n    max(last_accept) AS last_accept,\n    min(first_reject) AS first_reject,\n    max(last_reject) AS last_reject,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    max(reject_reason) AS reject_reason,\n    sum(lone_clients) AS lone_clients,\n    min(sample) AS sample\nFROM traffic_hours\nGROUP BY day, client, server, protocol, service_port\n"
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
      "is_lone": "whether it is internet noise that stands alone - refused at most {{few}} times in the day, nothing let through, no reason logged",
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
      "account_id": "account of an interface that logged it",
      "region": "region of an interface that logged it",
      "vpc_id": "VPC of an interface that logged it",
      "reject_reason": "BPA or EC where logged",
      "client_aws_service": "AWS service that the client's address belongs to, where logged",
      "server_aws_service": "AWS service that the server's address belongs to, where logged",
      "traffic_path": "way out of the VPC, 1 to 8, where logged",
      "next_hop_interface_id": "interface that the traffic goes to next, where logged",
      "next_hop_interface_type": "kind of that interface",
      "next_hop_vpc_id": "VPC of the next hop"
    },
    "text": "WITH {{include:direction:flow_tuples}},\n\n-- Where each conversation is counted: at the server's interface where that is\n-- logged, else at the client's, else at one of those it passed - but never before\n-- the place that refused, since what was let through until there did not arrive.\npoints AS (\n    SELECT\n        day,\n        client,\n        server,\n        protocol,\n        service_port,\n        max(CASE WHEN seen_at = 'server' THEN 1 ELSE 0 END) AS at_server,\n        max(CASE WHEN seen_at = 'client' THEN 1 ELSE 0 END) AS at_client,\n        coalesce(\n            min(CASE WHEN seen_at = 'transit' AND action = 'REJECT' THEN interface_id END),\n            min(CASE WHEN seen_at = 'transit' THEN interface_id END)\n        ) AS transit_interface_id,\n        max(CASE WHEN action = 'ACCEPT' AND NOT is_reply THEN 1 ELSE 0 END) AS asked,\n        max(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS refused,\n        max(CASE WHEN action = 'REJECT' AND is_reply AND seen_at = 'client' THEN 1 ELSE 0 END) AS replies_refused_at_client,\n        max(CASE WHEN action = 'REJECT' AND is_reply AND seen_at = 'transit' THEN 1 ELSE 0 END) AS replies_refused_in_transit,\n        max(CASE WHEN action = 'REJECT' AND NOT is_reply AND seen_at = 'transit' THEN 1 ELSE 0 END) AS refused_in_transit,\n        sum(records) AS records,\n        min(CASE WHEN action = 'REJECT' AND NOT is_reply AND handshake IS DISTINCT FROM 'none' THEN 1 ELSE 0 END) AS only_refused,\n        {{any:reject_reason}} AS reject_reason\n    FROM directed\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nscoped AS (\n    SELECT\n        p.*,\n        c.is_local AS client_is_local,\n        s.is_local AS server_is_local\n    FROM points AS p\n    INNER JOIN locality AS c ON c.address = p.client\n    INNER JOIN locality AS s ON s.address = p.server\n),\n\ncrowds AS (\n    SELECT day, server, protocol, service_port, count(*) AS clients\n    FROM scoped\n    WHERE refused = 0 AND server_is_local AND NOT client_is_local\n    GROUP BY 1, 2, 3, 4\n),\n\nconversations AS (\n    SELECT\n        s.*,\n        CASE\n            WHEN client_is_local AND server_is_local THEN 'internal'\n            WHEN client_is_local THEN 'egress'\n            WHEN server_is_local THEN 'ingress'\n            ELSE 'transit'\n        END AS scope,\n        refused = 0\n            AND server_is_local\n            AND NOT client_is_local\n            AND coalesce(s.service_port, 0) NOT IN {{admin_ports}}\n            AND coalesce(c.clients, 0) > {{crowd}} AS folded,\n        only_refused = 1 AND server_is_local AND NOT client_is_local AND records <= {{few}} AND reject_reason IS NULL AS is_lone\n    FROM scoped AS s\n    LEFT JOIN crowds AS c\n        ON c.day = s.day\n        AND c.server = s.server\n        AND coalesce(c.protocol, -1) = coalesce(s.protocol, -1)\n        AND coalesce(c.service_port, -1) = coalesce(s.service_port, -1)\n),\n\nmeasured AS (\n    SELECT\n        d.*,\n        v.scope,\n        v.folded,\n        v.is_lone,\n        v.asked,\n        -- A packet is refused once, so every refusal counts, wherever it was seen.\n        d.action = 'REJECT' AND NOT d.is_reply AND d.handshake IS DISTINCT FROM 'none' AS is_rejected,\n        d.action = 'REJECT' AND d.is_reply AND d.handshake IS DISTINCT FROM 'none' AS is_reply_rejected,\n        d.action = 'REJECT' AND d.handshake IS NOT DISTINCT FROM 'none' AS is_after_close,\n        d.action = 'ACCEPT' AND CASE\n            WHEN d.is_reply AND v.replies_refused_at_client = 1 THEN d.seen_at = 'client'\n            WHEN d.is_reply AND v.replies_refused_in_transit = 1 THEN d.seen_at = 'transit' AND coalesce(d.interface_id = v.transit_interface_id, TRUE)\n            WHEN v.at_server = 1 THEN d.seen_at = 'server'\n            WHEN NOT d.is_reply AND v.refused_in_transit = 1 THEN d.seen_at = 'transit' AND coalesce(d.interface_id = v.transit_interface_id, TRUE)\n            WHEN v.at_client = 1 THEN d.seen_at = 'client'\n            ELSE d.seen_at = 'transit' AND coalesce(d.interface_id = v.transit_interface_id, TRUE)\n        END AS is_arrived\n    FROM directed AS d\n    INNER JOIN conversations AS v\n        ON v.day = d.day\n        AND v.client = d.client\n        AND v.server = d.server\n        AND coalesce(v.protocol, -1) = coalesce(d.protocol, -1)\n        AND coalesce(v.service_port, -1) = coalesce(d.service_port, -1)\n),\n\n-- How many clients a folded row stands for. Whoever is folded was refused nothing.\ncrowd_hours AS (\n    SELECT d.day, d.hour, d.server, d.protocol, d.service_port, count(DISTINCT d.client) AS clients\n    FROM directed AS d\n    INNER JOIN conversations AS v\n        ON v.day = d.day\n        AND v.client = d.client\n        AND v.server = d.server\n        AND coalesce(v.protocol, -1) = coalesce(d.protocol, -1)\n        AND coalesce(v.service_port, -1) = coalesce(d.service_port, -1)\n    WHERE v.folded\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nhours AS (\n    SELECT\n        day,\n        hour,\n        CASE WHEN NOT folded THEN client END AS client,\n        server,\n        protocol,\n        service_port,\n        max(scope) AS scope,\n        bool_or(is_lone) AS is_lone,\n        min(decided_by) AS decided_by,\n        sum(CASE WHEN is_counted THEN records ELSE 0 END) AS accepted_records,\n        sum(CASE WHEN is_counted THEN packets ELSE 0 END) AS accepted_packets,\n        sum(CASE WHEN is_counted THEN bytes ELSE 0 END) AS accepted_bytes,\n        sum(CASE WHEN is_counted AND NOT is_reply THEN bytes ELSE 0 END) AS sent_bytes,\n        sum(CASE WHEN is_rejected THEN records ELSE 0 END) AS rejected_records,\n        sum(CASE WHEN is_rejected THEN packets ELSE 0 END) AS rejected_packets,\n        sum(CASE WHEN is_rejected THEN bytes ELSE 0 END) AS rejected_bytes,\n        sum(CASE WHEN is_reply_rejected THEN records ELSE 0 END) AS reply_records,\n        sum(CASE WHEN is_reply_rejected THEN packets ELSE 0 END) AS reply_packets,\n        sum(CASE WHEN is_reply_rejected THEN bytes ELSE 0 END) AS reply_bytes,\n        sum(CASE WHEN is_after_close THEN records ELSE 0 END) AS closed_records,\n        sum(CASE WHEN is_after_close THEN packets ELSE 0 END) AS closed_packets,\n        sum(CASE WHEN is_after_close THEN bytes ELSE 0 END) AS closed_bytes,\n        max(CASE WHEN is_reply_rejected AND handshake = 'syn-ack' THEN 1 ELSE 0 END) AS answer_refused,\n        max(asked) AS asked,\n        sum(CASE WHEN is_arrived AND is_reply THEN records ELSE 0 END) AS replies_let_through,\n        sum(records) AS logged_records,\n        max(CASE WHEN is_rejected AND seen_at = 'client' THEN 1 ELSE 0 END) AS refused_at_client,\n        max(CASE WHEN is_rejected AND seen_at = 'server' THEN 1 ELSE 0 END) AS refused_at_server,\n        max(CASE WHEN is_reply_rejected AND seen_at = 'client' THEN 1 ELSE 0 END) AS reply_refused_at_client,\n        max(CASE WHEN is_reply_rejected AND seen_at = 'server' THEN 1 ELSE 0 END) AS reply_refused_at_server,\n        min(CASE WHEN is_counted AND NOT is_reply THEN first_start END) AS first_accept,\n        max(CASE WHEN is_counted AND NOT is_reply THEN last_start END) AS last_accept,\n        min(CASE WHEN is_rejected THEN first_start END) AS first_reject,\n        max(CASE WHEN is_rejected THEN last_start END) AS last_reject,\n        min(CASE WHEN is_reply_rejected THEN first_start END) AS first_reply_reject,\n        max(CASE WHEN is_reply_rejected THEN last_start END) AS last_reply_reject,\n        max(CASE WHEN seen_at = 'client' THEN interface_id END) AS client_interface_id,\n        max(CASE WHEN seen_at = 'server' THEN interface_id END) AS server_interface_id,\n        {{any:account_id}} AS account_id,\n        {{any:region}} AS region,\n        {{any:vpc_id}} AS vpc_id,\n        {{any:reject_reason}} AS reject_reason,\n        {{any:CASE WHEN is_reply THEN dst_aws_service ELSE src_aws_service END:src_aws_service:dst_aws_service}} AS client_aws_service,\n        {{any:CASE WHEN is_reply THEN src_aws_service ELSE dst_aws_service END:src_aws_service:dst_aws_service}} AS server_aws_service,\n        {{any:traffic_path}} AS traffic_path,\n        {{any:next_hop_interface_id}} AS next_hop_interface_id,\n        {{any:next_hop_interface_type}} AS next_hop_interface_type,\n        {{any:next_hop_vpc_id}} AS next_hop_vpc_id\n    FROM (SELECT m.*, is_arrived AND NOT is_leg AS is_counted FROM measured AS m) AS m\n    GROUP BY 1, 2, 3, 4, 5, 6\n),\n\n-- Without flags a refused reply is late when the hour, or the one before, let\n-- through at least as many replies as it refused: a rule lets none through. So it\n-- is where nobody was seen to ask, as in a flow log of REJECT only.\nlate_replies AS (\n    SELECT h.day, h.hour, h.client, h.server, h.protocol, h.service_port\n    FROM hours AS h\n    LEFT JOIN hours AS b\n        ON b.day = h.day\n        AND b.hour = h.hour - 3600\n        AND b.client = h.client\n        AND b.server = h.server\n        AND coalesce(b.protocol, -1) = coalesce(h.protocol, -1)\n        AND coalesce(b.service_port, -1) = coalesce(h.service_port, -1)\n    WHERE h.reply_records > 0\n        AND h.answer_refused = 0\n        AND (h.asked = 0 OR h.replies_let_through + coalesce(b.replies_let_through, 0) >= h.reply_records)\n),\n\nsettled AS (\n    SELECT\n        h.*,\n        l.client IS NOT NULL AS replies_are_late,\n        coalesce(c.clients, 1) AS clients\n    FROM hours AS h\n    LEFT JOIN late_replies AS l\n        ON l.day = h.day\n        AND l.hour = h.hour\n        AND l.client = h.client\n        AND l.server = h.server\n        AND coalesce(l.protocol, -1) = coalesce(h.protocol, -1)\n        AND coalesce(l.service_port, -1) = coalesce(h.service_port, -1)\n    LEFT JOIN crowd_hours AS c\n        ON c.day = h.day\n        AND c.hour = CASE WHEN h.client IS NULL THEN h.hour END\n        AND c.server = h.server\n        AND coalesce(c.protocol, -1) = coalesce(h.protocol, -1)\n        AND coalesce(c.service_port, -1) = coalesce(h.service_port, -1)\n)\n\nSELECT\n    day,\n    hour,\n    scope,\n    client,\n    server,\n    protocol,\n    service_port,\n    clients,\n    is_lone,\n    decided_by,\n    accepted_records,\n    accepted_packets,\n    accepted_bytes,\n    sent_bytes,\n    rejected_records,\n    rejected_packets,\n    rejected_bytes,\n    CASE WHEN replies_are_late THEN 0 ELSE reply_records END AS reply_rejected_records,\n    CASE WHEN replies_are_late THEN 0 ELSE reply_packets END AS reply_rejected_packets,\n    CASE WHEN replies_are_late THEN 0 ELSE reply_bytes END AS reply_rejected_bytes,\n    closed_records + CASE WHEN replies_are_late THEN reply_records ELSE 0 END AS late_records,\n    closed_packets + CASE WHEN replies_are_late THEN reply_packets ELSE 0 END AS late_packets,\n    closed_bytes + CASE WHEN replies_are_late THEN reply_bytes ELSE 0 END AS late_bytes,\n    logged_records,\n    -- The request says it where one was refused, else the reply; late packets say nothing.\n    CASE\n        WHEN refused_at_client + refused_at_server = 2 THEN 'both'\n        WHEN refused_at_client = 1 THEN 'client'\n        WHEN refused_at_server = 1 THEN 'server'\n        WHEN rejected_records > 0 OR replies_are_late THEN NULL\n        WHEN reply_refused_at_client + reply_refused_at_server = 2 THEN 'both'\n        WHEN reply_refused_at_client = 1 THEN 'client'\n        WHEN reply_refused_at_server = 1 THEN 'server'\n    END AS refused_at,\n    first_accept,\n    last_accept,\n    CASE\n        WHEN replies_are_late OR first_reply_reject IS NULL THEN first_reject\n        WHEN first_reject IS NULL OR first_reply_reject < first_reject THEN first_reply_reject\n        ELSE first_reject\n    END AS first_reject,\n    CASE\n        WHEN replies_are_late OR last_reply_reject IS NULL THEN last_reject\n        WHEN last_reject IS NULL OR last_reply_reject > last_reject THEN last_reply_reject\n        ELSE last_reject\n    END AS last_reject,\n    client_interface_id,\n    server_interface_id,\n    account_id,\n    region,\n    vpc_id,\n    reject_reason,\n    client_aws_service,\n    server_aws_service,\n    traffic_path,\n    next_hop_interface_id,\n    next_hop_interface_type,\n    next_hop_vpc_id\nFROM settled\n"
  },
  {
    "kind": "queries",
    "name": "accepted_traffic",
    "what": "Traffic that was let through, conversations counted once.",
    "grain": "one row per client, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began; NULL for the many internet clients of a busy public service, which the rollup keeps as one",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "sent_bytes": "of the bytes, from client to server",
      "first_accept": "first start of a record let through on the way to the server",
      "last_accept": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    protocol,\n    service_port,\n    max(scope) AS scope,\n    sum(accepted_records) AS records,\n    sum(accepted_packets) AS packets,\n    sum(accepted_bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept\nFROM traffic_rollup\nWHERE {{rollup_window}} AND accepted_records > 0\nGROUP BY client, server, protocol, service_port\nORDER BY bytes DESC, client, server, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "accepted_vs_rejected",
    "what": "Accepted against rejected over time, conversations counted once.",
    "grain": "one row per hour that has traffic",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "hour": "start of the hour",
      "accepted_records": "records let through",
      "rejected_records": "records refused, on the way there, on the way back, or late",
      "rejected_percent": "refused records in a hundred",
      "accepted_bytes": "bytes let through, both ways",
      "rejected_bytes": "bytes refused"
    },
    "text": "SELECT\n    CAST(from_unixtime(hour) AS timestamp) AS hour,\n    accepted_records,\n    rejected_records,\n    round(CAST(100 * rejected_records AS double) / nullif(CAST((accepted_records + rejected_records) AS double), 0), 1) AS rejected_percent,\n    accepted_bytes,\n    rejected_bytes\nFROM (\n    SELECT\n        hour,\n        sum(accepted_records) AS accepted_records,\n        sum(rejected_records + reply_rejected_records + late_records) AS rejected_records,\n        sum(accepted_bytes) AS accepted_bytes,\n        sum(rejected_bytes + reply_rejected_bytes + late_bytes) AS rejected_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}}\n    GROUP BY hour\n) AS hours\nORDER BY hours.hour\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "admin_port_traffic",
    "what": "Traffic to ports that give control of a host or its data - shells, desktops, databases, caches - refused or not.",
    "grain": "one row per client, server, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "accepted_records": "records let through",
      "rejected_records": "records refused, either way, late ones not",
      "bytes": "bytes let through, both ways",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "last_accept": "last such start",
      "last_reject": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    service_port,\n    max(scope) AS scope,\n    sum(accepted_records) AS accepted_records,\n    sum(rejected_records + reply_rejected_records) AS rejected_records,\n    sum(accepted_bytes) AS bytes,\n    {{refusing_end:refused_at}} AS refused_at,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND service_port IN {{admin_ports}}\nGROUP BY client, server, service_port\nORDER BY bytes DESC, rejected_records DESC, client, server, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "aws_services",
    "what": "AWS services talked to, and those that came in. Needs the fields pkt-src-aws-service and pkt-dst-aws-service.",
    "grain": "one row per service, role, scope",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "aws_service": "code as in AWS ip-ranges - S3, EC2, CLOUDFRONT",
      "role": "server (it was asked) or client (it asked)",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "accepted_records": "records let through",
      "rejected_records": "records refused on the way to the server",
      "bytes": "bytes",
      "sent_bytes": "of the bytes, from client to server",
      "peers": "distinct hosts on the other side"
    },
    "text": "SELECT\n    aws_service,\n    role,\n    scope,\n    sum(accepted_records) AS accepted_records,\n    sum(rejected_records) AS rejected_records,\n    sum(accepted_bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes,\n    count(DISTINCT peer) AS peers\nFROM (\n    SELECT\n        server_aws_service AS aws_service,\n        'server' AS role,\n        scope,\n        client AS peer,\n        accepted_records,\n        rejected_records,\n        accepted_bytes,\n        sent_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}} AND server_aws_service IS NOT NULL\n    UNION ALL\n    SELECT client_aws_service, 'client', scope, server, accepted_records, rejected_records, accepted_bytes, sent_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}} AND client_aws_service IS NOT NULL\n) AS services\nGROUP BY aws_service, role, scope\nORDER BY bytes DESC, accepted_records DESC, aws_service, role, scope\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "cidr_traffic",
    "what": "Traffic of an address range, IPv4 or IPv6, by prefix arithmetic, as logged.",
    "grain": "one row per source, destination, protocol, action",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "src": "who sent it, as the packet says where logged",
      "dst": "who it was for",
      "in_range": "src, dst or both - which end lies in the range",
      "protocol": "IANA number",
      "action": "ACCEPT or REJECT",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "first_seen": "first start",
      "last_seen": "last start"
    },
    "parameters": {
      "cidr": {
        "type": "cidr",
        "what": "range, such as 10.0.16.0/20 or 2001:db8::/32; one address is a range too"
      }
    },
    "text": "SELECT\n    src,\n    dst,\n    CASE WHEN src_inside AND dst_inside THEN 'both' WHEN src_inside THEN 'src' ELSE 'dst' END AS in_range,\n    protocol,\n    action,\n    records,\n    packets,\n    bytes,\n    CAST(from_unixtime(first_start) AS timestamp) AS first_seen,\n    CAST(from_unixtime(last_start) AS timestamp) AS last_seen\nFROM (\n    SELECT\n        p.*,\n        coalesce(contains(:cidr, try_cast(src AS ipaddress)), FALSE) AS src_inside,\n        coalesce(contains(:cidr, try_cast(dst AS ipaddress)), FALSE) AS dst_inside\n    FROM (\n        SELECT\n            src,\n            dst,\n            protocol,\n            action,\n            count(*) AS records,\n            sum(CAST(packets AS decimal(38, 0))) AS packets,\n            sum(CAST(bytes AS decimal(38, 0))) AS bytes,\n            min(start_time) AS first_start,\n            max(start_time) AS last_start\n        FROM flow_records\n        WHERE {{record_window}} AND action IN ('ACCEPT', 'REJECT')\n        GROUP BY src, dst, protocol, action\n    ) AS p\n) AS pairs\nWHERE src_inside OR dst_inside\nORDER BY bytes DESC, records DESC, src, dst, protocol, action\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "coverage_by_day",
    "what": "What the logs say of themselves, as logged - what proves a quiet day.",
    "grain": "one row per UTC day",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "day": "UTC day, YYYY-MM-DD",
      "hours": "hours that have at least one record",
      "interfaces": "interfaces that logged",
      "records": "records as logged",
      "ok": "of these, OK or without a status",
      "no_data": "of these, NODATA",
      "skip_data": "of these, SKIPDATA - AWS lost records",
      "accept": "of these, ACCEPT",
      "reject": "of these, REJECT",
      "accept_bytes": "bytes of ACCEPT",
      "reject_bytes": "bytes of REJECT",
      "first_start": "first start",
      "last_end": "last end"
    },
    "text": "SELECT\n    day,\n    count(DISTINCT hour) AS hours,\n    count(DISTINCT interface_id) AS interfaces,\n    sum(records) AS records,\n    sum(CASE WHEN log_status = 'OK' OR log_status IS NULL THEN records ELSE 0 END) AS ok,\n    sum(CASE WHEN log_status = 'NODATA' THEN records ELSE 0 END) AS no_data,\n    sum(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END) AS skip_data,\n    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accept,\n    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS reject,\n    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accept_bytes,\n    sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS reject_bytes,\n    CAST(from_unixtime(min(first_start)) AS timestamp) AS first_start,\n    CAST(from_unixtime(max(last_end)) AS timestamp) AS last_end\nFROM coverage_rollup\nWHERE {{rollup_window}}\nGROUP BY day\nORDER BY day\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "direction_evidence",
    "what": "What told clients from servers, and so how far the other answers can be trusted.",
    "grain": "one row per kind of evidence",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "decided_by": "tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair",
      "logged_records": "records as logged, by every interface",
      "records_percent": "share of all records",
      "conversations": "distinct client, server, protocol, service port"
    },
    "text": "SELECT\n    decided_by,\n    logged_records,\n    round(CAST(100 * logged_records AS double) / nullif(CAST(sum(logged_records) OVER () AS double), 0), 1) AS records_percent,\n    conversations\nFROM (\n    SELECT decided_by, sum(logged_records) AS logged_records, count(*) AS conversations\n    FROM (\n        SELECT\n            client,\n            server,\n            protocol,\n            service_port,\n            min(decided_by) AS decided_by,\n            sum(logged_records) AS logged_records\n        FROM traffic_rollup\n        WHERE {{rollup_window}}\n        GROUP BY client, server, protocol, service_port\n    ) AS decisions\n    GROUP BY decided_by\n) AS evidence\nORDER BY logged_records DESC, decided_by\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "egress_by_next_hop",
    "what": "Which way traffic leaves - by traffic path and next hop. Needs the fields traffic-path and next-hop-*.",
    "grain": "one row per path, next hop, scope",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "traffic_path": "number as logged, 1 to 8",
      "path": "what the number means",
      "next_hop_interface_type": "kind of interface of the next hop",
      "next_hop_interface_id": "interface of the next hop",
      "next_hop_vpc_id": "VPC of the next hop",
      "scope": "egress (asked for from inside), ingress (answers to outside), internal, transit",
      "records": "records let through",
      "outbound_bytes": "bytes that left this way",
      "bytes": "bytes of these conversations, both ways",
      "clients": "distinct clients",
      "servers": "distinct servers"
    },
    "text": "SELECT\n    traffic_path,\n    CASE traffic_path\n        WHEN 1 THEN 'same VPC'\n        WHEN 2 THEN 'internet gateway or gateway endpoint'\n        WHEN 3 THEN 'virtual private gateway'\n        WHEN 4 THEN 'peering in the region'\n        WHEN 5 THEN 'peering to another region'\n        WHEN 6 THEN 'local gateway'\n        WHEN 7 THEN 'gateway VPC endpoint'\n        WHEN 8 THEN 'internet gateway'\n    END AS path,\n    next_hop_interface_type,\n    next_hop_interface_id,\n    next_hop_vpc_id,\n    scope,\n    sum(accepted_records) AS records,\n    sum(CASE WHEN scope = 'ingress' THEN accepted_bytes - sent_bytes ELSE sent_bytes END) AS outbound_bytes,\n    sum(accepted_bytes) AS bytes,\n    count(DISTINCT client) AS clients,\n    count(DISTINCT server) AS servers\nFROM traffic_rollup\nWHERE {{rollup_window}} AND (traffic_path IS NOT NULL OR next_hop_interface_id IS NOT NULL) AND accepted_records > 0\nGROUP BY traffic_path, next_hop_interface_type, next_hop_interface_id, next_hop_vpc_id, scope\nORDER BY\n    outbound_bytes DESC,\n    bytes DESC,\n    traffic_path,\n    next_hop_interface_type,\n    next_hop_interface_id,\n    next_hop_vpc_id,\n    scope\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "external_sources",
    "what": "Distinct sources outside the local networks - the private, shared, link-local and IPv6 ULA ranges, and those configured.",
    "grain": "one row per source address",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "src": "who sent it, as the packet says where logged",
      "accepted_records": "records let through, as logged",
      "rejected_records": "records refused, as logged",
      "bytes": "bytes",
      "destinations": "distinct destinations",
      "first_seen": "first start",
      "last_seen": "last start"
    },
    "text": "SELECT\n    src,\n    accepted_records,\n    rejected_records,\n    bytes,\n    destinations,\n    CAST(from_unixtime(first_start) AS timestamp) AS first_seen,\n    CAST(from_unixtime(last_start) AS timestamp) AS last_seen\nFROM (\n    SELECT\n        src,\n        count(CASE WHEN action = 'ACCEPT' THEN 1 END) AS accepted_records,\n        count(CASE WHEN action = 'REJECT' THEN 1 END) AS rejected_records,\n        sum(CAST(bytes AS decimal(38, 0))) AS bytes,\n        count(DISTINCT dst) AS destinations,\n        min(start_time) AS first_start,\n        max(start_time) AS last_start\n    FROM flow_records\n    WHERE {{record_window}} AND src IS NOT NULL\n    GROUP BY src\n) AS sources\nWHERE NOT {{local:src}}\nORDER BY accepted_records DESC, rejected_records DESC, src\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "interfaces",
    "what": "Which interfaces logged, whose they are, and how much they saw, as logged.",
    "grain": "one row per interface",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "interface_id": "NULL for records that name none",
      "instance_id": "instance that it belongs to",
      "subnet_id": "subnet",
      "vpc_id": "VPC",
      "account_id": "account",
      "owner": "value of the owner tag where logged",
      "hours": "hours that have at least one record",
      "accepted_records": "records let through",
      "rejected_records": "records refused, as logged",
      "bytes": "bytes let through, in and out",
      "last_end": "end of its newest record"
    },
    "text": "SELECT\n    interface_id,\n    max(instance_id) AS instance_id,\n    max(subnet_id) AS subnet_id,\n    max(vpc_id) AS vpc_id,\n    max(account_id) AS account_id,\n    max(owner) AS owner,\n    count(DISTINCT hour) AS hours,\n    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,\n    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,\n    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS bytes,\n    CAST(from_unixtime(max(last_end)) AS timestamp) AS last_end\nFROM coverage_rollup\nWHERE {{rollup_window}}\nGROUP BY interface_id\nORDER BY bytes DESC, rejected_records DESC, interface_id\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "internet_egress",
    "what": "What left for the internet - from which host, to where, how much.",
    "grain": "one row per client, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "aws_service": "AWS service of the server, where logged",
      "records": "records",
      "sent_bytes": "of the bytes, from client to server",
      "returned_bytes": "of the bytes, from server to client",
      "first_accept": "first start of a record let through on the way to the server",
      "last_accept": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    protocol,\n    service_port,\n    max(server_aws_service) AS aws_service,\n    sum(accepted_records) AS records,\n    sum(sent_bytes) AS sent_bytes,\n    sum(accepted_bytes - sent_bytes) AS returned_bytes,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept\nFROM traffic_rollup\nWHERE {{rollup_window}} AND scope = 'egress' AND accepted_records > 0\nGROUP BY client, server, protocol, service_port\nORDER BY sent_bytes DESC, records DESC, client, server, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "ip_version_share",
    "what": "IPv4 against IPv6, conversations counted once.",
    "grain": "one row per address family",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "family": "IPv4 or IPv6",
      "accepted_records": "records let through",
      "rejected_records": "records refused, either way, late ones not",
      "bytes": "bytes let through, both ways",
      "bytes_percent": "share of all bytes let through"
    },
    "text": "SELECT\n    family,\n    accepted_records,\n    rejected_records,\n    bytes,\n    round(CAST(100 * bytes AS double) / nullif(CAST(sum(bytes) OVER () AS double), 0), 1) AS bytes_percent\nFROM (\n    SELECT\n        CASE WHEN strpos(server, ':') > 0 THEN 'IPv6' ELSE 'IPv4' END AS family,\n        sum(accepted_records) AS accepted_records,\n        sum(rejected_records + reply_rejected_records) AS rejected_records,\n        sum(accepted_bytes) AS bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}}\n    GROUP BY 1\n) AS families\nORDER BY family\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "late_packets",
    "what": "Rejects that are only packets after a connection closed - counted apart, no finding.",
    "grain": "one row per client, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "late_records": "records refused after a connection closed, which no rule did",
      "late_packets": "packets of these",
      "accepted_records": "records of the conversation that were let through"
    },
    "text": "SELECT\n    client,\n    server,\n    protocol,\n    service_port,\n    max(scope) AS scope,\n    sum(late_records) AS late_records,\n    sum(late_packets) AS late_packets,\n    sum(accepted_records) AS accepted_records\nFROM traffic_rollup\nWHERE {{rollup_window}}\nGROUP BY client, server, protocol, service_port\nHAVING sum(late_records) > 0\nORDER BY late_records DESC, client, server, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "most_recent_records",
    "what": "The newest records, as logged, NODATA and SKIPDATA included.",
    "grain": "one row per record",
    "reads": "flow_logs",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "start_time": "start of the window",
      "end_time": "end of the window",
      "interface_id": "interface that logged",
      "srcaddr": "source as logged",
      "srcport": "source port",
      "dstaddr": "destination as logged",
      "dstport": "destination port",
      "protocol": "IANA number",
      "packets": "packets",
      "bytes": "bytes",
      "action": "ACCEPT or REJECT",
      "log_status": "OK, NODATA or SKIPDATA"
    },
    "text": "SELECT\n    CAST(from_unixtime(\"start\") AS timestamp) AS start_time,\n    CAST(from_unixtime(\"end\") AS timestamp) AS end_time,\n    nullif(interface_id, '-') AS interface_id,\n    nullif(srcaddr, '-') AS srcaddr,\n    srcport,\n    nullif(dstaddr, '-') AS dstaddr,\n    dstport,\n    protocol,\n    packets,\n    bytes,\n    nullif(action, '-') AS action,\n    nullif(log_status, '-') AS log_status\nFROM flow_logs\nWHERE {{raw_window}}\nORDER BY \"end\" DESC, \"start\" DESC, interface_id, srcaddr, srcport, dstaddr, dstport, protocol, packets, bytes, action, log_status\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "never_answered",
    "what": "TCP that was let through and never answered - the rule is right, the service is not there, or its answer takes another way.",
    "grain": "one row per client, server, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "records": "records",
      "packets": "packets",
      "first_accept": "first start of a record let through on the way to the server",
      "last_accept": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    service_port,\n    max(scope) AS scope,\n    sum(accepted_records) AS records,\n    sum(accepted_packets) AS packets,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND client IS NOT NULL\nGROUP BY client, server, service_port\nHAVING sum(accepted_records) > 0\n    AND sum(accepted_bytes) = sum(sent_bytes)\n    AND sum(rejected_records + reply_rejected_records) = 0\nORDER BY records DESC, client, server, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "new_services",
    "what": "Services inside that were let through for the first time, as far as the window reaches back.",
    "grain": "one row per server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "first_accept": "when it was first let through",
      "sample_client": "one of the clients; NULL where they are folded",
      "records": "records",
      "bytes": "bytes"
    },
    "parameters": {
      "since": {
        "type": "time",
        "what": "from when on a service is new; the window should begin days before"
      }
    },
    "text": "SELECT\n    server,\n    protocol,\n    service_port,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    min(client) AS sample_client,\n    sum(accepted_records) AS records,\n    sum(accepted_bytes) AS bytes\nFROM traffic_rollup\nWHERE {{rollup_window}} AND scope IN ('internal', 'ingress') AND accepted_records > 0\nGROUP BY server, protocol, service_port\nHAVING min(first_accept) >= :since\nORDER BY first_accept DESC, server, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "open_to_internet",
    "what": "Services inside that somebody from the internet was let through to.",
    "grain": "one row per server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "is_admin_port": "whether the port gives control of a host or its data",
      "clients": "distinct clients; the folded crowd of a public service counts as its size in its busiest hour",
      "records": "records",
      "bytes": "bytes",
      "first_accept": "first start of a record let through on the way to the server",
      "last_accept": "last such start"
    },
    "text": "SELECT\n    server,\n    protocol,\n    service_port,\n    coalesce(service_port IN {{admin_ports}}, FALSE) AS is_admin_port,\n    count(DISTINCT client) + max(CASE WHEN client IS NULL THEN clients ELSE 0 END) AS clients,\n    sum(accepted_records) AS records,\n    sum(accepted_bytes) AS bytes,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept\nFROM traffic_rollup\nWHERE {{rollup_window}} AND scope = 'ingress' AND accepted_records > 0\nGROUP BY server, protocol, service_port\nORDER BY is_admin_port DESC, bytes DESC, server, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "protocol_share",
    "what": "Which protocols are spoken, and how much of each is refused.",
    "grain": "one row per protocol",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "protocol": "IANA number",
      "accepted_records": "records let through",
      "rejected_records": "records refused, either way, late ones not",
      "bytes": "bytes let through, both ways",
      "bytes_percent": "share of all bytes let through",
      "clients": "distinct clients",
      "servers": "distinct servers"
    },
    "text": "SELECT\n    protocol,\n    accepted_records,\n    rejected_records,\n    bytes,\n    round(CAST(100 * bytes AS double) / nullif(CAST(sum(bytes) OVER () AS double), 0), 1) AS bytes_percent,\n    clients,\n    servers\nFROM (\n    SELECT\n        protocol,\n        sum(accepted_records) AS accepted_records,\n        sum(rejected_records + reply_rejected_records) AS rejected_records,\n        sum(accepted_bytes) AS bytes,\n        count(DISTINCT client) AS clients,\n        count(DISTINCT server) AS servers\n    FROM traffic_rollup\n    WHERE {{rollup_window}}\n    GROUP BY protocol\n) AS protocols\nORDER BY bytes DESC, protocol\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "refused_to_port",
    "what": "Where an address was refused on a port - \"is my jump box being refused on 443?\"",
    "grain": "one row per server and protocol",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "server": "who was asked",
      "protocol": "IANA number",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "rejected_records": "records refused on the way to the server",
      "reply_rejected_records": "replies refused",
      "accepted_records": "records let through",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start",
      "last_accept": "when it was last let through"
    },
    "parameters": {
      "source": {
        "type": "address",
        "what": "address that asks"
      },
      "port": {
        "type": "port",
        "what": "port that it asks for"
      }
    },
    "text": "SELECT\n    server,\n    protocol,\n    max(scope) AS scope,\n    {{refusing_end:refused_at}} AS refused_at,\n    sum(rejected_records) AS rejected_records,\n    sum(reply_rejected_records) AS reply_rejected_records,\n    sum(accepted_records) AS accepted_records,\n    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept\nFROM traffic_rollup\nWHERE {{rollup_window}} AND client = :source AND service_port = :port\nGROUP BY server, protocol\nHAVING sum(rejected_records + reply_rejected_records) > 0\nORDER BY rejected_records DESC, reply_rejected_records DESC, server, protocol\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "rejected_tcp_by_day",
    "what": "Refused TCP by day, with the day of the week - on the way there, on the way back, and late.",
    "grain": "one row per UTC day",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "day": "UTC day, YYYY-MM-DD",
      "weekday": "Monday to Sunday",
      "records": "TCP records refused on the way to the server",
      "reply_rejected_records": "replies refused",
      "late_records": "records refused after a connection closed, which no rule did",
      "packets": "packets refused on the way to the server",
      "bytes": "bytes of these",
      "clients": "distinct clients that were refused",
      "servers": "distinct servers concerned"
    },
    "text": "SELECT\n    day,\n    ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][day_of_week(CAST(day AS date))] AS weekday,\n    sum(rejected_records) AS records,\n    sum(reply_rejected_records) AS reply_rejected_records,\n    sum(late_records) AS late_records,\n    sum(rejected_packets) AS packets,\n    sum(rejected_bytes) AS bytes,\n    count(DISTINCT client) AS clients,\n    count(DISTINCT server) AS servers\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND rejected_records + reply_rejected_records + late_records > 0\nGROUP BY day\nORDER BY day\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "rejected_traffic",
    "what": "Traffic that was refused, at whichever end, conversations counted once.",
    "grain": "one row per client, server, protocol, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "records": "records refused on the way to the server",
      "reply_rejected_records": "replies refused",
      "late_records": "records refused after a connection closed, which no rule did",
      "packets": "packets refused on the way to the server",
      "bytes": "bytes of these",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    protocol,\n    service_port,\n    max(scope) AS scope,\n    {{refusing_end:refused_at}} AS refused_at,\n    sum(rejected_records) AS records,\n    sum(reply_rejected_records) AS reply_rejected_records,\n    sum(late_records) AS late_records,\n    sum(rejected_packets) AS packets,\n    sum(rejected_bytes) AS bytes,\n    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject\nFROM traffic_rollup\nWHERE {{rollup_window}} AND rejected_records + reply_rejected_records + late_records > 0\nGROUP BY client, server, protocol, service_port\nORDER BY records DESC, reply_rejected_records DESC, late_records DESC, client, server, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "rejects_by_reason",
    "what": "Why traffic was refused - a rule, VPC Block Public Access, encryption controls. Needs the field reject-reason; without it every reason is NULL.",
    "grain": "one row per reason, scope, end that refused",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "reject_reason": "BPA, EC, or NULL - a security group or a network ACL",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "records": "records refused, either way, late ones not",
      "bytes": "bytes of these",
      "clients": "distinct clients",
      "servers": "distinct servers"
    },
    "text": "SELECT\n    reject_reason,\n    scope,\n    refused_at,\n    sum(rejected_records + reply_rejected_records) AS records,\n    sum(rejected_bytes + reply_rejected_bytes) AS bytes,\n    count(DISTINCT client) AS clients,\n    count(DISTINCT server) AS servers\nFROM traffic_rollup\nWHERE {{rollup_window}} AND rejected_records + reply_rejected_records > 0\nGROUP BY reject_reason, scope, refused_at\nORDER BY records DESC, reject_reason, scope, refused_at\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "ssh_accepts",
    "what": "Who was let in on SSH, and where from.",
    "grain": "one row per client and server",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "sent_bytes": "of the bytes, from client to server",
      "first_accept": "first start of a record let through on the way to the server",
      "last_accept": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    max(scope) AS scope,\n    sum(accepted_records) AS records,\n    sum(accepted_packets) AS packets,\n    sum(accepted_bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND service_port = 22 AND accepted_records > 0\nGROUP BY client, server\nORDER BY records DESC, client, server\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "ssh_rdp_traffic",
    "what": "Traffic to SSH (22) and RDP (3389), refused or not.",
    "grain": "one row per client, server, service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "accepted_records": "records let through",
      "rejected_records": "records refused, either way, late ones not",
      "bytes": "bytes let through, both ways",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "last_accept": "last such start",
      "last_reject": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    service_port,\n    max(scope) AS scope,\n    sum(accepted_records) AS accepted_records,\n    sum(rejected_records + reply_rejected_records) AS rejected_records,\n    sum(accepted_bytes) AS bytes,\n    {{refusing_end:refused_at}} AS refused_at,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND service_port IN (22, 3389)\nGROUP BY client, server, service_port\nORDER BY bytes DESC, rejected_records DESC, client, server, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "ssh_rejects",
    "what": "Who was refused on SSH, and at which end.",
    "grain": "one row per client and server",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "records": "records refused, either way, late ones not",
      "packets": "packets refused on the way to the server",
      "accepted_records": "records let through",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start"
    },
    "text": "SELECT\n    client,\n    server,\n    max(scope) AS scope,\n    {{refusing_end:refused_at}} AS refused_at,\n    sum(rejected_records + reply_rejected_records) AS records,\n    sum(rejected_packets) AS packets,\n    sum(accepted_records) AS accepted_records,\n    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND service_port = 22\nGROUP BY client, server\nHAVING sum(rejected_records + reply_rejected_records) > 0\nORDER BY records DESC, client, server\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_instances",
    "what": "EC2 instances that moved the most bytes, as logged at their own interfaces. Needs the field instance-id.",
    "grain": "one row per instance",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "instance_id": "id of the instance",
      "vpc_id": "VPC it lies in",
      "interfaces": "interfaces that logged",
      "accepted_records": "records let through",
      "rejected_records": "records refused, as logged",
      "packets": "packets let through",
      "bytes": "bytes let through, in and out"
    },
    "text": "SELECT\n    instance_id,\n    max(vpc_id) AS vpc_id,\n    count(DISTINCT interface_id) AS interfaces,\n    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,\n    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,\n    sum(CASE WHEN action = 'ACCEPT' THEN packets ELSE 0 END) AS packets,\n    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS bytes\nFROM coverage_rollup\nWHERE {{rollup_window}} AND instance_id IS NOT NULL\nGROUP BY instance_id\nORDER BY bytes DESC, instance_id\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_pairs",
    "what": "Pairs of hosts that moved the most bytes between them.",
    "grain": "one row per client and server",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began; NULL for the many internet clients of a busy public service, which the rollup keeps as one",
      "server": "who was asked",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "services": "distinct services (protocol, port)",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "sent_bytes": "of the bytes, from client to server",
      "returned_bytes": "of the bytes, from server to client"
    },
    "text": "SELECT\n    client,\n    server,\n    max(scope) AS scope,\n    count(DISTINCT protocol * 65536 + coalesce(service_port, 0)) AS services,\n    sum(accepted_records) AS records,\n    sum(accepted_packets) AS packets,\n    sum(accepted_bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes,\n    sum(accepted_bytes - sent_bytes) AS returned_bytes\nFROM traffic_rollup\nWHERE {{rollup_window}} AND accepted_records > 0\nGROUP BY client, server\nORDER BY bytes DESC, client, server\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_rejected",
    "what": "Connections that were refused most often, as logged.",
    "grain": "one row per source, destination, destination port, protocol",
    "reads": "flow_logs",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "srcaddr": "source as logged",
      "dstaddr": "destination as logged",
      "dstport": "destination port",
      "protocol": "IANA number",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes"
    },
    "text": "SELECT\n    srcaddr,\n    dstaddr,\n    dstport,\n    protocol,\n    count(*) AS records,\n    sum(CAST(packets AS decimal(38, 0))) AS packets,\n    sum(CAST(bytes AS decimal(38, 0))) AS bytes\nFROM flow_logs\nWHERE {{raw_window}} AND action = 'REJECT'\nGROUP BY srcaddr, dstaddr, dstport, protocol\nORDER BY records DESC, srcaddr, dstaddr, dstport, protocol\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_rejected_ports",
    "what": "Ports that were refused most often, and by whom they were asked for.",
    "grain": "one row per protocol and service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "records": "records",
      "internal_records": "of these, inside",
      "egress_records": "of these, from inside to outside",
      "ingress_records": "of these, from outside",
      "clients": "distinct clients",
      "servers": "distinct servers"
    },
    "text": "SELECT\n    protocol,\n    service_port,\n    sum(rejected_records) AS records,\n    sum(CASE WHEN scope = 'internal' THEN rejected_records ELSE 0 END) AS internal_records,\n    sum(CASE WHEN scope = 'egress' THEN rejected_records ELSE 0 END) AS egress_records,\n    sum(CASE WHEN scope = 'ingress' THEN rejected_records ELSE 0 END) AS ingress_records,\n    count(DISTINCT client) AS clients,\n    count(DISTINCT server) AS servers\nFROM traffic_rollup\nWHERE {{rollup_window}} AND rejected_records > 0\nGROUP BY protocol, service_port\nORDER BY records DESC, protocol, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_rejected_sources",
    "what": "Clients that were refused most often.",
    "grain": "one row per client",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "client": "who began",
      "is_outside": "whether the client lies outside the local networks",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "servers": "distinct servers that it asked",
      "ports": "distinct ports that it asked for",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start"
    },
    "text": "SELECT\n    client,\n    bool_or(scope IN ('ingress', 'transit')) AS is_outside,\n    sum(rejected_records) AS records,\n    sum(rejected_packets) AS packets,\n    sum(rejected_bytes) AS bytes,\n    count(DISTINCT server) AS servers,\n    count(DISTINCT service_port) AS ports,\n    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject\nFROM traffic_rollup\nWHERE {{rollup_window}} AND rejected_records > 0\nGROUP BY client\nORDER BY records DESC, client\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_subnets",
    "what": "Subnets whose interfaces moved the most bytes, as logged at these interfaces. Needs the field subnet-id.",
    "grain": "one row per subnet",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "subnet_id": "id of the subnet",
      "vpc_id": "VPC it lies in",
      "interfaces": "interfaces that logged",
      "accepted_records": "records let through",
      "rejected_records": "records refused, as logged",
      "packets": "packets let through",
      "bytes": "bytes let through, in and out"
    },
    "text": "SELECT\n    subnet_id,\n    max(vpc_id) AS vpc_id,\n    count(DISTINCT interface_id) AS interfaces,\n    sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,\n    sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,\n    sum(CASE WHEN action = 'ACCEPT' THEN packets ELSE 0 END) AS packets,\n    sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS bytes\nFROM coverage_rollup\nWHERE {{rollup_window}} AND subnet_id IS NOT NULL\nGROUP BY subnet_id\nORDER BY bytes DESC, subnet_id\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_talkers_by_bytes",
    "what": "Addresses that moved the most bytes, as client or as server, conversations counted once.",
    "grain": "one row per address",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "address": "NULL stands for the many internet clients of busy public services, which the rollup keeps as one",
      "bytes": "bytes let through, sent and received",
      "sent_bytes": "of these, sent by the address",
      "received_bytes": "of these, received by it",
      "packets": "packets",
      "records": "records",
      "peers": "distinct counterparts"
    },
    "text": "SELECT\n    address,\n    sum(bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes,\n    sum(bytes - sent_bytes) AS received_bytes,\n    sum(packets) AS packets,\n    sum(records) AS records,\n    count(DISTINCT peer) AS peers\nFROM (\n    SELECT\n        client AS address,\n        server AS peer,\n        accepted_records AS records,\n        accepted_packets AS packets,\n        accepted_bytes AS bytes,\n        sent_bytes AS sent_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}} AND accepted_records > 0\n    UNION ALL\n    SELECT server, client, accepted_records, accepted_packets, accepted_bytes, accepted_bytes - sent_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}} AND accepted_records > 0\n) AS ends\nGROUP BY address\nORDER BY bytes DESC, address\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_talkers_by_packets",
    "what": "Addresses that moved the most packets, as client or as server, conversations counted once.",
    "grain": "one row per address",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "address": "NULL stands for the many internet clients of busy public services, which the rollup keeps as one",
      "bytes": "bytes let through, sent and received",
      "sent_bytes": "of these, sent by the address",
      "received_bytes": "of these, received by it",
      "packets": "packets",
      "records": "records",
      "peers": "distinct counterparts"
    },
    "text": "SELECT\n    address,\n    sum(bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes,\n    sum(bytes - sent_bytes) AS received_bytes,\n    sum(packets) AS packets,\n    sum(records) AS records,\n    count(DISTINCT peer) AS peers\nFROM (\n    SELECT\n        client AS address,\n        server AS peer,\n        accepted_records AS records,\n        accepted_packets AS packets,\n        accepted_bytes AS bytes,\n        sent_bytes AS sent_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}} AND accepted_records > 0\n    UNION ALL\n    SELECT server, client, accepted_records, accepted_packets, accepted_bytes, accepted_bytes - sent_bytes\n    FROM traffic_rollup\n    WHERE {{rollup_window}} AND accepted_records > 0\n) AS ends\nGROUP BY address\nORDER BY packets DESC, address\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "top_tcp",
    "what": "TCP services that moved the most bytes.",
    "grain": "one row per server and service port",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "server": "who was asked",
      "service_port": "NULL where the protocol has no ports",
      "clients": "distinct clients; the folded crowd of a public service counts as its size in its busiest hour",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "sent_bytes": "of the bytes, from clients to the server"
    },
    "text": "SELECT\n    server,\n    service_port,\n    count(DISTINCT client) + max(CASE WHEN client IS NULL THEN clients ELSE 0 END) AS clients,\n    sum(accepted_records) AS records,\n    sum(accepted_packets) AS packets,\n    sum(accepted_bytes) AS bytes,\n    sum(sent_bytes) AS sent_bytes\nFROM traffic_rollup\nWHERE {{rollup_window}} AND protocol = 6 AND accepted_records > 0\nGROUP BY server, service_port\nORDER BY bytes DESC, server, service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "total_bytes",
    "what": "Total bytes transferred, each conversation counted once however many interfaces logged it.",
    "grain": "one row per scope, and one for all",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "scope": "total, or internal, egress, ingress, transit",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes let through, both ways",
      "sent_bytes": "of the bytes, from client to server",
      "returned_bytes": "of the bytes, from server to client",
      "rejected_bytes": "bytes that did not get through"
    },
    "text": "SELECT\n    coalesce(r.scope, 'total') AS scope,\n    coalesce(sum(accepted_records), 0) AS records,\n    coalesce(sum(accepted_packets), 0) AS packets,\n    coalesce(sum(accepted_bytes), 0) AS bytes,\n    coalesce(sum(sent_bytes), 0) AS sent_bytes,\n    coalesce(sum(accepted_bytes - sent_bytes), 0) AS returned_bytes,\n    coalesce(sum(rejected_bytes + reply_rejected_bytes + late_bytes), 0) AS rejected_bytes\nFROM traffic_rollup AS r\nWHERE {{rollup_window}}\nGROUP BY GROUPING SETS ((), (r.scope))\nORDER BY CASE WHEN r.scope IS NULL THEN 1 ELSE 0 END, r.scope\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "trace_conversations",
    "what": "Every conversation of a subject, by the rules of the rollup, refused ones first, no client folded.",
    "grain": "one row per client, server, protocol, service port",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window; everything after it reads the records of the subject alone",
    "columns": {
      "client": "who began",
      "server": "who was asked",
      "protocol": "IANA number",
      "service_port": "NULL where the protocol has no ports",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "decided_by": "what told client from server",
      "refused_at": "client, server or both - the end that refused; NULL where the logs do not show it",
      "accepted_records": "records let through",
      "accepted_packets": "packets let through",
      "accepted_bytes": "bytes let through, both ways",
      "sent_bytes": "of the bytes, from client to server",
      "rejected_records": "records refused on the way to the server",
      "rejected_packets": "packets of these",
      "rejected_bytes": "bytes of these",
      "reply_rejected_records": "replies refused",
      "late_records": "records refused after a connection closed, which no rule did",
      "first_accept": "first start of a record let through on the way to the server",
      "last_accept": "last such start",
      "first_reject": "first start of a refused record that is not late",
      "last_reject": "last such start",
      "client_interface_id": "interface of the client, where it is logged",
      "server_interface_id": "interface of the server, where it is logged",
      "reject_reason": "BPA or EC where logged"
    },
    "text": "WITH flow_tuples AS (\n{{subject_tuples}}\n),\n\nconversation_hours AS (\n{{include:rollups/traffic_rollup}}\n)\n\nSELECT\n    client,\n    server,\n    protocol,\n    service_port,\n    max(scope) AS scope,\n    min(decided_by) AS decided_by,\n    {{refusing_end:refused_at}} AS refused_at,\n    sum(accepted_records) AS accepted_records,\n    sum(accepted_packets) AS accepted_packets,\n    sum(accepted_bytes) AS accepted_bytes,\n    sum(sent_bytes) AS sent_bytes,\n    sum(rejected_records) AS rejected_records,\n    sum(rejected_packets) AS rejected_packets,\n    sum(rejected_bytes) AS rejected_bytes,\n    sum(reply_rejected_records) AS reply_rejected_records,\n    sum(late_records) AS late_records,\n    CAST(from_unixtime(min(first_accept)) AS timestamp) AS first_accept,\n    CAST(from_unixtime(max(last_accept)) AS timestamp) AS last_accept,\n    CAST(from_unixtime(min(first_reject)) AS timestamp) AS first_reject,\n    CAST(from_unixtime(max(last_reject)) AS timestamp) AS last_reject,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    max(reject_reason) AS reject_reason\nFROM conversation_hours AS h\nGROUP BY client, server, protocol, service_port\nORDER BY\n    CASE WHEN sum(h.rejected_records + h.reply_rejected_records) > 0 THEN 0 ELSE 1 END,\n    rejected_records DESC,\n    reply_rejected_records DESC,\n    accepted_bytes DESC,\n    client,\n    server,\n    protocol,\n    service_port\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "trace_hours",
    "what": "When a subject talked and was refused.",
    "grain": "one row per hour that has records of it",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window; everything after it reads the records of the subject alone",
    "columns": {
      "hour": "start of the hour",
      "accepted_records": "records let through",
      "rejected_records": "records refused, either way, late ones not",
      "late_records": "records refused after a connection closed, which no rule did",
      "accepted_bytes": "bytes let through, both ways",
      "rejected_bytes": "bytes refused, either way, late ones not",
      "peers": "distinct pairs of client and server"
    },
    "text": "WITH flow_tuples AS (\n{{subject_tuples}}\n),\n\nconversation_hours AS (\n{{include:rollups/traffic_rollup}}\n),\n\npair_hours AS (\n    SELECT\n        hour,\n        client,\n        server,\n        sum(accepted_records) AS accepted_records,\n        sum(rejected_records + reply_rejected_records) AS rejected_records,\n        sum(late_records) AS late_records,\n        sum(accepted_bytes) AS accepted_bytes,\n        sum(rejected_bytes + reply_rejected_bytes) AS rejected_bytes\n    FROM conversation_hours\n    GROUP BY hour, client, server\n)\n\nSELECT\n    CAST(from_unixtime(p.hour) AS timestamp) AS hour,\n    sum(accepted_records) AS accepted_records,\n    sum(rejected_records) AS rejected_records,\n    sum(late_records) AS late_records,\n    sum(accepted_bytes) AS accepted_bytes,\n    sum(rejected_bytes) AS rejected_bytes,\n    count(*) AS peers\nFROM pair_hours AS p\nGROUP BY p.hour\nORDER BY p.hour\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "trace_records",
    "what": "Records of a subject, as logged, newest first.",
    "grain": "one row per record",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "start_time": "start of the window",
      "end_time": "end of the window",
      "interface_id": "interface that logged",
      "src": "who sent it, as the packet says where logged",
      "srcport": "source port",
      "dst": "who it was for",
      "dstport": "destination port",
      "protocol": "IANA number",
      "packets": "packets",
      "bytes": "bytes",
      "action": "ACCEPT or REJECT",
      "handshake": "syn (asks), syn-ack (answers), none (flags logged, neither), NULL (not logged)",
      "flow_direction": "ingress or egress, as the interface sees it",
      "reject_reason": "BPA or EC where logged"
    },
    "text": "SELECT\n    CAST(from_unixtime(r.start_time) AS timestamp) AS start_time,\n    CAST(from_unixtime(r.end_time) AS timestamp) AS end_time,\n    interface_id,\n    src,\n    srcport,\n    dst,\n    dstport,\n    protocol,\n    packets,\n    bytes,\n    action,\n    handshake,\n    flow_direction,\n    reject_reason\nFROM flow_records AS r\nWHERE {{subject_records}} AND action IN ('ACCEPT', 'REJECT')\nORDER BY\n    r.end_time DESC,\n    r.start_time DESC,\n    interface_id,\n    src,\n    srcport,\n    dst,\n    dstport,\n    protocol,\n    packets,\n    bytes,\n    action,\n    handshake,\n    flow_direction,\n    reject_reason\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "traffic_by_account",
    "what": "Accounts side by side, as logged at the interfaces of each.",
    "grain": "one row per account",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "account_id": "the account; NULL where not logged",
      "interfaces": "interfaces that logged",
      "accepted_records": "records let through",
      "rejected_records": "records refused, as logged",
      "rejected_percent": "refused records in a hundred",
      "accepted_bytes": "bytes let through, in and out",
      "rejected_bytes": "bytes refused",
      "skipped_records": "SKIPDATA records - AWS lost some there"
    },
    "text": "SELECT\n    account_id,\n    interfaces,\n    accepted_records,\n    rejected_records,\n    round(CAST(100 * rejected_records AS double) / nullif(CAST((accepted_records + rejected_records) AS double), 0), 1) AS rejected_percent,\n    accepted_bytes,\n    rejected_bytes,\n    skipped_records\nFROM (\n    SELECT\n        account_id,\n        count(DISTINCT interface_id) AS interfaces,\n        sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,\n        sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,\n        sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accepted_bytes,\n        sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS rejected_bytes,\n        sum(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END) AS skipped_records\n    FROM coverage_rollup\n    WHERE {{rollup_window}}\n    GROUP BY account_id\n) AS totals\nORDER BY accepted_bytes DESC, rejected_records DESC, account_id\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "traffic_by_hour",
    "what": "How much was let through in each hour, by scope.",
    "grain": "one row per hour that has traffic",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the rollup; no log",
    "columns": {
      "hour": "start of the hour",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "internal_bytes": "of these, inside",
      "egress_bytes": "of these, asked for from inside, answered outside",
      "ingress_bytes": "of these, asked for from outside"
    },
    "text": "SELECT\n    CAST(from_unixtime(hour) AS timestamp) AS hour,\n    sum(accepted_records) AS records,\n    sum(accepted_packets) AS packets,\n    sum(accepted_bytes) AS bytes,\n    sum(CASE WHEN scope = 'internal' THEN accepted_bytes ELSE 0 END) AS internal_bytes,\n    sum(CASE WHEN scope = 'egress' THEN accepted_bytes ELSE 0 END) AS egress_bytes,\n    sum(CASE WHEN scope = 'ingress' THEN accepted_bytes ELSE 0 END) AS ingress_bytes\nFROM traffic_rollup\nWHERE {{rollup_window}}\nGROUP BY traffic_rollup.hour\nORDER BY traffic_rollup.hour\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "traffic_by_region",
    "what": "Regions side by side, as logged at the interfaces of each. Needs the field region.",
    "grain": "one row per region",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "region": "the region; NULL where not logged",
      "interfaces": "interfaces that logged",
      "accepted_records": "records let through",
      "rejected_records": "records refused, as logged",
      "rejected_percent": "refused records in a hundred",
      "accepted_bytes": "bytes let through, in and out",
      "rejected_bytes": "bytes refused",
      "skipped_records": "SKIPDATA records - AWS lost some there"
    },
    "text": "SELECT\n    region,\n    interfaces,\n    accepted_records,\n    rejected_records,\n    round(CAST(100 * rejected_records AS double) / nullif(CAST((accepted_records + rejected_records) AS double), 0), 1) AS rejected_percent,\n    accepted_bytes,\n    rejected_bytes,\n    skipped_records\nFROM (\n    SELECT\n        region,\n        count(DISTINCT interface_id) AS interfaces,\n        sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,\n        sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,\n        sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accepted_bytes,\n        sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS rejected_bytes,\n        sum(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END) AS skipped_records\n    FROM coverage_rollup\n    WHERE {{rollup_window}}\n    GROUP BY region\n) AS totals\nORDER BY accepted_bytes DESC, rejected_records DESC, region\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "traffic_by_vpc",
    "what": "VPCs side by side, as logged at the interfaces of each. Needs the field vpc-id.",
    "grain": "one row per VPC",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the window's days of the coverage rollup; no log",
    "columns": {
      "vpc_id": "the VPC; NULL where not logged",
      "interfaces": "interfaces that logged",
      "accepted_records": "records let through",
      "rejected_records": "records refused, as logged",
      "rejected_percent": "refused records in a hundred",
      "accepted_bytes": "bytes let through, in and out",
      "rejected_bytes": "bytes refused",
      "skipped_records": "SKIPDATA records - AWS lost some there"
    },
    "text": "SELECT\n    vpc_id,\n    interfaces,\n    accepted_records,\n    rejected_records,\n    round(CAST(100 * rejected_records AS double) / nullif(CAST((accepted_records + rejected_records) AS double), 0), 1) AS rejected_percent,\n    accepted_bytes,\n    rejected_bytes,\n    skipped_records\nFROM (\n    SELECT\n        vpc_id,\n        count(DISTINCT interface_id) AS interfaces,\n        sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,\n        sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,\n        sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accepted_bytes,\n        sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS rejected_bytes,\n        sum(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END) AS skipped_records\n    FROM coverage_rollup\n    WHERE {{rollup_window}}\n    GROUP BY vpc_id\n) AS totals\nORDER BY accepted_bytes DESC, rejected_records DESC, vpc_id\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "traffic_from_source",
    "what": "What an address sent, as logged by every interface that saw it.",
    "grain": "one row per dst, protocol, destination port, action",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "dst": "who it was for",
      "protocol": "IANA number",
      "dstport": "destination port; of replies, the port that had asked",
      "action": "ACCEPT or REJECT",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "first_seen": "first start",
      "last_seen": "last start"
    },
    "parameters": {
      "source": {
        "type": "address",
        "what": "address that sent"
      }
    },
    "text": "SELECT\n    dst,\n    protocol,\n    dstport,\n    action,\n    count(*) AS records,\n    sum(CAST(packets AS decimal(38, 0))) AS packets,\n    sum(CAST(bytes AS decimal(38, 0))) AS bytes,\n    CAST(from_unixtime(min(start_time)) AS timestamp) AS first_seen,\n    CAST(from_unixtime(max(start_time)) AS timestamp) AS last_seen\nFROM flow_records\nWHERE {{record_window}} AND (src = :source OR srcaddr = :source) AND action IN ('ACCEPT', 'REJECT')\nGROUP BY dst, protocol, dstport, action\nORDER BY records DESC, dst, protocol, dstport, action\nLIMIT {{limit}}\n"
  },
  {
    "kind": "queries",
    "name": "traffic_to_destination",
    "what": "What was sent to an address, as logged by every interface that saw it.",
    "grain": "one row per src, protocol, destination port, action",
    "reads": "flow_records",
    "prunes": "the partition columns of flow_logs, as the window gives them",
    "cost": "one scan of the raw logs of the window",
    "columns": {
      "src": "who sent it, as the packet says where logged",
      "protocol": "IANA number",
      "dstport": "destination port; of replies, the port that had asked",
      "action": "ACCEPT or REJECT",
      "records": "records",
      "packets": "packets",
      "bytes": "bytes",
      "first_seen": "first start",
      "last_seen": "last start"
    },
    "parameters": {
      "destination": {
        "type": "address",
        "what": "address that received"
      }
    },
    "text": "SELECT\n    src,\n    protocol,\n    dstport,\n    action,\n    count(*) AS records,\n    sum(CAST(packets AS decimal(38, 0))) AS packets,\n    sum(CAST(bytes AS decimal(38, 0))) AS bytes,\n    CAST(from_unixtime(min(start_time)) AS timestamp) AS first_seen,\n    CAST(from_unixtime(max(start_time)) AS timestamp) AS last_seen\nFROM flow_records\nWHERE {{record_window}} AND (dst = :destination OR dstaddr = :destination) AND action IN ('ACCEPT', 'REJECT')\nGROUP BY src, protocol, dstport, action\nORDER BY records DESC, src, protocol, dstport, action\nLIMIT {{limit}}\n"
  },
  {
    "kind": "detections",
    "name": "admin_port_open",
    "what": "Accepted from the internet on a port that gives control - SSH, RDP, databases.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "acceptedRecords": {
          "from": "observed",
          "what": "records let through in the period"
        },
        "clients": {
          "from": "spread",
          "what": "clients from the internet"
        },
        "oneClient": {
          "from": "sample",
          "what": "one of the clients"
        }
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN min(client) = max(client) THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS records,\n    CAST(sum(accepted_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(accepted_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_accept) AS bigint) AS first_seen,\n    CAST(max(last_accept) AS bigint) AS last_seen,\n    CAST(NULL AS varchar) AS refused_at,\n    CAST(NULL AS varchar) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM pair_periods\nWHERE scope = 'ingress' AND protocol = 6 AND service_port IN {{admin_ports}} AND accepted_records > 0\nGROUP BY period, scope, server, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "block_public_access",
    "what": "Refused with reject-reason BPA.",
    "grain": "one row per period, scope, inside host, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedRecords": {
          "from": "observed",
          "what": "records refused in the period"
        },
        "counterparts": {
          "from": "spread",
          "what": "hosts at the other end"
        },
        "oneCounterpart": {
          "from": "sample",
          "what": "one of the hosts at the other end"
        }
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN scope = 'egress' OR min(client) = max(client) THEN max(client) END AS client,\n    CASE WHEN scope <> 'egress' OR min(server) = max(server) THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT CASE WHEN scope = 'egress' THEN server ELSE client END) AS bigint) AS spread,\n    min(CASE WHEN scope = 'egress' THEN server ELSE client END) AS sample\nFROM pair_periods\nWHERE reject_reason = 'BPA' AND rejected_records > 0\nGROUP BY period, scope, CASE WHEN scope = 'egress' THEN client ELSE server END, protocol, service_port\n"
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
      },
      "min_periods": {
        "type": "integer",
        "what": "periods before it in which the interface logged in every hour that has records",
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
        "gap": {
          "from": "sample",
          "what": "skipdata, missing-hours, silent-interface or tags-gone"
        },
        "count": {
          "from": "observed",
          "what": "SKIPDATA records, hours without records, or hours of interfaces that still have an owner tag"
        },
        "outOf": {
          "from": "expected",
          "what": "records of the period, its hours, or hours of interfaces that had an owner tag the period before"
        }
      }
    },
    "columns": {
      "period": "number of the period, 0 is the oldest",
      "sample": "skipdata, missing-hours, silent-interface or tags-gone",
      "interface_id": "the interface, of silent-interface",
      "observed": "evidence",
      "expected": "evidence",
      "first_seen": "where the gap begins, Unix seconds",
      "last_seen": "where it ends, Unix seconds"
    },
    "text": "WITH hourly AS (\n    SELECT\n        p.period,\n        p.start_time,\n        p.end_time,\n        c.hour,\n        c.interface_id,\n        sum(c.records) AS records,\n        sum(CASE WHEN c.log_status = 'SKIPDATA' THEN c.records ELSE 0 END) AS skipped,\n        min(c.first_start) AS first_start,\n        max(c.last_end) AS last_end,\n        max(c.owner) AS owner\n    FROM coverage_rollup AS c\n    INNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time\n    WHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nhours AS (\n    SELECT\n        *,\n        coalesce(lead(hour) OVER (PARTITION BY period ORDER BY hour), end_time) - hour - 3600 AS gap\n    FROM (\n        SELECT\n            period,\n            end_time,\n            hour,\n            sum(records) AS records,\n            sum(skipped) AS skipped,\n            min(CASE WHEN skipped > 0 THEN first_start END) AS first_skip,\n            max(CASE WHEN skipped > 0 THEN last_end END) AS last_skip,\n            count(owner) AS owners\n        FROM hourly\n        GROUP BY period, end_time, hour\n    ) AS h\n),\n\nper_window AS (\n    SELECT\n        p.period,\n        p.start_time,\n        p.end_time,\n        min(h.first_hour) OVER () AS known_from,\n        h.first_hour,\n        h.gap_from,\n        h.gap_to,\n        coalesce(h.seen_hours, 0) AS seen_hours,\n        h.records,\n        h.skipped,\n        h.first_skip,\n        h.last_skip,\n        coalesce(h.owners, 0) AS owners\n    FROM periods AS p\n    LEFT JOIN (\n        SELECT\n            period,\n            min(hour) AS first_hour,\n            min(CASE WHEN gap > 0 THEN hour + 3600 END) AS gap_from,\n            max(CASE WHEN gap > 0 THEN hour + 3600 + gap END) AS gap_to,\n            count(*) AS seen_hours,\n            sum(records) AS records,\n            sum(skipped) AS skipped,\n            min(first_skip) AS first_skip,\n            max(last_skip) AS last_skip,\n            sum(owners) AS owners\n        FROM hours\n        GROUP BY period\n    ) AS h ON h.period = p.period\n),\n\n-- Hours before the first record of all are no gap: the logs began there.\nper_period AS (\n    SELECT\n        *,\n        end_time - hours * 3600 AS expected_from,\n        lag(owners) OVER (ORDER BY period) AS owners_before\n    FROM (\n        SELECT\n            *,\n            CAST(floor((end_time - CASE WHEN known_from > start_time THEN known_from ELSE start_time END + 3599) / 3600) AS bigint) AS hours\n        FROM per_window\n        WHERE known_from < end_time\n    ) AS p\n),\n\ninterface_hours AS (\n    SELECT\n        period,\n        interface_id,\n        start_time,\n        hour,\n        coalesce(lead(hour) OVER (PARTITION BY period, interface_id ORDER BY hour), end_time) - hour - 3600 AS gap\n    FROM hourly\n    WHERE interface_id IS NOT NULL\n),\n\n-- Each interface with the longest run of hours that it did not log: from the start of the\n-- period, between two records, or up to the end.\ninterface_periods AS (\n    SELECT\n        period,\n        interface_id,\n        min(start_time) AS start_time,\n        count(*) AS seen_hours,\n        min(hour) AS first_hour,\n        max(CASE WHEN place = 1 THEN hour END) AS gap_hour,\n        max(gap) AS gap\n    FROM (\n        SELECT\n            *,\n            row_number() OVER (PARTITION BY period, interface_id ORDER BY gap DESC, hour) AS place\n        FROM interface_hours\n    ) AS h\n    GROUP BY period, interface_id\n),\n\n-- An interface that exists logs in every interval, if only NODATA. One that comes and\n-- goes, or that a busy day woke up, has proved nothing by a single full day.\nproofs AS (\n    SELECT\n        *,\n        row_number() OVER (PARTITION BY interface_id, is_full ORDER BY period) AS nth\n    FROM (\n        SELECT\n            i.*,\n            p.hours AS hours_of_period,\n            p.seen_hours = p.hours AS has_every_hour,\n            i.seen_hours = p.seen_hours AS is_full\n        FROM interface_periods AS i\n        INNER JOIN per_period AS p ON p.period = i.period\n    ) AS i\n),\n\n-- Full periods in a row, up to the one before.\nstreaks AS (\n    SELECT\n        *,\n        lag(CASE WHEN is_full THEN nth - first_nth + 1 ELSE 0 END) OVER (PARTITION BY interface_id ORDER BY period) AS full_before,\n        lag(period) OVER (PARTITION BY interface_id ORDER BY period) AS period_before\n    FROM (\n        SELECT\n            *,\n            min(nth) OVER (PARTITION BY interface_id, is_full, period - nth) AS first_nth\n        FROM proofs\n    ) AS p\n),\n\nsilent AS (\n    SELECT\n        period,\n        interface_id,\n        hours_of_period,\n        CASE WHEN first_hour - start_time >= gap THEN start_time ELSE gap_hour + 3600 END AS silent_from,\n        CASE WHEN first_hour - start_time >= gap THEN first_hour - start_time ELSE gap END AS seconds\n    FROM streaks\n    WHERE has_every_hour AND period_before = period - 1 AND full_before >= :min_periods\n)\n\nSELECT\n    period,\n    sample,\n    interface_id,\n    CAST(observed AS decimal(38, 0)) AS observed,\n    CAST(expected AS decimal(38, 0)) AS expected,\n    CAST(first_seen AS bigint) AS first_seen,\n    CAST(last_seen AS bigint) AS last_seen\nFROM (\n    SELECT\n        period,\n        sample,\n        CAST(NULL AS varchar) AS interface_id,\n        CASE sample WHEN 'skipdata' THEN skipped WHEN 'missing-hours' THEN hours - seen_hours ELSE 0 END AS observed,\n        CASE sample WHEN 'skipdata' THEN records WHEN 'missing-hours' THEN hours ELSE owners_before END AS expected,\n        CASE sample\n            WHEN 'skipdata' THEN first_skip\n            WHEN 'tags-gone' THEN start_time\n            -- From the first hour that nobody logged to the last, wherever they lie in the period.\n            ELSE CASE WHEN first_hour = expected_from THEN gap_from ELSE expected_from END\n        END AS first_seen,\n        CASE sample\n            WHEN 'skipdata' THEN last_skip\n            WHEN 'tags-gone' THEN end_time\n            ELSE coalesce(gap_to, first_hour, end_time)\n        END AS last_seen\n    FROM per_period\n    CROSS JOIN (VALUES ('skipdata'), ('missing-hours'), ('tags-gone')) AS k (sample)\n    WHERE CASE sample\n        WHEN 'skipdata' THEN skipped > 0\n        WHEN 'missing-hours' THEN seen_hours < hours\n        ELSE owners = 0 AND owners_before > 0 AND records > 0\n    END\n    UNION ALL\n    SELECT period, 'silent-interface', interface_id, floor(seconds / 3600), hours_of_period, silent_from, silent_from + seconds\n    FROM silent\n    WHERE seconds >= :min_hours * 3600\n) AS gaps\n"
  },
  {
    "kind": "detections",
    "name": "egress_denied",
    "what": "Inside to internet, refused again and again, never let through before.",
    "grain": "one row per period, scope, client, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedRecords": {
          "from": "observed",
          "what": "records refused in the period"
        },
        "servers": {
          "from": "spread",
          "what": "servers that it tries"
        },
        "oneServer": {
          "from": "sample",
          "what": "one of the servers"
        }
      }
    },
    "text": "WITH denied AS (\n    SELECT\n        *,\n        max(CASE WHEN accepted_records > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY client, server, protocol, service_port ORDER BY period) AS ever_accepted\n    FROM pair_periods\n    WHERE scope = 'egress' AND client IS NOT NULL\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    CASE WHEN min(server) = max(server) THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT server) AS bigint) AS spread,\n    min(server) AS sample\nFROM denied\nWHERE ever_accepted = 0 AND rejected_records > 0 AND reject_reason IS NULL\nGROUP BY period, scope, client, protocol, service_port\nHAVING sum(rejected_records) >= :min_records\n"
  },
  {
    "kind": "detections",
    "name": "encryption_control",
    "what": "Refused with reject-reason EC.",
    "grain": "one row per period, scope, inside host, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedRecords": {
          "from": "observed",
          "what": "records refused in the period"
        },
        "counterparts": {
          "from": "spread",
          "what": "hosts at the other end"
        },
        "oneCounterpart": {
          "from": "sample",
          "what": "one of the hosts at the other end"
        }
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN scope = 'egress' OR min(client) = max(client) THEN max(client) END AS client,\n    CASE WHEN scope <> 'egress' OR min(server) = max(server) THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT CASE WHEN scope = 'egress' THEN server ELSE client END) AS bigint) AS spread,\n    min(CASE WHEN scope = 'egress' THEN server ELSE client END) AS sample\nFROM pair_periods\nWHERE reject_reason = 'EC' AND rejected_records > 0\nGROUP BY period, scope, CASE WHEN scope = 'egress' THEN client ELSE server END, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "host_sweep",
    "what": "One client inside that is refused by many hosts on one port.",
    "grain": "one row per period, client, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusingHosts": {
          "from": "spread",
          "what": "hosts that refused"
        },
        "oneHost": {
          "from": "sample",
          "what": "one of the hosts"
        }
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    CAST(NULL AS varchar) AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(count(DISTINCT server) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT server) AS bigint) AS spread,\n    min(server) AS sample\nFROM pair_periods\nWHERE scope IN ('internal', 'egress') AND rejected_records > 0 AND client IS NOT NULL\nGROUP BY period, scope, client, protocol, service_port\nHAVING count(DISTINCT server) >= :min_hosts\n"
  },
  {
    "kind": "detections",
    "name": "internal_denied",
    "what": "Private client to private server, refused again and again, never let through before.",
    "grain": "one row per period, scope, server, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedRecords": {
          "from": "observed",
          "what": "records refused in the period"
        },
        "clients": {
          "from": "spread",
          "what": "clients that are refused"
        },
        "oneClient": {
          "from": "sample",
          "what": "one of the clients"
        }
      }
    },
    "text": "WITH denied AS (\n    SELECT\n        *,\n        max(CASE WHEN accepted_records > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY client, server, protocol, service_port ORDER BY period) AS ever_accepted\n    FROM pair_periods\n    WHERE scope = 'internal' AND client IS NOT NULL\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN min(client) = max(client) THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM denied\nWHERE ever_accepted = 0 AND rejected_records > 0 AND reject_reason IS NULL\nGROUP BY period, scope, server, protocol, service_port\nHAVING sum(rejected_records) >= :min_records\n"
  },
  {
    "kind": "detections",
    "name": "large_transfer",
    "what": "Pair that moved far more bytes than in its own history.",
    "grain": "one row per period, client, server, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "movedBytes": {
          "from": "observed",
          "what": "bytes in the period"
        },
        "usualBytes": {
          "from": "expected",
          "what": "median of the earlier periods"
        },
        "firstAccept": {
          "from": "since",
          "what": "first time the pair was seen let through"
        }
      }
    },
    "text": "WITH histories AS (\n    SELECT\n        b.*,\n        e.accepted_bytes AS earlier,\n        min(e.first_accept) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS known_since,\n        row_number() OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port ORDER BY e.accepted_bytes) AS place,\n        count(*) OVER (PARTITION BY b.period, b.client, b.server, b.protocol, b.service_port) AS places\n    FROM pair_periods AS b\n    INNER JOIN pair_periods AS e\n        ON e.client = b.client\n        AND e.server = b.server\n        AND e.protocol = b.protocol\n        AND coalesce(e.service_port, -1) = coalesce(b.service_port, -1)\n        AND e.period < b.period\n        AND e.accepted_records > 0\n    WHERE b.accepted_bytes >= :min_bytes\n),\n\n-- Median and MAD by position: exact, and the same on every engine.\nmedians AS (\n    SELECT\n        *,\n        max(CASE WHEN 2 * place <= places + 1 THEN earlier END) OVER (PARTITION BY period, client, server, protocol, service_port) AS median\n    FROM histories\n),\n\ndeviations AS (\n    SELECT\n        *,\n        abs(earlier - median) AS deviation,\n        row_number() OVER (PARTITION BY period, client, server, protocol, service_port ORDER BY abs(earlier - median)) AS nearness\n    FROM medians\n)\n\nSELECT\n    CAST(period AS bigint) AS period,\n    max(scope) AS scope,\n    client,\n    server,\n    protocol,\n    service_port,\n    CAST(max(accepted_records) AS decimal(38, 0)) AS records,\n    CAST(max(accepted_packets) AS decimal(38, 0)) AS packets,\n    CAST(max(accepted_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(max(first_accept) AS bigint) AS first_seen,\n    CAST(max(last_accept) AS bigint) AS last_seen,\n    CAST(NULL AS varchar) AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(max(accepted_bytes) AS decimal(38, 0)) AS observed,\n    CAST(max(median) AS decimal(38, 0)) AS expected,\n    CAST(max(known_since) AS bigint) AS since,\n    CAST(NULL AS bigint) AS spread,\n    CAST(NULL AS varchar) AS sample\nFROM deviations\nWHERE 2 * nearness <= places + 1\nGROUP BY period, client, server, protocol, service_port\nHAVING max(places) >= :min_periods\n    AND max(accepted_bytes) >= :factor * max(median)\n    AND max(accepted_bytes) > max(median) + :deviations * max(deviation)\n"
  },
  {
    "kind": "detections",
    "name": "newly_accepted",
    "what": "Source that was refused on earlier days and is let through now, on the same service.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "acceptedRecords": {
          "from": "observed",
          "what": "records let through in the period"
        },
        "refusedPeriods": {
          "from": "expected",
          "what": "earlier periods in which it was refused"
        },
        "lastReject": {
          "from": "since",
          "what": "last time it was refused"
        },
        "sources": {
          "from": "spread",
          "what": "sources that are let through now; of folded clients the most in one hour"
        },
        "oneSource": {
          "from": "sample",
          "what": "one of the sources"
        }
      }
    },
    "text": "WITH asked AS (\n    -- Each as who it is, and once more as the internet: folded clients have no history of\n    -- their own, and that of the internet with a service is of every client outside.\n    SELECT\n        p.period,\n        i.is_internet,\n        p.scope,\n        CASE WHEN NOT i.is_internet THEN p.client END AS client,\n        p.server,\n        p.protocol,\n        p.service_port,\n        CASE WHEN i.is_internet THEN CASE WHEN p.client IS NULL THEN p.clients END ELSE 1 END AS clients,\n        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN 0 ELSE p.accepted_records END AS accepted_records,\n        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN 0 ELSE p.accepted_packets END AS accepted_packets,\n        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN 0 ELSE p.accepted_bytes END AS accepted_bytes,\n        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN CAST(NULL AS bigint) ELSE p.first_accept END AS first_accept,\n        CASE WHEN i.is_internet AND p.client IS NOT NULL THEN CAST(NULL AS bigint) ELSE p.last_accept END AS last_accept,\n        CASE WHEN NOT i.is_internet THEN p.client_interface_id END AS client_interface_id,\n        p.server_interface_id,\n        p.accepted_records AS let_in_records,\n        p.rejected_records,\n        p.last_reject\n    FROM pair_periods AS p\n    CROSS JOIN (VALUES (FALSE), (TRUE)) AS i (is_internet)\n    WHERE CASE WHEN i.is_internet THEN p.scope = 'ingress' ELSE p.client IS NOT NULL END\n    UNION ALL\n    -- A source that was refused now and then stands alone on those days, without its name.\n    SELECT\n        p.period,\n        FALSE,\n        r.scope,\n        r.client,\n        r.server,\n        r.protocol,\n        r.service_port,\n        1,\n        0,\n        0,\n        0,\n        CAST(NULL AS bigint),\n        CAST(NULL AS bigint),\n        CAST(NULL AS varchar),\n        r.server_interface_id,\n        0,\n        r.rejected_records,\n        r.last_reject\n    FROM traffic_rollup AS r\n    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\n    INNER JOIN (\n        SELECT DISTINCT client, server, protocol, service_port\n        FROM pair_periods\n        WHERE scope = 'ingress' AND accepted_records > 0 AND client IS NOT NULL\n    ) AS l\n        ON l.client = r.client\n        AND l.server = r.server\n        AND coalesce(l.protocol, -1) = coalesce(r.protocol, -1)\n        AND coalesce(l.service_port, -1) = coalesce(r.service_port, -1)\n    WHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}' AND r.is_lone\n),\n\nsources AS (\n    SELECT\n        period,\n        is_internet,\n        max(scope) AS scope,\n        client,\n        server,\n        protocol,\n        service_port,\n        max(clients) AS clients,\n        sum(accepted_records) AS accepted_records,\n        sum(accepted_packets) AS accepted_packets,\n        sum(accepted_bytes) AS accepted_bytes,\n        min(first_accept) AS first_accept,\n        max(last_accept) AS last_accept,\n        max(client_interface_id) AS client_interface_id,\n        max(server_interface_id) AS server_interface_id,\n        sum(rejected_records) > 0 AND sum(let_in_records) = 0 AS is_refused,\n        sum(let_in_records) > 0 AS is_let_in,\n        max(last_reject) AS last_reject\n    FROM asked\n    GROUP BY period, is_internet, client, server, protocol, service_port\n),\n\nlet_in AS (\n    SELECT\n        *,\n        count(CASE WHEN is_refused THEN 1 END) OVER earlier AS refused_periods,\n        max(CASE WHEN is_refused THEN last_reject END) OVER earlier AS refused_before,\n        min(CASE WHEN is_refused THEN period END) OVER earlier AS first_refused,\n        min(CASE WHEN is_let_in THEN period END) OVER earlier AS first_let_in\n    FROM sources\n    WINDOW earlier AS (\n        PARTITION BY is_internet, client, server, protocol, service_port\n        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING\n    )\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN sum(clients) = 1 THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS records,\n    CAST(sum(accepted_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(accepted_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_accept) AS bigint) AS first_seen,\n    CAST(max(last_accept) AS bigint) AS last_seen,\n    CAST(NULL AS varchar) AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS observed,\n    CAST(max(refused_periods) AS decimal(38, 0)) AS expected,\n    CAST(max(refused_before) AS bigint) AS since,\n    CAST(sum(clients) AS bigint) AS spread,\n    min(client) AS sample\nFROM let_in\nWHERE accepted_records > 0\n    AND refused_periods >= :min_periods\n    AND (first_let_in IS NULL OR first_let_in > first_refused)\n    AND scope <> 'transit'\nGROUP BY period, scope, server, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "newly_rejected",
    "what": "Client to service that was let through on earlier days and is refused now.",
    "grain": "one row per period, server, protocol, service port; egress - per period, client, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedRecords": {
          "from": "observed",
          "what": "records refused in the period"
        },
        "lastAccept": {
          "from": "since",
          "what": "last time it was let through"
        },
        "counterparts": {
          "from": "spread",
          "what": "clients that are refused; on the way out the servers"
        },
        "oneCounterpart": {
          "from": "sample",
          "what": "one of them"
        }
      }
    },
    "text": "WITH refused AS (\n    SELECT\n        *,\n        -- The last earlier period in which the pair was let through and not refused.\n        max(CASE WHEN accepted_records > 0 AND rejected_records < :min_records THEN period END) OVER earlier AS good_period,\n        coalesce(last_accept, max(last_accept) OVER earlier) AS accepted_before\n    FROM pair_periods\n    WHERE client IS NOT NULL\n    WINDOW earlier AS (\n        PARTITION BY client, server, protocol, service_port\n        ORDER BY period ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING\n    )\n),\n\n-- Inside to internet it is the client who lost something, else the server whose door shut.\nshut AS (\n    SELECT\n        *,\n        CASE WHEN scope = 'egress' THEN client ELSE server END AS host,\n        CASE WHEN scope = 'egress' THEN server ELSE client END AS counterpart\n    FROM refused\n    WHERE rejected_records >= :min_records AND good_period IS NOT NULL AND scope <> 'transit'\n)\n\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN min(client) = max(client) THEN max(client) END AS client,\n    CASE WHEN min(server) = max(server) THEN max(server) END AS server,\n    protocol,\n    service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(max(accepted_before) AS bigint) AS since,\n    CAST(count(DISTINCT counterpart) AS bigint) AS spread,\n    min(counterpart) AS sample\nFROM shut\nGROUP BY period, scope, host, protocol, service_port\n"
  },
  {
    "kind": "detections",
    "name": "port_scan",
    "what": "One client inside that is refused on many ports of one server.",
    "grain": "one row per period, client, server",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedPorts": {
          "from": "spread",
          "what": "ports refused"
        },
        "lowestPort": {
          "from": "sample",
          "what": "lowest of the ports"
        }
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    server,\n    max(protocol) AS protocol,\n    CAST(NULL AS integer) AS service_port,\n    CAST(sum(rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(count(DISTINCT service_port) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT service_port) AS bigint) AS spread,\n    CAST(min(service_port) AS varchar) AS sample\nFROM pair_periods\nWHERE scope IN ('internal', 'egress') AND rejected_records > 0 AND client IS NOT NULL\nGROUP BY period, scope, client, server\nHAVING count(DISTINCT service_port) >= :min_ports\n"
  },
  {
    "kind": "detections",
    "name": "reject_spike",
    "what": "Rejects of a service far above its own history.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedRecords": {
          "from": "observed",
          "what": "records refused in the period"
        },
        "usualRecords": {
          "from": "expected",
          "what": "median of the earlier periods"
        },
        "clients": {
          "from": "spread",
          "what": "clients refused"
        },
        "oneClient": {
          "from": "sample",
          "what": "one of the clients"
        }
      }
    },
    "text": "WITH services AS (\n    SELECT\n        period,\n        scope,\n        server,\n        protocol,\n        service_port,\n        sum(rejected_records) AS records,\n        sum(rejected_packets) AS packets,\n        sum(rejected_bytes) AS bytes,\n        min(first_reject) AS first_reject,\n        max(last_reject) AS last_reject,\n        {{refusing_end:refused_at}} AS refused_at,\n        max(server_interface_id) AS server_interface_id,\n        count(DISTINCT client) + sum(lone_clients) AS clients,\n        min(sample) AS sample\n    FROM pair_periods\n    -- Knocks here and there have no service.\n    WHERE rejected_records > 0 AND scope <> 'transit' AND (service_port IS NOT NULL OR protocol NOT IN (6, 17, 33, 132, 136))\n    GROUP BY 1, 2, 3, 4, 5\n),\n\nhistories AS (\n    SELECT\n        s.*,\n        e.records AS earlier,\n        row_number() OVER (PARTITION BY s.period, s.scope, s.server, s.protocol, s.service_port ORDER BY e.records) AS place,\n        count(*) OVER (PARTITION BY s.period, s.scope, s.server, s.protocol, s.service_port) AS places\n    FROM services AS s\n    INNER JOIN services AS e\n        ON e.server = s.server\n        AND e.scope = s.scope\n        AND e.protocol = s.protocol\n        AND coalesce(e.service_port, -1) = coalesce(s.service_port, -1)\n        AND e.period < s.period\n    WHERE s.records >= :min_records\n),\n\n-- Median and MAD by position: exact, and the same on every engine.\nmedians AS (\n    SELECT\n        *,\n        max(CASE WHEN 2 * place <= places + 1 THEN earlier END) OVER (PARTITION BY period, scope, server, protocol, service_port) AS median\n    FROM histories\n),\n\ndeviations AS (\n    SELECT\n        *,\n        abs(earlier - median) AS deviation,\n        row_number() OVER (PARTITION BY period, scope, server, protocol, service_port ORDER BY abs(earlier - median)) AS nearness\n    FROM medians\n)\n\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN max(clients) = 1 THEN max(sample) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(max(records) AS decimal(38, 0)) AS records,\n    CAST(max(packets) AS decimal(38, 0)) AS packets,\n    CAST(max(bytes) AS decimal(38, 0)) AS bytes,\n    CAST(max(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    max(refused_at) AS refused_at,\n    CAST(NULL AS varchar) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(max(records) AS decimal(38, 0)) AS observed,\n    CAST(max(median) AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(max(clients) AS bigint) AS spread,\n    max(sample) AS sample\nFROM deviations\nWHERE 2 * nearness <= places + 1\nGROUP BY period, scope, server, protocol, service_port\nHAVING max(places) >= :min_periods\n    AND max(records) >= :factor * max(median)\n    AND max(records) > max(median) + :deviations * max(deviation)\n"
  },
  {
    "kind": "detections",
    "name": "reply_rejected",
    "what": "The way there is let through, the way back is refused.",
    "grain": "one row per period, server, protocol, service port",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "refusedReplies": {
          "from": "observed",
          "what": "replies refused in the period"
        },
        "acceptedRecords": {
          "from": "expected",
          "what": "records let through on the way there and back"
        },
        "clients": {
          "from": "spread",
          "what": "clients concerned"
        },
        "oneClient": {
          "from": "sample",
          "what": "one of the clients"
        }
      }
    },
    "text": "SELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    CASE WHEN min(client) = max(client) THEN max(client) END AS client,\n    server,\n    protocol,\n    service_port,\n    CAST(sum(reply_rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(reply_rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(reply_rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(first_reject) AS bigint) AS first_seen,\n    CAST(max(last_reject) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(reply_rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(sum(accepted_records) AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(count(DISTINCT client) AS bigint) AS spread,\n    min(client) AS sample\nFROM pair_periods\nWHERE reply_rejected_records > 0 AND scope <> 'transit' AND client IS NOT NULL\nGROUP BY period, scope, server, protocol, service_port\nHAVING sum(reply_rejected_records) >= :min_records\n"
  },
  {
    "kind": "detections",
    "name": "unusual_protocol",
    "what": "Protocol other than TCP, UDP and ICMP between a pair that never used it.",
    "grain": "one row per period, client, server, protocol",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
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
        "seenRecords": {
          "from": "observed",
          "what": "records in the period, refused or not"
        }
      }
    },
    "text": "WITH seen AS (\n    SELECT\n        *,\n        -- Whoever of the two spoke first on that day.\n        min(period) OVER (PARTITION BY least(client, server), greatest(client, server), protocol) AS first_period\n    FROM pair_periods\n    -- Out of one column of the rollup: the pairs of all periods would be added up again for it.\n    CROSS JOIN (\n        SELECT min(p.period) AS oldest_period\n        FROM periods AS p\n        INNER JOIN (\n            SELECT min(hour) AS hour\n            FROM traffic_rollup\n            WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND hour >= (SELECT min(start_time) FROM periods)\n        ) AS h ON h.hour < p.end_time\n    ) AS o\n    WHERE protocol NOT IN (1, 6, 17, 58) AND client IS NOT NULL\n)\nSELECT\n    CAST(period AS bigint) AS period,\n    scope,\n    client,\n    server,\n    protocol,\n    CAST(NULL AS integer) AS service_port,\n    CAST(sum(accepted_records + rejected_records) AS decimal(38, 0)) AS records,\n    CAST(sum(accepted_packets + rejected_packets) AS decimal(38, 0)) AS packets,\n    CAST(sum(accepted_bytes + rejected_bytes) AS decimal(38, 0)) AS bytes,\n    CAST(min(coalesce(first_accept, first_reject)) AS bigint) AS first_seen,\n    CAST(max(coalesce(last_accept, last_reject)) AS bigint) AS last_seen,\n    {{refusing_end:refused_at}} AS refused_at,\n    max(client_interface_id) AS client_interface_id,\n    max(server_interface_id) AS server_interface_id,\n    CAST(sum(accepted_records + rejected_records) AS decimal(38, 0)) AS observed,\n    CAST(NULL AS decimal(38, 0)) AS expected,\n    CAST(NULL AS bigint) AS since,\n    CAST(NULL AS bigint) AS spread,\n    CAST(NULL AS varchar) AS sample\nFROM seen\nWHERE first_period > oldest_period AND scope <> 'transit' AND accepted_records + rejected_records > 0\nGROUP BY period, scope, client, server, protocol\n"
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
      "period": "number of the period, 0 is the oldest",
      "log_status": "OK, NODATA, SKIPDATA, or NULL where the format has none",
      "action": "ACCEPT, REJECT or NULL",
      "records": "records as logged",
      "packets": "packets as logged",
      "bytes": "bytes as logged",
      "first_start": "first start, Unix seconds",
      "last_end": "last end, Unix seconds"
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
    "columns": {
      "period": "number of the period, 0 is the oldest",
      "hours": "hours that have at least one record",
      "interfaces": "interfaces that logged",
      "first_hour": "first such hour, Unix seconds",
      "last_hour": "last such hour"
    },
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
    "columns": {
      "interface_id": "interface",
      "account_id": "its account",
      "region": "its region",
      "vpc_id": "its VPC",
      "subnet_id": "its subnet",
      "instance_id": "its instance",
      "owner": "value of the owner tag, where logged"
    },
    "text": "SELECT\n    interface_id,\n    max(account_id) AS account_id,\n    max(region) AS region,\n    max(vpc_id) AS vpc_id,\n    max(subnet_id) AS subnet_id,\n    max(instance_id) AS instance_id,\n    max(owner) AS owner\nFROM coverage_rollup\nWHERE day BETWEEN '{{first_day}}' AND '{{last_day}}' AND interface_id IS NOT NULL\nGROUP BY interface_id\n"
  },
  {
    "kind": "reports",
    "name": "noise",
    "what": "What the internet asked for and was refused in the report's period, by source and by port, without what a control of the VPC refused.",
    "grain": "one row per kind (total, source, port), the busiest first",
    "reads": "traffic_rollup",
    "prunes": "day",
    "cost": "one read of one day of the rollup",
    "columns": {
      "kind": "total, source or port",
      "name": "address, or port/protocol",
      "records": "records refused",
      "sources": "distinct sources, of the total and of a port",
      "place": "rank within its kind"
    },
    "text": "WITH refused AS (\n    SELECT r.client, r.protocol, r.service_port, sum(r.rejected_records) AS records\n    FROM traffic_rollup AS r\n    INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\n    WHERE r.day BETWEEN '{{first_day}}' AND '{{last_day}}'\n        AND p.period = {{last_period}}\n        AND r.scope = 'ingress'\n        AND r.rejected_records > 0\n        AND r.reject_reason IS NULL\n    GROUP BY 1, 2, 3\n),\n\ncounted AS (\n    SELECT\n        k.kind,\n        CASE k.kind\n            WHEN 'source' THEN client\n            WHEN 'port' THEN CAST(service_port AS varchar) || '/' || CAST(protocol AS varchar)\n        END AS name,\n        CASE WHEN k.kind = 'port' THEN service_port END AS service_port,\n        CASE WHEN k.kind = 'port' THEN protocol END AS protocol,\n        sum(records) AS records,\n        count(DISTINCT CASE WHEN k.kind <> 'source' THEN client END) AS sources\n    FROM refused\n    CROSS JOIN (VALUES ('total'), ('source'), ('port')) AS k (kind)\n    WHERE k.kind <> 'port' OR service_port IS NOT NULL\n    GROUP BY 1, 2, 3, 4\n),\n\nranked AS (\n    SELECT\n        kind,\n        name,\n        records,\n        CASE WHEN kind <> 'source' THEN sources END AS sources,\n        row_number() OVER (\n            PARTITION BY kind\n            ORDER BY records DESC, CASE WHEN kind = 'source' THEN name END, service_port, protocol\n        ) AS place\n    FROM counted\n)\n\nSELECT kind, name, records, sources, place\nFROM ranked\nWHERE place <= 10\n"
  },
  {
    "kind": "reports",
    "name": "periods",
    "what": "Traffic of each period, conversations counted once - totals and trend of the report.",
    "grain": "one row per period and scope",
    "reads": "traffic_rollup, lone_refusals, traffic_days",
    "prunes": "day",
    "cost": "one read of the rollup's history days",
    "columns": {
      "period": "number of the period, 0 is the oldest",
      "scope": "internal, egress, ingress or transit",
      "accepted_records": "records let through",
      "accepted_packets": "packets let through",
      "accepted_bytes": "bytes let through",
      "rejected_records": "refused, on the way there, on the way back or late",
      "rejected_packets": "packets of these",
      "rejected_bytes": "bytes of these",
      "late_records": "of these, after a connection closed",
      "late_pairs": "hours of conversations that have late records"
    },
    "text": "WITH {{include:reported_traffic}}\n\nSELECT\n    p.period,\n    r.scope,\n    sum(r.accepted_records) AS accepted_records,\n    sum(r.accepted_packets) AS accepted_packets,\n    sum(r.accepted_bytes) AS accepted_bytes,\n    sum(r.rejected_records + r.reply_rejected_records + r.late_records) AS rejected_records,\n    sum(r.rejected_packets + r.reply_rejected_packets + r.late_packets) AS rejected_packets,\n    sum(r.rejected_bytes + r.reply_rejected_bytes + r.late_bytes) AS rejected_bytes,\n    sum(r.late_records) AS late_records,\n    sum(r.late_hours) AS late_pairs\nFROM reported_traffic AS r\nINNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time\nGROUP BY p.period, r.scope\n"
  },
  {
    "kind": "datasets",
    "name": "builds",
    "what": "What each day of the rollup was built from, for dashboards - the size of its logs, and what was scanned of them.",
    "grain": "one row per day",
    "reads": "rollup_builds",
    "prunes": "day",
    "cost": "one read of a table that has one row a build; no log",
    "columns": {
      "day": "UTC day, a time",
      "files": "files delivered on the day",
      "stored_bytes": "bytes of these, as stored",
      "scanned_bytes": "bytes of logs that were read for the build that counts, files delivered after midnight included",
      "records": "records that began on the day"
    },
    "text": "SELECT\n    CAST(CAST(b.day AS date) AS timestamp) AS day,\n    b.files,\n    b.bytes AS stored_bytes,\n    b.scanned_bytes,\n    b.records\nFROM rollup_builds AS b\nINNER JOIN (SELECT day, max(build) AS build FROM rollup_builds GROUP BY day) AS c\n    ON c.day = b.day AND c.build = b.build\n"
  },
  {
    "kind": "datasets",
    "name": "coverage",
    "what": "What the logs say of themselves, for dashboards - records as logged, hour by hour and interface.",
    "grain": "one row per hour, interface, status, action",
    "reads": "coverage_rollup",
    "prunes": "day",
    "cost": "one read of the coverage rollup; no log",
    "columns": {
      "day": "UTC day, a time",
      "hour": "start of the hour",
      "account_id": "account of the interface",
      "region": "region of the interface",
      "vpc_id": "VPC of the interface",
      "subnet_id": "subnet of the interface",
      "interface_id": "interface that logged",
      "instance_id": "instance of the interface",
      "owner": "value of the owner tag where logged, else none",
      "log_status": "OK, NODATA or SKIPDATA; a format without status counts as OK",
      "action": "ACCEPT or REJECT; none where nothing was logged",
      "records": "records as logged",
      "lost_records": "of these, SKIPDATA - a window that AWS could not capture",
      "packets": "packets as logged",
      "bytes": "bytes as logged"
    },
    "text": "SELECT\n    CAST(CAST(day AS date) AS timestamp) AS day,\n    CAST(from_unixtime(hour) AS timestamp) AS hour,\n    account_id,\n    region,\n    vpc_id,\n    subnet_id,\n    interface_id,\n    instance_id,\n    coalesce(owner, 'none') AS owner,\n    coalesce(log_status, 'OK') AS log_status,\n    coalesce(action, 'none') AS action,\n    CAST(records AS bigint) AS records,\n    CAST(CASE WHEN log_status = 'SKIPDATA' THEN records ELSE 0 END AS bigint) AS lost_records,\n    CAST(packets AS bigint) AS packets,\n    CAST(bytes AS bigint) AS bytes\nFROM coverage_rollup\n"
  },
  {
    "kind": "datasets",
    "name": "peers",
    "what": "Who talks to whom, for dashboards - each pair once a day.",
    "grain": "one row per day, client, server, service, scope, account, region, VPC; the owner follows from these",
    "reads": "traffic_rollup, coverage_rollup",
    "prunes": "day",
    "cost": "one read of both rollups; no log",
    "columns": {
      "day": "UTC day, a time",
      "account_id": "account of an interface that logged it",
      "region": "region of an interface that logged it",
      "vpc_id": "VPC of an interface that logged it",
      "owner": "value of the owner tag of the server's interface, else of the client's, where logged",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "client": "who began; \"many clients\" where the rollup folds them",
      "server": "who was asked",
      "service": "protocol and port, tcp/443",
      "outcome": "rejected where anything but late packets was refused, else accepted",
      "records": "records let through or refused, counted once",
      "accepted_records": "records let through",
      "rejected_records": "records refused - requests, replies and late packets",
      "accepted_bytes": "bytes let through, both ways",
      "sent_bytes": "of these, from client to server"
    },
    "text": "WITH {{include:owned_traffic}}\n\nSELECT\n    CAST(CAST(day AS date) AS timestamp) AS day,\n    account_id,\n    region,\n    vpc_id,\n    owner,\n    scope,\n    coalesce(client, 'many clients') AS client,\n    server,\n    {{service_name:protocol:service_port}} AS service,\n    CASE WHEN sum(rejected_records + reply_rejected_records) > 0 THEN 'rejected' ELSE 'accepted' END AS outcome,\n    CAST(sum(accepted_records + rejected_records + reply_rejected_records + late_records) AS bigint) AS records,\n    CAST(sum(accepted_records) AS bigint) AS accepted_records,\n    CAST(sum(rejected_records + reply_rejected_records + late_records) AS bigint) AS rejected_records,\n    CAST(sum(accepted_bytes) AS bigint) AS accepted_bytes,\n    CAST(sum(sent_bytes) AS bigint) AS sent_bytes\nFROM owned_traffic\nGROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9\n"
  },
  {
    "kind": "datasets",
    "name": "rejects",
    "what": "What was refused, for dashboards - each connection once a day, with whether it was refused on an earlier day. Adds up to the rejected records of a report.",
    "grain": "one row per day, client, server, protocol, service port that was refused",
    "reads": "traffic_rollup, coverage_rollup",
    "prunes": "day",
    "cost": "one read of both rollups; no log",
    "columns": {
      "day": "UTC day, a time",
      "account_id": "account of an interface that logged it",
      "region": "region of an interface that logged it",
      "vpc_id": "VPC of an interface that logged it",
      "owner": "value of the owner tag of the server's interface, else of the client's, where logged",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "client": "who began",
      "server": "who was asked",
      "service": "protocol and port, tcp/443",
      "connection": "client, server and service in one text; NULL where only late packets were refused",
      "refused_at": "client, server or both - the end that refused",
      "reject_reason": "BPA or EC where logged, else rule",
      "phase": "request where the way there was refused, reply where only the way back was, late where only packets after a close were",
      "status": "new on the first day that the rollup has it refused, else ongoing; late where only late packets were, which is no finding",
      "day_number": "how many days it was refused, this one counted; days of late packets are none",
      "class": "noise where the internet asked and no control of the VPC refused, as in a report; else traffic",
      "rejected_records": "records refused - requests, replies and late packets",
      "refused_records": "of these, requests and replies",
      "request_records": "of these, requests",
      "rejected_packets": "packets refused",
      "rejected_bytes": "bytes refused",
      "accepted_records": "records let through on the same day",
      "last_reject": "last start of a refused record",
      "trace": "command that tells all about the connection, quoted as a shell needs it"
    },
    "text": "WITH days AS (\n    SELECT\n        day,\n        client,\n        server,\n        protocol,\n        service_port,\n        min(account_id) AS account_id,\n        min(region) AS region,\n        min(vpc_id) AS vpc_id,\n        min(server_interface_id) AS server_interface_id,\n        min(client_interface_id) AS client_interface_id,\n        min(scope) AS scope,\n        {{refusing_end:refused_at}} AS refused_at,\n        min(reject_reason) AS reject_reason,\n        sum(rejected_records) AS request_records,\n        sum(rejected_records + reply_rejected_records) AS refused_records,\n        sum(rejected_records + reply_rejected_records + late_records) AS rejected_records,\n        sum(rejected_packets + reply_rejected_packets + late_packets) AS rejected_packets,\n        sum(rejected_bytes + reply_rejected_bytes + late_bytes) AS rejected_bytes,\n        sum(accepted_records) AS accepted_records,\n        max(last_reject) AS last_reject\n    FROM traffic_rollup\n    GROUP BY 1, 2, 3, 4, 5\n    HAVING sum(rejected_records + reply_rejected_records + late_records) > 0\n),\n\n{{include:owners}},\n\nnamed AS (\n    SELECT\n        d.*,\n        coalesce(s.owner, c.owner) AS owner,\n        {{service_name:d.protocol:d.service_port}} AS service,\n        sum(CASE WHEN d.refused_records > 0 THEN 1 ELSE 0 END) OVER (\n            PARTITION BY d.client, d.server, d.protocol, d.service_port\n            ORDER BY d.day\n        ) AS day_number\n    FROM days AS d\n    LEFT JOIN owners AS s ON s.day = d.day AND s.interface_id = d.server_interface_id\n    LEFT JOIN owners AS c ON c.day = d.day AND c.interface_id = d.client_interface_id\n)\n\nSELECT\n    CAST(CAST(day AS date) AS timestamp) AS day,\n    account_id,\n    region,\n    vpc_id,\n    owner,\n    scope,\n    client,\n    server,\n    service,\n    CASE WHEN refused_records > 0 THEN client || ' -> ' || server || ' ' || service END AS connection,\n    refused_at,\n    coalesce(reject_reason, 'rule') AS reject_reason,\n    CASE WHEN request_records > 0 THEN 'request' WHEN refused_records > 0 THEN 'reply' ELSE 'late' END AS phase,\n    CASE WHEN refused_records = 0 THEN 'late' WHEN day_number = 1 THEN 'new' ELSE 'ongoing' END AS status,\n    CAST(day_number AS bigint) AS day_number,\n    CASE WHEN scope = 'ingress' AND reject_reason IS NULL THEN 'noise' ELSE 'traffic' END AS class,\n    CAST(rejected_records AS bigint) AS rejected_records,\n    CAST(refused_records AS bigint) AS refused_records,\n    CAST(request_records AS bigint) AS request_records,\n    CAST(rejected_packets AS bigint) AS rejected_packets,\n    CAST(rejected_bytes AS bigint) AS rejected_bytes,\n    CAST(accepted_records AS bigint) AS accepted_records,\n    CAST(from_unixtime(last_reject) AS timestamp) AS last_reject,\n    'turnaway trace ''' || client || '->' || CASE\n        WHEN service_port IS NULL THEN server\n        WHEN strpos(server, ':') > 0 THEN '[' || server || ']:' || CAST(service_port AS varchar)\n        ELSE server || ':' || CAST(service_port AS varchar)\n    END || '''' AS trace\nFROM named\n"
  },
  {
    "kind": "datasets",
    "name": "traffic",
    "what": "Accepted against rejected, for dashboards - the rollup hour by hour without the ends of the conversations.",
    "grain": "one row per hour, scope, account, region, VPC, owner, protocol, service port",
    "reads": "traffic_rollup, coverage_rollup",
    "prunes": "day",
    "cost": "one read of both rollups; no log",
    "columns": {
      "day": "UTC day, a time",
      "hour": "start of the hour",
      "account_id": "account of an interface that logged it",
      "region": "region of an interface that logged it",
      "vpc_id": "VPC of an interface that logged it",
      "owner": "value of the owner tag of the server's interface, else of the client's, where logged",
      "scope": "internal, egress, ingress, or transit (both ends outside)",
      "service": "protocol and port, tcp/443",
      "connections": "rows of the rollup, which is conversations of the hour",
      "accepted_records": "records let through, each conversation counted once",
      "accepted_bytes": "bytes let through, both ways",
      "rejected_records": "records refused - requests, replies and late packets",
      "rejected_bytes": "bytes refused",
      "late_records": "of these, refused after a connection closed, which are no findings"
    },
    "text": "WITH {{include:owned_traffic}}\n\nSELECT\n    CAST(CAST(day AS date) AS timestamp) AS day,\n    CAST(from_unixtime(hour) AS timestamp) AS hour,\n    account_id,\n    region,\n    vpc_id,\n    owner,\n    scope,\n    {{service_name:protocol:service_port}} AS service,\n    count(*) AS connections,\n    CAST(sum(accepted_records) AS bigint) AS accepted_records,\n    CAST(sum(accepted_bytes) AS bigint) AS accepted_bytes,\n    CAST(sum(rejected_records + reply_rejected_records + late_records) AS bigint) AS rejected_records,\n    CAST(sum(rejected_bytes + reply_rejected_bytes + late_bytes) AS bigint) AS rejected_bytes,\n    CAST(sum(late_records) AS bigint) AS late_records\nFROM owned_traffic\nGROUP BY 1, 2, 3, 4, 5, 6, 7, 8\n"
  }
];
