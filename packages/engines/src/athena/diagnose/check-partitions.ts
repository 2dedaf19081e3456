import { dayPrefixes, isoTime, parseFlowLogFileName, parseFlowLogFolder } from "@turnaway/core";
import { fail, type Check, ok, warn } from "@turnaway/core/checks";
import { rawScope, type RawTableConfig } from "@turnaway/sql";

import {
  explainS3,
  type FolderContent,
  readFolder,
  readFolders,
  type S3Probe,
} from "./s3-probe.ts";

export interface PartitionCheck {
  readonly checks: readonly Check[];
  /** Bytes of the fullest day that was looked at: what a daily run has to read. */
  readonly dayBytes: number;
  /** One of the newest objects, to try whether it can be read; null when there is none. */
  readonly newestKey: string | null;
}

export interface PartitionOptions {
  readonly s3: S3Probe;
  readonly config: RawTableConfig;
  /** UTC days, ascending; the last one may still be under way. */
  readonly days: readonly string[];
  /** Unix seconds. */
  readonly now: number;
}

/** Each partition of the days against the objects of its folder: there, none, not yet, elsewhere. */
export async function checkPartitions(options: PartitionOptions): Promise<PartitionCheck> {
  const bucket = options.config.logs.bucket!;
  try {
    const folders = await readPartitions(options);
    const checks = folders.some(({ content }) => content.objects > 0)
      ? [...describeScopes(folders, options), checkNewest(folders, options.now)]
      : [await findElsewhere(options)];
    const byDay = Map.groupBy(folders, ({ day }) => day);
    return {
      checks,
      dayBytes: Math.max(0, ...[...byDay.values()].map(sumBytes)),
      newestKey: newestOf(folders)?.key ?? null,
    };
  } catch (error) {
    const { what, fix } = explainS3(error, "s3:ListBucket", bucket);
    return {
      checks: [fail("PARTITIONS", `s3://${bucket} can not be listed: ${what}`, fix)],
      dayBytes: 0,
      newestKey: null,
    };
  }
}

interface Partition {
  readonly account: string;
  readonly region: string;
  readonly day: string;
  readonly content: FolderContent;
}

async function readPartitions({ s3, config, days }: PartitionOptions): Promise<Partition[]> {
  const { accounts, regions, layout } = rawScope(config);
  const partitions: Partition[] = [];
  for (const account of accounts) {
    for (const region of regions) {
      for (const day of days) {
        const where = { accounts: [account], regions: [region], day };
        const [prefix = ""] = dayPrefixes(baseOf(config), layout, where);
        const content = await readFolder(s3, config.logs.bucket!, prefix);
        partitions.push({ account, region, day, content });
      }
    }
  }
  return partitions;
}

function describeScopes(folders: readonly Partition[], { days, now }: PartitionOptions): Check[] {
  const today = isoTime(now).slice(0, 10);
  const scopes = Map.groupBy(folders, ({ account, region }) => `${account} in ${region}`);
  return [...scopes].flatMap(([scope, partitions]) => {
    const empty = partitions.filter(({ content }) => content.objects === 0).map(({ day }) => day);
    const gone = empty.filter((day) => day < today);
    const full = partitions.length - empty.length;
    const found = ok("PARTITIONS", `${scope}: files on ${full} of ${days.length} days`);
    if (gone.length === partitions.filter(({ day }) => day < today).length && full === 0) {
      return [
        fail(
          "PARTITIONS",
          `${scope}: no files on any of the days ${days[0]} to ${days.at(-1)}`,
          "check that a flow log of that account and region delivers here, and accounts and regions in turnaway.yml",
        ),
      ];
    }
    return [
      found,
      ...gone.map((day) =>
        fail("PARTITIONS", `${scope}: no files on ${day}`, "what happened there can't be told"),
      ),
      ...empty
        .filter((day) => day >= today)
        .map((day) => warn("PARTITIONS", `${scope}: the files of ${day} are not yet there`)),
    ];
  });
}

