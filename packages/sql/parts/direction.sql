-- ---
-- what: Who is client, who is server, what is the service port, is the record a reply, and where was it seen. The one place that decides it; see docs/adr/0003-direct-flows-in-sql.md.
-- input: records or tuples with day, interface_id, interface_type, srcaddr, dstaddr, src, dst, srcport, dstport, protocol, action, handshake, flow_direction, records, first_start, log_status
-- gives: CTE `directed`, every input column and client, server, service_port, is_reply, decided_by, seen_at, is_leg
-- ---
traffic AS (
    SELECT
        t.*,
        -- A format may lack the ports: then the pair is one conversation.
        coalesce(protocol IN (6, 17, 33, 132, 136), FALSE) AND (srcport IS NOT NULL OR dstport IS NOT NULL) AS has_ports,
        strpos(srcaddr, ':') > 0 AS is_ipv6,
        action = 'REJECT' AND protocol IN (6, 17, 33, 132, 136) AND {{serves:srcport:dstport}} AS reply_shaped,
        src < dst OR (src = dst AND coalesce(srcport, 0) <= coalesce(dstport, 0)) AS low_sent
    FROM {{input}} AS t
    WHERE action IN ('ACCEPT', 'REJECT')
        AND (log_status = 'OK' OR log_status IS NULL)
        AND src IS NOT NULL
        AND dst IS NOT NULL
),

-- Which ends are inside: asked once for each address, since it is the dear question.
locality AS (
    SELECT address, {{local:address}} AS is_local
    FROM (
        SELECT src AS address FROM traffic
        UNION
        SELECT dst AS address FROM traffic
        UNION
        SELECT srcaddr AS address FROM traffic WHERE srcaddr <> src
        UNION
        SELECT dstaddr AS address FROM traffic WHERE dstaddr <> dst
    ) AS a
),

-- Where the format has no flow-direction, an interface's own address is the one
-- that stands in every record of that interface, of each family on its own.
interface_ends AS (
    SELECT
        t.day,
        t.interface_id,
        t.is_ipv6,
        CASE WHEN e.is_source THEN t.srcaddr ELSE t.dstaddr END AS address,
        sum(t.records) AS records,
        sum(CASE WHEN e.is_source THEN t.records ELSE 0 END) AS sent_records
    FROM traffic AS t
    CROSS JOIN (VALUES (TRUE), (FALSE)) AS e (is_source)
    WHERE t.flow_direction IS NULL AND (e.is_source OR t.dstaddr <> t.srcaddr)
    GROUP BY 1, 2, 3, 4
),

own_candidates AS (
    SELECT
        e.day,
        e.interface_id,
        e.is_ipv6,
        e.address,
        count(*) OVER (PARTITION BY e.day, e.interface_id, e.is_ipv6) AS candidates,
        CASE WHEN l.is_local THEN 1 ELSE 0 END AS is_local
    FROM (
        -- Every record has one sender, so what they all sent is every record.
        SELECT *, sum(sent_records) OVER (PARTITION BY day, interface_id, is_ipv6) AS all_records
        FROM interface_ends
    ) AS e
    INNER JOIN locality AS l ON l.address = e.address
    WHERE e.records = e.all_records
),

-- An interface that talked to one peer alone leaves two candidates. The one that
-- is certainly another interface's own is out; else the local one is in.
ranked_candidates AS (
    SELECT
        c.day,
        c.interface_id,
        c.is_ipv6,
        c.address,
        rank() OVER (
            PARTITION BY c.day, c.interface_id, c.is_ipv6
            ORDER BY CASE WHEN c.candidates > 1 AND c.sure_owner <> c.interface_id THEN 0 ELSE 1 END DESC, c.is_local DESC
        ) AS place
    FROM (
        SELECT *, min(CASE WHEN candidates = 1 THEN interface_id END) OVER (PARTITION BY day, address) AS sure_owner
        FROM own_candidates
    ) AS c
),

