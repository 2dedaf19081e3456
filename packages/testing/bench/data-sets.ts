import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { turnaway } from "./commands.ts";
import { runToEnd } from "./run-measured.ts";

/** The simulated logs that the benchmark runs on. */
export interface DataSets {
  /** One day of default-format gzip files. */
  readonly day: DataSet;
  /** The same over seven days. */
  readonly week: DataSet;
  /** Size of the day's records as the Parquet that AWS would have delivered. */
  readonly parquetBytes: number;
  /** An inside address that talks and is refused: a planted incident's client. */
  readonly address: string;
}

export interface DataSet {
  readonly folder: string;
  /** The gzip files, sorted. */
  readonly files: readonly string[];
  readonly bytes: number;
}

/**
 * Makes the data with the project's own simulator, or takes what an earlier run made.
 *
 * It is kept in the system's temporary folder, one folder for what makes it: the
 * arguments and the simulator's text. Those of an older simulator are removed.
 */
export async function prepareData(records: number, say: (line: string) => void): Promise<DataSets> {
  const cache = path.join(tmpdir(), "turnaway-bench");
  mkdirSync(cache, { recursive: true });
  removeOutdated(cache);
  const make = async (name: string, args: readonly string[]): Promise<string> => {
    const folder = path.join(cache, `${simulatorVersion()}-${records}-${name}`);
    if (existsSync(path.join(folder, MANIFEST))) return folder;
    say(`simulating ${name}: ${records} records a day, kept in ${folder}`);
    await simulate(folder, ["--records", String(records), ...FIXED, ...args]);
    return folder;
  };
  const day = await make("day", ["--days", "1"]);
  const week = await make("week", ["--days", "7"]);
  return {
    day: dataSet(day),
    week: dataSet(week),
    parquetBytes: await parquetSize(cache, records, make),
    address: refusedClient(day),
  };
}

/** Written last: a folder that has it is whole. */
const MANIFEST = "manifest.json";

// Every kind of incident but those that leave files out: a day has its 288 files,
// and the few that are delivered after midnight.
const INCIDENTS = [
  "broken-security-group",
  "closed-port-opened",
  "nacl-drops-replies",
  "inside-port-scan",
  "host-sweep",
  "egress-denied",
  "internal-denied",
  "spike",
  "admin-port-open",
  "exfiltration",
  "unusual-protocol",
  "late-packets",
  "scanners",
];

const FIXED = ["--seed", "3", "--start", "2026-11-13", "--incidents", INCIDENTS.join(",")];

async function simulate(folder: string, args: readonly string[]): Promise<void> {
  const unfinished = `${folder}.${process.pid}.tmp`;
  try {
    await runToEnd(turnaway(["simulate", ...args, "--out", unfinished, "--quiet"]));
    writeFileSync(path.join(unfinished, MANIFEST), `${JSON.stringify({ args })}\n`);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

// Only its size is needed, and that is small to keep.
async function parquetSize(
  cache: string,
  records: number,
  make: (name: string, args: readonly string[]) => Promise<string>,
): Promise<number> {
  const kept = path.join(cache, `${simulatorVersion()}-${records}-parquet.json`);
  if (existsSync(kept)) return (JSON.parse(readFileSync(kept, "utf8")) as { bytes: number }).bytes;
  const folder = await make("parquet", ["--days", "1", "--file-format", "parquet"]);
  const bytes = filesUnder(folder, ".parquet").reduce((sum, file) => sum + statSync(file).size, 0);
  writeFileSync(kept, `${JSON.stringify({ bytes })}\n`);
  rmSync(folder, { recursive: true });
  return bytes;
}

function dataSet(folder: string): DataSet {
  const files = filesUnder(folder, ".gz");
  return { folder, files, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) };
}

function filesUnder(folder: string, extension: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .map((name) => path.join(folder, name))
    .toSorted();
}

function refusedClient(folder: string): string {
  const { incidents } = JSON.parse(readFileSync(path.join(folder, "incidents.json"), "utf8")) as {
    incidents: { kind: string; client: string | null }[];
  };
  const found = incidents.find(({ kind, client }) => kind === "internal-denied" && client !== null);
  if (found?.client) return found.client;
  throw new Error(`no internal-denied incident with a client in ${folder}`);
}

function removeOutdated(cache: string): void {
  for (const name of readdirSync(cache)) {
    if (!name.startsWith(simulatorVersion()))
      rmSync(path.join(cache, name), { recursive: true, force: true });
  }
}

let version: string | undefined;

/** Changes with the text of the simulator: other text, other records. */
function simulatorVersion(): string {
  if (version !== undefined) return version;
  const folder = path.resolve(import.meta.dirname, "../../simulator/src");
  const hash = createHash("sha256");
  for (const file of filesUnder(folder, ".ts").filter((name) => !name.endsWith(".test.ts"))) {
    hash.update(readFileSync(file));
  }
  version = hash.digest("hex").slice(0, 12);
  return version;
}