// A table whose folders are empty answers with zero rows and no error, so this is looked at.
async function findElsewhere({ s3, config, days }: PartitionOptions): Promise<Check> {
  const bucket = config.logs.bucket!;
  const root = `${baseOf(config)}AWSLogs/`;
  const names = await readFolders(s3, bucket, root);
  const wanted = `s3://${bucket}/${root} has no files of the days ${days[0]} to ${days.at(-1)}`;
  if (names.length === 0) return otherPrefix(wanted, await findRoots(s3, config));
  const isHive = names.some((name) => name.startsWith("aws-account-id="));
  if (isHive !== config.logs.layout.startsWith("hive")) {
    return fail(
      "PARTITIONS",
      `${wanted}: the folders there are of the layout ${isHive ? "hive" : "default"}, turnaway.yml says ${config.logs.layout}`,
      `set logs.layout to ${describeLayout(isHive)} and run \`turnaway deploy apply\``,
    );
  }
  const accounts = names.flatMap(
    (name) => parseFlowLogFolder(`${root}${name}`)?.levels.account ?? [],
  );
  return fail(
    "PARTITIONS",
    `${wanted}; it has folders of ${accounts.length === 0 ? "no account" : accounts.join(", ")}`,
    "correct accounts and regions in turnaway.yml, or look whether the flow log still delivers",
  );
}

function describeLayout(isHive: boolean): string {
  return isHive ? "hive or hive-hourly" : "default or hourly";
}

function otherPrefix(wanted: string, roots: readonly string[]): Check {
  if (roots.length === 0) {
    return fail(
      "PARTITIONS",
      `${wanted}, and no other folder of the bucket has an AWSLogs`,
      "check logs.bucket, and that the flow log may write there",
    );
  }
  const prefixes = roots.map((root) => root.replace(/\/?$/, "")).map((root) => root || '""');
  return fail(
    "PARTITIONS",
    `${wanted}: wrong prefix, AWSLogs is below ${prefixes.join(", ")}`,
    `set logs.prefix to ${prefixes[0]} and run \`turnaway deploy apply\``,
  );
}

// The root of the bucket and one level below it: as deep as a person puts them.
async function findRoots(s3: S3Probe, config: RawTableConfig): Promise<string[]> {
  const bucket = config.logs.bucket!;
  const roots: string[] = [];
  const top = await readFolders(s3, bucket, "");
  if (top.includes("AWSLogs/")) roots.push("");
  for (const folder of top.slice(0, MOST_FOLDERS)) {
    const below = await readFolders(s3, bucket, folder);
    if (below.includes("AWSLogs/")) roots.push(folder);
  }
  return roots;
}

const MOST_FOLDERS = 20;

function checkNewest(folders: readonly Partition[], now: number): Check {
  const newest = newestOf(folders);
  if (newest === undefined) {
    return warn("FRESHNESS", "no file has the name of a flow log", "look at what writes there");
  }
  const hours = Math.round((now - newest.deliveredAt) / 3600);
  const what = `newest file ${isoTime(newest.deliveredAt)}, ${hours} hours old`;
  return hours > 2
    ? warn("FRESHNESS", what, "look whether the flow log still delivers")
    : ok("FRESHNESS", what);
}

function newestOf(folders: readonly Partition[]): { key: string; deliveredAt: number } | undefined {
  let newest: { key: string; deliveredAt: number } | undefined;
  for (const { content } of folders) {
    for (const key of content.keys) {
      const at = parseFlowLogFileName(key.slice(key.lastIndexOf("/") + 1))?.deliveredAt;
      if (at !== undefined && at >= (newest?.deliveredAt ?? 0)) newest = { key, deliveredAt: at };
    }
  }
  return newest;
}

function sumBytes(partitions: readonly Partition[]): number {
  return partitions.reduce((sum, { content }) => sum + content.bytes, 0);
}

function baseOf({ logs }: RawTableConfig): string {
  return logs.prefix === "" ? "" : `${logs.prefix}/`;
}