own_addresses AS (
    SELECT day, interface_id, is_ipv6, min(address) AS address
    FROM ranked_candidates
    WHERE place = 1
    GROUP BY 1, 2, 3
    HAVING count(*) = 1
),

seen AS (
    SELECT
        t.*,
        CASE
            WHEN flow_direction = 'egress' THEN 'src'
            WHEN flow_direction = 'ingress' THEN 'dst'
            WHEN srcaddr = dstaddr THEN NULL
            WHEN o.address = srcaddr THEN 'src'
            WHEN o.address = dstaddr THEN 'dst'
        END AS own_side,
        -- The packet's own address, where it is not the interface's on the interface's side.
        {{logged:CASE
            WHEN src <> srcaddr AND (flow_direction = 'egress' OR (flow_direction IS NULL AND o.address = srcaddr)) THEN src
            WHEN dst <> dstaddr AND (flow_direction = 'ingress' OR (flow_direction IS NULL AND o.address = dstaddr)) THEN dst
        END:pkt_srcaddr:pkt_dstaddr}} AS translated
    FROM traffic AS t
    LEFT JOIN own_addresses AS o
        ON o.day = t.day AND o.interface_id = t.interface_id AND o.is_ipv6 = t.is_ipv6
),

-- A record is a transit observation when the packet's own address differs from the
-- interface's on the interface's side, unless an instance holds both (a pod, a
-- second address).
placed AS (
    SELECT
        s.*,
        CASE
            WHEN own_side IS NULL THEN TRUE
            WHEN translated IS NOT NULL THEN instance_id IS NULL OR NOT l.is_local
            ELSE FALSE
        END AS in_transit,
        translated IS NOT NULL AND (instance_id IS NULL OR NOT l.is_local) AS translates
    FROM seen AS s
    LEFT JOIN locality AS l ON l.address = s.translated
),

relays AS (
    SELECT DISTINCT day, interface_id
    FROM placed
    WHERE {{logged:interface_type}} IN ('nat_gateway', 'regional_nat_gateway') OR translates
),

-- Whom an interface that translates asks in the name of others. An instance that
-- translates also asks and serves on its own account: inside, that is what it does.
relayed AS (
    SELECT DISTINCT t.day, t.interface_id, CASE WHEN t.own_side = 'src' THEN t.dst ELSE t.src END AS peer
    FROM placed AS t
    INNER JOIN relays AS r ON r.day = t.day AND r.interface_id = t.interface_id
    INNER JOIN locality AS l ON l.address = CASE WHEN t.own_side = 'src' THEN t.dst ELSE t.src END
    WHERE NOT t.in_transit AND (t.instance_id IS NULL OR NOT l.is_local)
),

-- Both directions of one connection, where both ports are known.
connections AS (
    SELECT
        day,
        protocol,
        CASE WHEN low_sent THEN src ELSE dst END AS low_address,
        CASE WHEN low_sent THEN srcport ELSE dstport END AS low_port,
        CASE WHEN low_sent THEN dst ELSE src END AS high_address,
        CASE WHEN low_sent THEN dstport ELSE srcport END AS high_port,
        max(CASE WHEN low_sent THEN 1 ELSE 0 END) AS low_spoke,
        max(CASE WHEN low_sent THEN 0 ELSE 1 END) AS high_spoke,
        max(CASE WHEN (low_sent AND handshake = 'syn') OR (NOT low_sent AND handshake = 'syn-ack') THEN 1 ELSE 0 END) AS low_began,
        max(CASE WHEN (NOT low_sent AND handshake = 'syn') OR (low_sent AND handshake = 'syn-ack') THEN 1 ELSE 0 END) AS high_began,
        max(CASE WHEN action = 'ACCEPT' THEN 1 ELSE 0 END) AS accepted
    FROM traffic
    WHERE has_ports AND srcport IS NOT NULL AND dstport IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5, 6
),

