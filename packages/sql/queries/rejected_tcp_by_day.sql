-- ---
-- what: Refused TCP by day, with the day of the week - on the way there, on the way back, and late.
-- grain: one row per UTC day
-- reads: traffic_rollup
-- prunes: day
-- cost: one read of the window's days of the rollup; no log
-- columns:
--   day: UTC day, YYYY-MM-DD
--   weekday: Monday to Sunday
--   records: TCP records refused on the way to the server
--   reply_rejected_records: replies refused
--   late_records: records refused after a connection closed, which no rule did
--   packets: packets refused on the way to the server
--   bytes: bytes of these
--   clients: distinct clients that were refused
--   servers: distinct servers concerned
-- ---
SELECT
    day,
    ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][day_of_week(CAST(day AS date))] AS weekday,
    sum(rejected_records) AS records,
    sum(reply_rejected_records) AS reply_rejected_records,
    sum(late_records) AS late_records,
    sum(rejected_packets) AS packets,
    sum(rejected_bytes) AS bytes,
    count(DISTINCT client) AS clients,
    count(DISTINCT server) AS servers
FROM traffic_rollup
WHERE {{rollup_window}} AND protocol = 6 AND rejected_records + reply_rejected_records + late_records > 0
GROUP BY day
ORDER BY day
LIMIT {{limit}}
