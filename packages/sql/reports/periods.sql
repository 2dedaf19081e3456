-- ---
-- what: Traffic of each period, conversations counted once - totals and trend of the report.
-- grain: one row per period and scope
-- reads: traffic_rollup, lone_refusals, traffic_days
-- prunes: day
-- cost: one read of the rollup's history days
-- columns:
--   period: number of the period, 0 is the oldest
--   scope: internal, egress, ingress or transit
--   accepted_records: records let through
--   accepted_packets: packets let through
--   accepted_bytes: bytes let through
--   rejected_records: refused, on the way there, on the way back or late
--   rejected_packets: packets of these
--   rejected_bytes: bytes of these
--   late_records: of these, after a connection closed
--   late_pairs: hours of conversations that have late records
-- ---
WITH {{include:reported_traffic}}

SELECT
    p.period,
    r.scope,
    sum(r.accepted_records) AS accepted_records,
    sum(r.accepted_packets) AS accepted_packets,
    sum(r.accepted_bytes) AS accepted_bytes,
    sum(r.rejected_records + r.reply_rejected_records + r.late_records) AS rejected_records,
    sum(r.rejected_packets + r.reply_rejected_packets + r.late_packets) AS rejected_packets,
    sum(r.rejected_bytes + r.reply_rejected_bytes + r.late_bytes) AS rejected_bytes,
    sum(r.late_records) AS late_records,
    sum(r.late_hours) AS late_pairs
FROM reported_traffic AS r
INNER JOIN periods AS p ON r.hour >= p.start_time AND r.hour < p.end_time
GROUP BY p.period, r.scope