-- Fan-in: how many counterparts spoke with this port, and were answered.
port_counterparts AS (
    SELECT
        c.day,
        c.protocol,
        CASE WHEN e.is_low THEN c.low_address ELSE c.high_address END AS address,
        CASE WHEN e.is_low THEN c.low_port ELSE c.high_port END AS port,
        count(*) AS counterparts
    FROM connections AS c
    CROSS JOIN (VALUES (TRUE), (FALSE)) AS e (is_low)
    WHERE c.low_spoke = 1 AND c.high_spoke = 1
    GROUP BY 1, 2, 3, 4
),

decisions AS (
    SELECT
        c.*,
        CASE
            WHEN low_began > high_began THEN 'tcp-flags'
            WHEN high_began > low_began THEN 'tcp-flags'
            WHEN low_spoke + high_spoke = 1 AND accepted = 0 THEN 'one-sided'
            -- From 123 to 123: who asks four servers has more counterparts than they.
            WHEN low_port = high_port AND low_spoke + high_spoke = 2 AND low_local.is_local <> high_local.is_local
                THEN 'address'
            WHEN coalesce(l.counterparts, 0) <> coalesce(h.counterparts, 0) THEN 'fan-in'
            WHEN {{port_rank:low_port}} <> {{port_rank:high_port}} THEN 'known-port'
            WHEN low_spoke + high_spoke = 1 THEN 'one-sided'
            WHEN low_port <> high_port THEN 'lower-port'
            ELSE 'address'
        END AS decided_by,
        CASE
            WHEN low_began > high_began THEN TRUE
            WHEN high_began > low_began THEN FALSE
            WHEN low_spoke + high_spoke = 1 AND accepted = 0 THEN low_spoke = 1
            WHEN low_port = high_port AND low_spoke + high_spoke = 2 AND low_local.is_local <> high_local.is_local
                THEN low_local.is_local
            WHEN coalesce(l.counterparts, 0) <> coalesce(h.counterparts, 0)
                THEN coalesce(h.counterparts, 0) > coalesce(l.counterparts, 0)
            WHEN {{port_rank:low_port}} <> {{port_rank:high_port}}
                THEN {{port_rank:high_port}} < {{port_rank:low_port}}
            WHEN low_spoke + high_spoke = 1 THEN low_spoke = 1
            WHEN low_port <> high_port THEN high_port < low_port
            ELSE low_local.is_local OR NOT high_local.is_local
        END AS low_is_client
    FROM connections AS c
    INNER JOIN locality AS low_local ON low_local.address = c.low_address
    INNER JOIN locality AS high_local ON high_local.address = c.high_address
    LEFT JOIN port_counterparts AS l
        ON l.day = c.day AND l.protocol = c.protocol AND l.address = c.low_address AND l.port = c.low_port
    LEFT JOIN port_counterparts AS h
        ON h.day = c.day AND h.protocol = c.protocol AND h.address = c.high_address AND h.port = c.high_port
),

-- A refused record shaped like a reply is one only if somebody was let in to ask.
accepted_services AS (
    SELECT DISTINCT day, protocol, src AS client, dst AS server, dstport AS service_port
    FROM traffic
    WHERE has_ports AND action = 'ACCEPT' AND srcport IS NULL
),

-- A flow log of REJECT only never shows who was let in to ask.
accepting_days AS (
    SELECT DISTINCT day FROM traffic WHERE action = 'ACCEPT'
),

-- No ports: the pair is one conversation, begun by who spoke first.
portless_pairs AS (
    SELECT
        day,
        protocol,
        CASE WHEN low_sent THEN src ELSE dst END AS low_address,
        CASE WHEN low_sent THEN dst ELSE src END AS high_address,
        min(CASE WHEN low_sent THEN first_start END) AS low_first,
        min(CASE WHEN NOT low_sent THEN first_start END) AS high_first,
        max(CASE WHEN low_sent AND action = 'REJECT' THEN 1 ELSE 0 END) AS low_rejected,
        max(CASE WHEN NOT low_sent AND action = 'REJECT' THEN 1 ELSE 0 END) AS high_rejected
    FROM traffic
    WHERE NOT has_ports
    GROUP BY 1, 2, 3, 4
),

