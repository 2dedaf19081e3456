-- ---
-- what: What the logs do not show - records that AWS lost, hours without any record, an interface gone silent, owner tags gone.
-- grain: one row per period and gap
-- reads: coverage_rollup
-- prunes: day
-- cost: one read of the coverage rollup's history days
-- parameters:
--   min_hours: { type: integer, what: "hours in a row that an interface must be silent", default: 3 }
--   min_periods: { type: integer, what: "periods before it in which the interface logged in every hour that has records", default: 3 }
-- detection:
--   title: The logs have a gap
--   severity: medium
--   key: sample interface
--   why: What is not logged can't be reported. No rejects in a gap is not good news, it is no news.
--   next: See whether the flow log still exists and may still write (`turnaway doctor`), and whether the interface does.
--   evidence:
--     gap: { from: sample, what: "skipdata, missing-hours, silent-interface or tags-gone" }
--     count: { from: observed, what: "SKIPDATA records, hours without records, or hours of interfaces that still have an owner tag" }
--     outOf: { from: expected, what: "records of the period, its hours, or hours of interfaces that had an owner tag the period before" }
-- columns:
--   period: number of the period, 0 is the oldest
--   sample: skipdata, missing-hours, silent-interface or tags-gone
--   interface_id: the interface, of silent-interface
--   observed: evidence
--   expected: evidence
--   first_seen: where the gap begins, Unix seconds
--   last_seen: where it ends, Unix seconds
-- ---
WITH hourly AS (
    SELECT
        p.period,
        p.start_time,
        p.end_time,
        c.hour,
        c.interface_id,
        sum(c.records) AS records,
        sum(CASE WHEN c.log_status = 'SKIPDATA' THEN c.records ELSE 0 END) AS skipped,
        min(c.first_start) AS first_start,
        max(c.last_end) AS last_end,
        max(c.owner) AS owner
    FROM coverage_rollup AS c
    INNER JOIN periods AS p ON c.hour >= p.start_time AND c.hour < p.end_time
    WHERE c.day BETWEEN '{{first_day}}' AND '{{last_day}}'
    GROUP BY 1, 2, 3, 4, 5
),

bounds AS (
    SELECT min(hour) AS first_hour FROM hourly
),

-- Hours before the first record of all are no gap: the logs began there.
expected AS (
    SELECT
        p.period,
        p.start_time,
        p.end_time,
        (p.end_time - CASE WHEN b.first_hour > p.start_time THEN b.first_hour ELSE p.start_time END + 3599) / 3600 AS hours
    FROM periods AS p
    CROSS JOIN bounds AS b
    WHERE b.first_hour < p.end_time
),

per_period AS (
    SELECT
        e.period,
        max(e.start_time) AS start_time,
        max(e.end_time) AS end_time,
        CAST(max(floor(e.hours)) AS bigint) AS hours,
        count(DISTINCT h.hour) AS seen_hours,
        sum(h.records) AS records,
        sum(h.skipped) AS skipped,
        min(CASE WHEN h.skipped > 0 THEN h.first_start END) AS first_skip,
        max(CASE WHEN h.skipped > 0 THEN h.last_end END) AS last_skip,
        count(h.owner) AS owners
    FROM expected AS e
    LEFT JOIN hourly AS h ON h.period = e.period
    GROUP BY e.period
),

-- From the first hour that nobody logged to the last, wherever they lie in the period.
missing AS (
    SELECT period, min(hour + 3600) AS missing_from, max(hour + 3600 + gap) AS missing_to
    FROM (
        SELECT
            period,
            hour,
            coalesce(lead(hour) OVER (PARTITION BY period ORDER BY hour), end_time) - hour - 3600 AS gap
        FROM (
            SELECT period, hour, end_time FROM hourly
            UNION
            SELECT period, end_time - hours * 3600 - 3600, end_time FROM per_period
        ) AS h
    ) AS gaps
    WHERE gap > 0
    GROUP BY period
),

interface_hours AS (
    SELECT
        period,
        interface_id,
        max(end_time) AS end_time,
        count(DISTINCT hour) AS seen_hours,
        max(hour) AS last_hour
    FROM hourly
    WHERE interface_id IS NOT NULL
    GROUP BY period, interface_id
),

-- Runs of hours without a record: from the start, between records, up to the end.
interface_gaps AS (
    SELECT
        period,
        interface_id,
        hour,
        coalesce(lead(hour) OVER (PARTITION BY period, interface_id ORDER BY hour), end_time) - hour - 3600 AS gap
    FROM (
        SELECT period, interface_id, hour, end_time FROM hourly WHERE interface_id IS NOT NULL
        UNION
        SELECT period, interface_id, start_time - 3600, end_time FROM hourly WHERE interface_id IS NOT NULL
    ) AS h
),

-- An interface that exists logs in every interval, if only NODATA. One that comes and
-- goes, or that a busy day woke up, has proved nothing by a single full day.
steady AS (
    SELECT t.period, t.interface_id
    FROM interface_hours AS t
    INNER JOIN interface_hours AS y
        ON y.interface_id = t.interface_id
        AND y.period < t.period
        AND y.period >= t.period - :min_periods
    INNER JOIN per_period AS p ON p.period = y.period AND p.seen_hours = y.seen_hours
    GROUP BY t.period, t.interface_id
    HAVING count(*) = :min_periods
),

silent AS (
    SELECT
        t.period,
        t.interface_id,
        g.hour + 3600 AS silent_from,
        g.hour + 3600 + g.gap AS silent_to,
        g.gap / 3600 AS hours,
        p.hours AS hours_of_period,
        row_number() OVER (PARTITION BY t.period, t.interface_id ORDER BY g.gap DESC, g.hour) AS place
    FROM steady AS t
    INNER JOIN interface_gaps AS g ON g.period = t.period AND g.interface_id = t.interface_id
    INNER JOIN per_period AS p ON p.period = t.period
    WHERE g.gap >= :min_hours * 3600 AND p.seen_hours = p.hours
)

SELECT
    period,
    sample,
    interface_id,
    CAST(observed AS decimal(38, 0)) AS observed,
    CAST(expected AS decimal(38, 0)) AS expected,
    CAST(first_seen AS bigint) AS first_seen,
    CAST(last_seen AS bigint) AS last_seen
FROM (
    SELECT
        period,
        'skipdata' AS sample,
        CAST(NULL AS varchar) AS interface_id,
        skipped AS observed,
        records AS expected,
        first_skip AS first_seen,
        last_skip AS last_seen
    FROM per_period
    WHERE skipped > 0
    UNION ALL
    SELECT p.period, 'missing-hours', CAST(NULL AS varchar), p.hours - p.seen_hours, p.hours, m.missing_from, m.missing_to
    FROM per_period AS p
    INNER JOIN missing AS m ON m.period = p.period
    WHERE p.seen_hours < p.hours
    UNION ALL
    SELECT period, 'silent-interface', interface_id, floor(hours), hours_of_period, silent_from, silent_to
    FROM silent
    WHERE place = 1
    UNION ALL
    SELECT t.period, 'tags-gone', CAST(NULL AS varchar), 0, y.owners, t.start_time, t.end_time
    FROM per_period AS t
    INNER JOIN per_period AS y ON y.period = t.period - 1
    WHERE t.owners = 0 AND y.owners > 0 AND t.records > 0
) AS gaps
