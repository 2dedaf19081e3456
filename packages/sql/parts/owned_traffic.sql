-- ---
-- what: The traffic rollup, each row with the owner of its connection - the server's, else the client's. One for the whole day, also in hours that one end did not log, so that an owner has the same figures at every grain.
-- input: traffic_rollup, coverage_rollup
-- gives: CTE `owned_traffic`, the rows of the rollup and `owner`
-- ---
{{include:owners}},

owned_traffic AS (
    SELECT
        t.*,
        coalesce(s.owner, c.owner) AS owner
    FROM (
        SELECT
            *,
            min(server_interface_id) OVER (PARTITION BY day, client, server, protocol, service_port) AS server_of_day,
            min(client_interface_id) OVER (PARTITION BY day, client, server, protocol, service_port) AS client_of_day
        FROM traffic_rollup
    ) AS t
    LEFT JOIN owners AS s ON s.day = t.day AND s.interface_id = t.server_of_day
    LEFT JOIN owners AS c ON c.day = t.day AND c.interface_id = t.client_of_day
)