judged AS (
    SELECT
        t.*,
        CASE
            WHEN NOT has_ports THEN low_sent = CASE
                WHEN p.high_first IS NULL THEN TRUE
                WHEN p.low_first IS NULL THEN FALSE
                -- Both ends of a tunnel talk all the time: it must not turn round every midnight.
                WHEN t.protocol NOT IN (1, 6, 17, 33, 58, 132, 136) THEN TRUE
                WHEN p.low_first <> p.high_first THEN p.low_first < p.high_first
                ELSE p.low_rejected <= p.high_rejected
            END
            WHEN handshake = 'syn' THEN TRUE
            WHEN handshake = 'syn-ack' THEN FALSE
            WHEN srcport IS NULL THEN TRUE
            WHEN dstport IS NULL THEN FALSE
            WHEN reply_shaped AND (a.client IS NOT NULL OR g.day IS NULL) THEN FALSE
            ELSE low_sent = c.low_is_client
        END AS from_client,
        CASE
            WHEN NOT has_ports THEN 'pair'
            WHEN handshake IN ('syn', 'syn-ack') THEN 'tcp-flags'
            WHEN srcport IS NULL OR dstport IS NULL THEN 'known-port'
            WHEN reply_shaped AND a.client IS NOT NULL THEN 'paired'
            WHEN reply_shaped AND g.day IS NULL THEN 'known-port'
            ELSE c.decided_by
        END AS decided_by,
        r.interface_id IS NOT NULL AND NOT in_transit AND action = 'ACCEPT' AS may_be_leg
    FROM placed AS t
    LEFT JOIN decisions AS c
        ON c.day = t.day
        AND c.protocol = t.protocol
        AND c.low_address = CASE WHEN low_sent THEN t.src ELSE t.dst END
        AND c.low_port = CASE WHEN low_sent THEN t.srcport ELSE t.dstport END
        AND c.high_address = CASE WHEN low_sent THEN t.dst ELSE t.src END
        AND c.high_port = CASE WHEN low_sent THEN t.dstport ELSE t.srcport END
    LEFT JOIN accepted_services AS a
        ON a.day = t.day
        AND a.protocol = t.protocol
        AND a.client = CASE WHEN reply_shaped THEN t.dst END
        AND a.server = t.src
        AND a.service_port = t.srcport
    LEFT JOIN portless_pairs AS p
        ON p.day = t.day
        AND coalesce(p.protocol, -1) = coalesce(t.protocol, -1)
        AND p.low_address = CASE WHEN has_ports THEN NULL WHEN low_sent THEN t.src ELSE t.dst END
        AND p.high_address = CASE WHEN low_sent THEN t.dst ELSE t.src END
    LEFT JOIN accepting_days AS g ON g.day = t.day
    LEFT JOIN relayed AS r
        ON r.day = t.day
        AND r.interface_id = t.interface_id
        AND r.peer = CASE WHEN own_side = 'src' THEN t.dst ELSE t.src END
),

directed AS (
    SELECT
        j.*,
        CASE WHEN from_client THEN src ELSE dst END AS client,
        CASE WHEN from_client THEN dst ELSE src END AS server,
        CASE WHEN NOT has_ports THEN NULL WHEN from_client THEN dstport ELSE srcport END AS service_port,
        NOT from_client AS is_reply,
        CASE
            WHEN in_transit THEN 'transit'
            WHEN (own_side = 'src') = from_client THEN 'client'
            ELSE 'server'
        END AS seen_at,
        -- The second leg of what an interface translates carries the same bytes under
        -- its own address, and must not be counted a second time.
        may_be_leg AND (own_side = 'src') = from_client AS is_leg
    FROM judged AS j
)
