-- ---
-- what: The traffic rollup as reports read it - day by day where every period is whole UTC days, which is a fraction of the rows, else hour by hour.
-- input: traffic_rollup, lone_refusals, traffic_days; the fragments first_day, last_day and grain, which is days or hours
-- gives: CTE `reported_traffic`, one row per day or hour, client, server, protocol, service port; `lone_clients` is how many stand behind a row of lone refusals, `sample` one of them
-- ---
{{include:traffic_hours}},

reported_traffic AS (
    SELECT *
    FROM traffic_{{grain}}
    WHERE day BETWEEN '{{first_day}}' AND '{{last_day}}'
)
