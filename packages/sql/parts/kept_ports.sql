-- ---
-- what: Both ports of a record, without the client's ephemeral one where the two ports alone say who serves.
-- input: srcport, dstport, action and handshake in scope
-- gives: columns srcport and dstport; srcport is NULL where the destination serves, dstport where the source does
-- ---
CASE
    WHEN {{serves:dstport:srcport}} AND (handshake IS NULL OR handshake <> 'syn-ack') THEN NULL
    ELSE srcport
END AS srcport,
CASE
    WHEN {{serves:srcport:dstport}} AND (handshake IS NULL OR handshake <> 'syn') AND action = 'ACCEPT'
        THEN NULL
    ELSE dstport
END AS dstport
