-- ---
-- what: What each day of the rollup was built from, for dashboards - the size of its logs, and what was scanned of them.
-- grain: one row per day
-- reads: rollup_builds
-- prunes: day
-- cost: one read of a table that has one row a build; no log
-- columns:
--   day: UTC day, a time
--   files: files delivered on the day
--   stored_bytes: bytes of these, as stored
--   scanned_bytes: bytes of logs that were read for the build that counts, files delivered after midnight included
--   records: records that began on the day
-- ---
SELECT
    CAST(CAST(b.day AS date) AS timestamp) AS day,
    b.files,
    b.bytes AS stored_bytes,
    b.scanned_bytes,
    b.records
FROM rollup_builds AS b
INNER JOIN (SELECT day, max(build) AS build FROM rollup_builds GROUP BY day) AS c
    ON c.day = b.day AND c.build = b.build
