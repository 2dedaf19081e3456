import { type QueryResult, type Row, type Statement, TurnawayError } from "@turnaway/core";
import { type BuildFacts, composeBuild, publishBuild } from "@turnaway/sql";

import { buildBegan, newBuildId } from "./build-id.ts";
import type { CommitQueue } from "./commit-queue.ts";
import { bytesOf, type DayFiles, sqlFingerprint } from "./day-files.ts";
import { run, type Warehouse } from "./warehouse.ts";

/** A day that was built and published. */
export interface BuiltDay {
  readonly facts: BuildFacts;
  /** What the engine says of each statement that it ran. */
  readonly queries: readonly { readonly name: string; readonly stats: QueryResult["stats"] }[];
}

/** A build that took longer is not published: cleaning may have taken it for abandoned. */
export const LONGEST_BUILD_SECONDS = 3 * 3600;

/**
 * Builds one day and publishes it: the scan, the steps, the rows, a check, one row in
 * `rollup_builds`. Until that last commit readers see the build before, whole; after it
 * this one, whole. Whatever stops it leaves rows that nobody reads.
 *
 * @throws TurnawayError of the engine, or ENGINE when the rows are not what was staged.
 */
export async function buildDay(
  warehouse: Warehouse,
  files: DayFiles,
  { queue, signal }: { queue: CommitQueue; signal?: AbortSignal },
): Promise<BuiltDay> {
  const { place } = warehouse;
  const build = newBuildId(warehouse.now());
  const statements = composeBuild(place, warehouse, { day: files.day, build });
  const queries: { name: string; stats: QueryResult["stats"] }[] = [];
  const ask = async (statement: Statement): Promise<QueryResult> => {
    const result = await run(warehouse, statement, signal);
    queries.push({ name: statement.name, stats: result.stats });
    return result;
  };
  const commit = (statement: Statement): Promise<QueryResult> =>
    queue.run(() => ask(statement), signal);
  try {
    const { stats } = await ask(statements.stage);
    for (const step of statements.steps) await ask(step);
    for (const insert of statements.inserts) await commit(insert);
    const counts = (await ask(statements.verify)).rows[0]!;
    requireWhole(counts, { day: files.day, build });
    const facts = factsOf(warehouse, files, { build, counts, scannedBytes: stats.scannedBytes });
    requireYoung(facts);
    await commit(publishBuild(place, facts));
    return { facts, queries };
  } finally {
    if (signal?.aborted !== true) await dropAll(warehouse, statements.drop);
  }
}

function factsOf(
  warehouse: Warehouse,
  files: DayFiles,
  { build, counts, scannedBytes }: { build: string; counts: Row; scannedBytes: number },
): BuildFacts {
  const count = (column: string): number | bigint => counts[column] as number | bigint;
  return {
    day: files.day,
    build,
    publishedAt: Math.floor(warehouse.now()),
    filesFingerprint: files.fingerprint,
    sqlFingerprint: sqlFingerprint(warehouse),
    files: files.own.length,
    bytes: bytesOf(files.own),
    settleFiles: files.settle.length,
    settleBytes: bytesOf(files.settle),
    records: count("staged_records"),
    malformed: count("malformed"),
    repeatedHeaders: count("repeated_headers"),
    trafficRows: count("traffic_rows"),
    scannedBytes,
  };
}

/** Counts that are equal in a whole build, and what it means where they are not. */
const EQUAL: readonly (readonly [string, string, (a: string, b: string) => string])[] = [
  [
    "staged_records",
    "coverage_records",
    (a, b) => `${a} records were read and ${b} are in the coverage`,
  ],
  ["traffic_rows", "traffic_keys", (a, b) => `of ${a} rows of traffic ${b} are distinct`],
  [
    "lone_records",
    "folded_records",
    (a, b) => `${a} records were refused alone and ${b} are in their summary`,
  ],
  [
    "hour_records",
    "day_records",
    (a, b) => `the hours have ${a} records of traffic and the day ${b}`,
  ],
];

// An insert whose answer was lost is run again by an engine: then its rows stand there twice.
function requireWhole(counts: Row, { day, build }: { day: string; build: string }): void {
  const why = EQUAL.flatMap(([left, right, explain]) => {
    const [a, b] = [String(counts[left]), String(counts[right])];
    return a === b ? [] : [explain(a, b)];
  });
  if (why.length === 0) return;
  throw new TurnawayError("ENGINE", {
    what: "a build is not whole, and was not published",
    where: `rollup build, ${day}, ${build}`,
    why: why.join("; "),
    fix: "build the day again; readers still see the build before",
  });
}

function requireYoung({ day, build, publishedAt }: BuildFacts): void {
  const seconds = publishedAt - buildBegan(build);
  if (seconds <= LONGEST_BUILD_SECONDS) return;
  throw new TurnawayError("ENGINE", {
    what: "a build took too long, and was not published",
    where: `rollup build, ${day}, ${build}`,
    why: `it began ${Math.round(seconds / 60)} minutes ago, and another run may be deleting it`,
    fix: "build the day again, with fewer days at once",
  });
}

// Their names are new with every build, so what stays behind is in nobody's way.
async function dropAll(warehouse: Warehouse, statements: readonly Statement[]): Promise<void> {
  for (const statement of statements) await run(warehouse, statement).catch(() => undefined);
}
