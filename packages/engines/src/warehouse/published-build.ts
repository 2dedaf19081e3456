import type { Row } from "@turnaway/core";
import type { BuildFacts } from "@turnaway/sql";

/** A row of `rollup_builds`. */
export function toBuild(row: Row): BuildFacts {
  const count = (column: string): number | bigint => row[column] as number | bigint;
  return {
    day: String(row["day"]),
    build: String(row["build"]),
    publishedAt: Number(row["published_at"]),
    filesFingerprint: String(row["files_fingerprint"]),
    sqlFingerprint: String(row["sql_fingerprint"]),
    files: Number(row["files"]),
    bytes: Number(row["bytes"]),
    settleFiles: Number(row["settle_files"]),
    settleBytes: Number(row["settle_bytes"]),
    records: count("records"),
    malformed: count("malformed"),
    repeatedHeaders: count("repeated_headers"),
    trafficRows: count("traffic_rows"),
    scannedBytes: Number(row["scanned_bytes"]),
  };
}

/** Of each day the build that is read: the greatest. */
export function newestBuilds(builds: readonly BuildFacts[]): ReadonlyMap<string, BuildFacts> {
  const newest = new Map<string, BuildFacts>();
  for (const build of builds) {
    const known = newest.get(build.day);
    // A publication whose answer was lost is repeated; the first one counts.
    if (known === undefined || build.build > known.build) newest.set(build.day, build);
  }
  return newest;
}
