-- ---
-- what: Conversations, counted once - the aggregate that every report query, detection and dashboard reads.
-- grain: one row per hour, client, server, protocol, service port; accepted internet clients of a busy public service are one row with client NULL
-- reads: flow_tuples
-- prunes: day
-- cost: reads the stage of one day; no log
-- columns:
--   day: UTC day of the hour, partition
--   hour: start of the hour, Unix seconds
--   scope: internal, egress, ingress, or transit (both ends outside)
--   client: who began; NULL where clients are folded
--   server: who was asked
--   protocol: IANA number
--   service_port: NULL where the protocol has no ports
--   clients: how many clients the row stands for
--   is_lone: whether it is internet noise that stands alone - refused at most {{few}} times in the day, nothing let through, no reason logged
--   decided_by: what told client from server - tcp-flags, paired, fan-in, known-port, one-sided, lower-port, address, pair
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
--   logged_records: records as logged, by every interface
--   refused_at: client, server or both - the end that refused
--   first_accept: first start of a record let through on the way to the server, Unix seconds
--   last_accept: last such start
--   first_reject: first start of a refused record that is not late
--   last_reject: last such start
--   client_interface_id: the client's interface where it is logged
--   server_interface_id: the server's interface where it is logged
--   account_id: account of an interface that logged it
--   region: region of an interface that logged it
--   vpc_id: VPC of an interface that logged it
--   reject_reason: BPA or EC where logged
--   client_aws_service: AWS service that the client's address belongs to, where logged
--   server_aws_service: AWS service that the server's address belongs to, where logged
--   traffic_path: way out of the VPC, 1 to 8, where logged
--   next_hop_interface_id: interface that the traffic goes to next, where logged
--   next_hop_interface_type: kind of that interface
--   next_hop_vpc_id: VPC of the next hop
-- ---
WITH {{include:direction:flow_tuples}},

