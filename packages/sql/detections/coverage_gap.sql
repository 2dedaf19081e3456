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

hours AS (
    SELECT
        *,
        coalesce(lead(hour) OVER (PARTITION BY period ORDER BY hour), end_time) - hour - 3600 AS gap
    FROM (
        SELECT
            period,
            end_time,
            hour,
            sum(records) AS records,
            sum(skipped) AS skipped,
            min(CASE WHEN skipped > 0 THEN first_start END) AS first_skip,
            max(CASE WHEN skipped > 0 THEN last_end END) AS last_skip,
            count(owner) AS owners
        FROM hourly
        GROUP BY period, end_time, hour
    ) AS h
),

per_window AS (
    SELECT
        p.period,
        p.start_time,
        p.end_time,
        min(h.first_hour) OVER () AS known_from,
        h.first_hour,
        h.gap_from,
        h.gap_to,
        coalesce(h.seen_hours, 0) AS seen_hours,
        h.records,
        h.skipped,
        h.first_skip,
        h.last_skip,
        coalesce(h.owners, 0) AS owners
    FROM periods AS p
    LEFT JOIN (
        SELECT
            period,
            min(hour) AS first_hour,
            min(CASE WHEN gap > 0 THEN hour + 3600 END) AS gap_from,
            max(CASE WHEN gap > 0 THEN hour + 3600 + gap END) AS gap_to,
            count(*) AS seen_hours,
            sum(records) AS records,
            sum(skipped) AS skipped,
            min(first_skip) AS first_skip,
            max(last_skip) AS last_skip,
            sum(owners) AS owners
        FROM hours
        GROUP BY period
    ) AS h ON h.period = p.period
),

-- Hours before the first record of all are no gap: the logs began there.
per_period AS (
    SELECT
        *,
        end_time - hours * 3600 AS expected_from,
        lag(owners) OVER (ORDER BY period) AS owners_before
    FROM (
        SELECT
            *,
            CAST(floor((end_time - CASE WHEN known_from > start_time THEN known_from ELSE start_time END + 3599) / 3600) AS bigint) AS hours
        FROM per_window
        WHERE known_from < end_time
    ) AS p
),

interface_hours AS (
    SELECT
        period,
        interface_id,
        start_time,
        hour,
        coalesce(lead(hour) OVER (PARTITION BY period, interface_id ORDER BY hour), end_time) - hour - 3600 AS gap
    FROM hourly
    WHERE interface_id IS NOT NULL
),

-- Each interface with the longest run of hours that it did not log: from the start of the
-- period, between two records, or up to the end.
interface_periods AS (
    SELECT
        period,
        interface_id,
        min(start_time) AS start_time,
        count(*) AS seen_hours,
        min(hour) AS first_hour,
        max(CASE WHEN place = 1 THEN hour END) AS gap_hour,
        max(gap) AS gap
    FROM (
        SELECT
            *,
            row_number() OVER (PARTITION BY period, interface_id ORDER BY gap DESC, hour) AS place
        FROM interface_hours
    ) AS h
    GROUP BY period, interface_id
),

-- An interface that exists logs in every interval, if only NODATA. One that comes and
-- goes, or that a busy day woke up, has proved nothing by a single full day.
proofs AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY interface_id, is_full ORDER BY period) AS nth
    FROM (
        SELECT
            i.*,
            p.hours AS hours_of_period,
            p.seen_hours = p.hours AS has_every_hour,
            i.seen_hours = p.seen_hours AS is_full
        FROM interface_periods AS i
        INNER JOIN per_period AS p ON p.period = i.period
    ) AS i
),

-- Full periods in a row, up to the one before.
streaks AS (
    SELECT
        *,
        lag(CASE WHEN is_full THEN nth - first_nth + 1 ELSE 0 END) OVER (PARTITION BY interface_id ORDER BY period) AS full_before,
        lag(period) OVER (PARTITION BY interface_id ORDER BY period) AS period_before
    FROM (
        SELECT
            *,
            min(nth) OVER (PARTITION BY interface_id, is_full, period - nth) AS first_nth
        FROM proofs
    ) AS p
),

silent AS (
    SELECT
        period,
        interface_id,
        hours_of_period,
        CASE WHEN first_hour - start_time >= gap THEN start_time ELSE gap_hour + 3600 END AS silent_from,
        CASE WHEN first_hour - start_time >= gap THEN first_hour - start_time ELSE gap END AS seconds
    FROM streaks
    WHERE has_every_hour AND period_before = period - 1 AND full_before >= :min_periods
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
        sample,
        CAST(NULL AS varchar) AS interface_id,
        CASE sample WHEN 'skipdata' THEN skipped WHEN 'missing-hours' THEN hours - seen_hours ELSE 0 END AS observed,
        CASE sample WHEN 'skipdata' THEN records WHEN 'missing-hours' THEN hours ELSE owners_before END AS expected,
        CASE sample
            WHEN 'skipdata' THEN first_skip
            WHEN 'tags-gone' THEN start_time
            -- From the first hour that nobody logged to the last, wherever they lie in the period.
            ELSE CASE WHEN first_hour = expected_from THEN gap_from ELSE expected_from END
        END AS first_seen,
        CASE sample
            WHEN 'skipdata' THEN last_skip
            WHEN 'tags-gone' THEN end_time
            ELSE coalesce(gap_to, first_hour, end_time)
        END AS last_seen
    FROM per_period
    CROSS JOIN (VALUES ('skipdata'), ('missing-hours'), ('tags-gone')) AS k (sample)
    WHERE CASE sample
        WHEN 'skipdata' THEN skipped > 0
        WHEN 'missing-hours' THEN seen_hours < hours
        ELSE owners = 0 AND owners_before > 0 AND records > 0
    END
    UNION ALL
    SELECT period, 'silent-interface', interface_id, floor(seconds / 3600), hours_of_period, silent_from, silent_from + seconds
    FROM silent
    WHERE seconds >= :min_hours * 3600
) AS gaps