-- Where each conversation is counted: at the server's interface where that is
-- logged, else at the client's, else at one of those it passed - but never before
-- the place that refused, since what was let through until there did not arrive.
points AS (
    SELECT
        day,
        client,
        server,
        protocol,
        service_port,
        max(CASE WHEN seen_at = 'server' THEN 1 ELSE 0 END) AS at_server,
        max(CASE WHEN seen_at = 'client' THEN 1 ELSE 0 END) AS at_client,
        coalesce(
            min(CASE WHEN seen_at = 'transit' AND action = 'REJECT' THEN interface_id END),
            min(CASE WHEN seen_at = 'transit' THEN interface_id END)
        ) AS transit_interface_id,
        max(CASE WHEN action = 'ACCEPT' AND NOT is_reply THEN 1 ELSE 0 END) AS asked,
        max(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS refused,
        max(CASE WHEN action = 'REJECT' AND is_reply AND seen_at = 'client' THEN 1 ELSE 0 END) AS replies_refused_at_client,
        max(CASE WHEN action = 'REJECT' AND is_reply AND seen_at = 'transit' THEN 1 ELSE 0 END) AS replies_refused_in_transit,
        max(CASE WHEN action = 'REJECT' AND NOT is_reply AND seen_at = 'transit' THEN 1 ELSE 0 END) AS refused_in_transit,
        sum(records) AS records,
        min(CASE WHEN action = 'REJECT' AND NOT is_reply AND handshake IS DISTINCT FROM 'none' THEN 1 ELSE 0 END) AS only_refused,
        {{any:reject_reason}} AS reject_reason
    FROM directed
    GROUP BY 1, 2, 3, 4, 5
),

scoped AS (
    SELECT
        p.*,
        c.is_local AS client_is_local,
        s.is_local AS server_is_local
    FROM points AS p
    INNER JOIN locality AS c ON c.address = p.client
    INNER JOIN locality AS s ON s.address = p.server
),

crowds AS (
    SELECT day, server, protocol, service_port, count(*) AS clients
    FROM scoped
    WHERE refused = 0 AND server_is_local AND NOT client_is_local
    GROUP BY 1, 2, 3, 4
),

conversations AS (
    SELECT
        s.*,
        CASE
            WHEN client_is_local AND server_is_local THEN 'internal'
            WHEN client_is_local THEN 'egress'
            WHEN server_is_local THEN 'ingress'
            ELSE 'transit'
        END AS scope,
        refused = 0
            AND server_is_local
            AND NOT client_is_local
            AND coalesce(s.service_port, 0) NOT IN {{admin_ports}}
            AND coalesce(c.clients, 0) > {{crowd}} AS folded,
        only_refused = 1 AND server_is_local AND NOT client_is_local AND records <= {{few}} AND reject_reason IS NULL AS is_lone
    FROM scoped AS s
    LEFT JOIN crowds AS c
        ON c.day = s.day
        AND c.server = s.server
        AND coalesce(c.protocol, -1) = coalesce(s.protocol, -1)
        AND coalesce(c.service_port, -1) = coalesce(s.service_port, -1)
),

measured AS (
    SELECT
        d.*,
        v.scope,
        v.folded,
        v.is_lone,
        v.asked,
        -- A packet is refused once, so every refusal counts, wherever it was seen.
        d.action = 'REJECT' AND NOT d.is_reply AND d.handshake IS DISTINCT FROM 'none' AS is_rejected,
        d.action = 'REJECT' AND d.is_reply AND d.handshake IS DISTINCT FROM 'none' AS is_reply_rejected,
        d.action = 'REJECT' AND d.handshake IS NOT DISTINCT FROM 'none' AS is_after_close,
        d.action = 'ACCEPT' AND CASE
            WHEN d.is_reply AND v.replies_refused_at_client = 1 THEN d.seen_at = 'client'
            WHEN d.is_reply AND v.replies_refused_in_transit = 1 THEN d.seen_at = 'transit' AND coalesce(d.interface_id = v.transit_interface_id, TRUE)
            WHEN v.at_server = 1 THEN d.seen_at = 'server'
            WHEN NOT d.is_reply AND v.refused_in_transit = 1 THEN d.seen_at = 'transit' AND coalesce(d.interface_id = v.transit_interface_id, TRUE)
            WHEN v.at_client = 1 THEN d.seen_at = 'client'
            ELSE d.seen_at = 'transit' AND coalesce(d.interface_id = v.transit_interface_id, TRUE)
        END AS is_arrived
    FROM directed AS d
    INNER JOIN conversations AS v
        ON v.day = d.day
        AND v.client = d.client
        AND v.server = d.server
        AND coalesce(v.protocol, -1) = coalesce(d.protocol, -1)
        AND coalesce(v.service_port, -1) = coalesce(d.service_port, -1)
),

-- How many clients a folded row stands for. Whoever is folded was refused nothing.
crowd_hours AS (
    SELECT d.day, d.hour, d.server, d.protocol, d.service_port, count(DISTINCT d.client) AS clients
    FROM directed AS d
    INNER JOIN conversations AS v
        ON v.day = d.day
        AND v.client = d.client
        AND v.server = d.server
        AND coalesce(v.protocol, -1) = coalesce(d.protocol, -1)
        AND coalesce(v.service_port, -1) = coalesce(d.service_port, -1)
    WHERE v.folded
    GROUP BY 1, 2, 3, 4, 5
),

hours AS (
    SELECT
        day,
        hour,
        CASE WHEN NOT folded THEN client END AS client,
        server,
        protocol,
        service_port,
        max(scope) AS scope,
        bool_or(is_lone) AS is_lone,
        min(decided_by) AS decided_by,
        sum(CASE WHEN is_counted THEN records ELSE 0 END) AS accepted_records,
        sum(CASE WHEN is_counted THEN packets ELSE 0 END) AS accepted_packets,
        sum(CASE WHEN is_counted THEN bytes ELSE 0 END) AS accepted_bytes,
        sum(CASE WHEN is_counted AND NOT is_reply THEN bytes ELSE 0 END) AS sent_bytes,
        sum(CASE WHEN is_rejected THEN records ELSE 0 END) AS rejected_records,
        sum(CASE WHEN is_rejected THEN packets ELSE 0 END) AS rejected_packets,
        sum(CASE WHEN is_rejected THEN bytes ELSE 0 END) AS rejected_bytes,
        sum(CASE WHEN is_reply_rejected THEN records ELSE 0 END) AS reply_records,
        sum(CASE WHEN is_reply_rejected THEN packets ELSE 0 END) AS reply_packets,
        sum(CASE WHEN is_reply_rejected THEN bytes ELSE 0 END) AS reply_bytes,
        sum(CASE WHEN is_after_close THEN records ELSE 0 END) AS closed_records,
        sum(CASE WHEN is_after_close THEN packets ELSE 0 END) AS closed_packets,
        sum(CASE WHEN is_after_close THEN bytes ELSE 0 END) AS closed_bytes,
        max(CASE WHEN is_reply_rejected AND handshake = 'syn-ack' THEN 1 ELSE 0 END) AS answer_refused,
        max(asked) AS asked,
        sum(CASE WHEN is_arrived AND is_reply THEN records ELSE 0 END) AS replies_let_through,
        sum(records) AS logged_records,
        max(CASE WHEN is_rejected AND seen_at = 'client' THEN 1 ELSE 0 END) AS refused_at_client,
        max(CASE WHEN is_rejected AND seen_at = 'server' THEN 1 ELSE 0 END) AS refused_at_server,
        max(CASE WHEN is_reply_rejected AND seen_at = 'client' THEN 1 ELSE 0 END) AS reply_refused_at_client,
        max(CASE WHEN is_reply_rejected AND seen_at = 'server' THEN 1 ELSE 0 END) AS reply_refused_at_server,
        min(CASE WHEN is_counted AND NOT is_reply THEN first_start END) AS first_accept,
        max(CASE WHEN is_counted AND NOT is_reply THEN last_start END) AS last_accept,
        min(CASE WHEN is_rejected THEN first_start END) AS first_reject,
        max(CASE WHEN is_rejected THEN last_start END) AS last_reject,
        min(CASE WHEN is_reply_rejected THEN first_start END) AS first_reply_reject,
        max(CASE WHEN is_reply_rejected THEN last_start END) AS last_reply_reject,
        max(CASE WHEN seen_at = 'client' THEN interface_id END) AS client_interface_id,
        max(CASE WHEN seen_at = 'server' THEN interface_id END) AS server_interface_id,
        {{any:account_id}} AS account_id,
        {{any:region}} AS region,
        {{any:vpc_id}} AS vpc_id,
        {{any:reject_reason}} AS reject_reason,
        {{any:CASE WHEN is_reply THEN dst_aws_service ELSE src_aws_service END:src_aws_service:dst_aws_service}} AS client_aws_service,
        {{any:CASE WHEN is_reply THEN src_aws_service ELSE dst_aws_service END:src_aws_service:dst_aws_service}} AS server_aws_service,
        {{any:traffic_path}} AS traffic_path,
        {{any:next_hop_interface_id}} AS next_hop_interface_id,
        {{any:next_hop_interface_type}} AS next_hop_interface_type,
        {{any:next_hop_vpc_id}} AS next_hop_vpc_id
    FROM (SELECT m.*, is_arrived AND NOT is_leg AS is_counted FROM measured AS m) AS m
    GROUP BY 1, 2, 3, 4, 5, 6
),

-- Without flags a refused reply is late when the hour, or the one before, let
-- through at least as many replies as it refused: a rule lets none through. So it
-- is where nobody was seen to ask, as in a flow log of REJECT only.
late_replies AS (
    SELECT h.day, h.hour, h.client, h.server, h.protocol, h.service_port
    FROM hours AS h
    LEFT JOIN hours AS b
        ON b.day = h.day
        AND b.hour = h.hour - 3600
        AND b.client = h.client
        AND b.server = h.server
        AND coalesce(b.protocol, -1) = coalesce(h.protocol, -1)
        AND coalesce(b.service_port, -1) = coalesce(h.service_port, -1)
    WHERE h.reply_records > 0
        AND h.answer_refused = 0
        AND (h.asked = 0 OR h.replies_let_through + coalesce(b.replies_let_through, 0) >= h.reply_records)
),

settled AS (
    SELECT
        h.*,
        l.client IS NOT NULL AS replies_are_late,
        coalesce(c.clients, 1) AS clients
    FROM hours AS h
    LEFT JOIN late_replies AS l
        ON l.day = h.day
        AND l.hour = h.hour
        AND l.client = h.client
        AND l.server = h.server
        AND coalesce(l.protocol, -1) = coalesce(h.protocol, -1)
        AND coalesce(l.service_port, -1) = coalesce(h.service_port, -1)
    LEFT JOIN crowd_hours AS c
        ON c.day = h.day
        AND c.hour = CASE WHEN h.client IS NULL THEN h.hour END
        AND c.server = h.server
        AND coalesce(c.protocol, -1) = coalesce(h.protocol, -1)
        AND coalesce(c.service_port, -1) = coalesce(h.service_port, -1)
)

SELECT
    day,
    hour,
    scope,
    client,
    server,
    protocol,
    service_port,
    clients,
    is_lone,
    decided_by,
    accepted_records,
    accepted_packets,
    accepted_bytes,
    sent_bytes,
    rejected_records,
    rejected_packets,
    rejected_bytes,
    CASE WHEN replies_are_late THEN 0 ELSE reply_records END AS reply_rejected_records,
    CASE WHEN replies_are_late THEN 0 ELSE reply_packets END AS reply_rejected_packets,
    CASE WHEN replies_are_late THEN 0 ELSE reply_bytes END AS reply_rejected_bytes,
    closed_records + CASE WHEN replies_are_late THEN reply_records ELSE 0 END AS late_records,
    closed_packets + CASE WHEN replies_are_late THEN reply_packets ELSE 0 END AS late_packets,
    closed_bytes + CASE WHEN replies_are_late THEN reply_bytes ELSE 0 END AS late_bytes,
    logged_records,
    -- The request says it where one was refused, else the reply; late packets say nothing.
    CASE
        WHEN refused_at_client + refused_at_server = 2 THEN 'both'
        WHEN refused_at_client = 1 THEN 'client'
        WHEN refused_at_server = 1 THEN 'server'
        WHEN rejected_records > 0 OR replies_are_late THEN NULL
        WHEN reply_refused_at_client + reply_refused_at_server = 2 THEN 'both'
        WHEN reply_refused_at_client = 1 THEN 'client'
        WHEN reply_refused_at_server = 1 THEN 'server'
    END AS refused_at,
    first_accept,
    last_accept,
    CASE
        WHEN replies_are_late OR first_reply_reject IS NULL THEN first_reject
        WHEN first_reject IS NULL OR first_reply_reject < first_reject THEN first_reply_reject
        ELSE first_reject
    END AS first_reject,
    CASE
        WHEN replies_are_late OR last_reply_reject IS NULL THEN last_reject
        WHEN last_reject IS NULL OR last_reply_reject > last_reject THEN last_reply_reject
        ELSE last_reject
    END AS last_reject,
    client_interface_id,
    server_interface_id,
    account_id,
    region,
    vpc_id,
    reject_reason,
    client_aws_service,
    server_aws_service,
    traffic_path,
    next_hop_interface_id,
    next_hop_interface_type,
    next_hop_vpc_id
FROM settled
