import { isoTime } from "./window.ts";

/**
 * How flow logs are laid out below `[base/]AWSLogs/`. AWS calls the two choices
 * Hive-compatible partitions and per-hour partitions.
 * Source: docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export const S3_LAYOUTS = ["default", "hourly", "hive", "hive-hourly"] as const;
export type S3Layout = (typeof S3_LAYOUTS)[number];

/** What the name of one delivered object says. */
export interface FlowLogKey extends FlowLogFileName {
  /** What stands above `AWSLogs/`: empty, or ending in `/`. */
  readonly base: string;
  readonly layout: S3Layout;
  /** UTC day of the folder, `2026-11-19`. */
  readonly day: string;
  /** UTC hour of the folder, `07`; null where the layout has none. */
  readonly hour: string | null;
}

/** What the last part of the key says, wherever the file was copied to. */
export interface FlowLogFileName {
  readonly account: string;
  readonly region: string;
  readonly flowLogId: string;
  /** Unix seconds, to the minute: when the file was written, not when its records began. */
  readonly deliveredAt: number;
  readonly hash: string;
  /** Without the leading dot: `log.gz`, `log.parquet`. */
  readonly ext: string;
}

/** A folder at or below `AWSLogs/`, and how deep it stands in its layout. */
export interface FlowLogFolder {
  readonly base: string;
  readonly hive: boolean;
  /** Values of the levels that the path names, `account` first. */
  readonly levels: Partial<Record<Level, string>>;
  /** The first level that the path does not name; null below the hour. */
  readonly next: Level | null;
}

/** Levels of a path below `AWSLogs/`, outermost first, with the key that Hive writes before `=`. */
const LEVELS = [
  { level: "account", key: "aws-account-id", value: /^\d{12}$/ },
  { level: "service", key: "aws-service", value: /^vpcflowlogs$/ },
  { level: "region", key: "aws-region", value: /^[a-z]{2,}(-[a-z]+)+-\d+$/ },
  { level: "year", key: "year", value: /^\d{4}$/ },
  { level: "month", key: "month", value: /^(0[1-9]|1[0-2])$/ },
  { level: "day", key: "day", value: /^(0[1-9]|[12]\d|3[01])$/ },
  { level: "hour", key: "hour", value: /^([01]\d|2[0-3])$/ },
] as const;

export type Level = (typeof LEVELS)[number]["level"];

/** The prefixes that hold one UTC day, one for each account and region, each ending in `/`. */
export function dayPrefixes(
  base: string,
  layout: S3Layout,
  where: { accounts: readonly string[]; regions: readonly string[]; day: string },
): string[] {
  return where.accounts.flatMap((account) =>
    where.regions.map((region) => {
      const [year = "", month = "", day = ""] = where.day.split("-");
      return folderPrefix(base, isHive(layout), { account, region, year, month, day });
    }),
  );
}

/** The key that AWS would give the object. */
export function flowLogKey(key: Omit<FlowLogKey, "hour">): string {
  const [folder = ""] = dayPrefixes(key.base, key.layout, {
    accounts: [key.account],
    regions: [key.region],
    day: key.day,
  });
  const time = isoTime(key.deliveredAt);
  const hour = isHourly(key.layout)
    ? `${levelName(isHive(key.layout), "hour", time.slice(11, 13))}/`
    : "";
  const stamp = `${time.slice(0, 16).replace(/[-:]/g, "")}Z`;
  const name = [key.account, "vpcflowlogs", key.region, key.flowLogId, stamp, key.hash].join("_");
  return `${folder}${hour}${name}.${key.ext}`;
}

/** Undefined for any key that AWS would not have written. */
export function parseFlowLogKey(key: string): FlowLogKey | undefined {
  const slash = key.lastIndexOf("/") + 1;
  const name = parseFlowLogFileName(key.slice(slash));
  const folder = parseFlowLogFolder(key.slice(0, slash));
  if (name === undefined || folder === undefined) return undefined;
  const { account, region, year, month, day, hour } = folder.levels;
  if (account !== name.account || region !== name.region || day === undefined) return undefined;
  return {
    ...name,
    base: folder.base,
    layout: layoutOf(folder.hive, hour !== undefined),
    day: `${year}-${month}-${day}`,
    hour: hour ?? null,
  };
}

/** `{account}_vpcflowlogs_{region}_{flow log}_{YYYYMMDDTHHmmZ}_{hash}.{ext}`, or undefined. */
export function parseFlowLogFileName(name: string): FlowLogFileName | undefined {
  const match =
    /^(\d{12})_vpcflowlogs_([a-z0-9-]+)_(fl-[0-9a-z]+)_(\d{8}T\d{4}Z)_([0-9A-Za-z]+)\.([a-z0-9.]+)$/.exec(
      name,
    );
  if (match === null) return undefined;
  const [, account = "", region = "", flowLogId = "", stamp = "", hash = "", ext = ""] = match;
  const deliveredAt = parseStamp(stamp);
  return deliveredAt === undefined
    ? undefined
    : { account, region, flowLogId, deliveredAt, hash, ext };
}

/** Where a folder (empty or ending in `/`) stands in a layout; undefined when it is in none. */
export function parseFlowLogFolder(prefix: string): FlowLogFolder | undefined {
  const root = /^(?:.*\/)?AWSLogs\//.exec(prefix)?.[0];
  if (root === undefined) return undefined;
  const base = root.slice(0, -"AWSLogs/".length);
  const names = prefix.slice(root.length).split("/").slice(0, -1);
  const hive = names[0]?.includes("=") ?? false;
  const levels: Partial<Record<Level, string>> = {};
  if (names.length > LEVELS.length) return undefined;
  for (const [depth, name] of names.entries()) {
    const { level, key, value } = LEVELS[depth]!;
    const text = hive ? name.slice(key.length + 1) : name;
    if (!value.test(text) || name !== levelName(hive, level, text)) return undefined;
    levels[level] = text;
  }
  return { base, hive, levels, next: LEVELS[names.length]?.level ?? null };
}

/** The folder of the levels given, as a prefix ending in `/`; stops at the first that is missing. */
export function folderPrefix(
  base: string,
  hive: boolean,
  values: Partial<Record<Level, string>>,
): string {
  let prefix = `${base}AWSLogs/`;
  for (const { level } of LEVELS) {
    const value = level === "service" ? "vpcflowlogs" : values[level];
    if (value === undefined) break;
    prefix += `${levelName(hive, level, value)}/`;
  }
  return prefix;
}

/**
 * The folder of one partition with a `${column}` for each level that varies, as
 * Glue's `storage.location.template` wants it, ending in `/`.
 */
export function partitionTemplate(base: string, layout: S3Layout): string {
  return folderPrefix(base, isHive(layout), {
    account: "${account}",
    region: "${region}",
    year: "${year}",
    month: "${month}",
    day: "${day}",
    ...(isHourly(layout) && { hour: "${hour}" }),
  });
}

function layoutOf(hive: boolean, hourly: boolean): S3Layout {
  if (hive) return hourly ? "hive-hourly" : "hive";
  return hourly ? "hourly" : "default";
}

function isHive(layout: S3Layout): boolean {
  return layout.startsWith("hive");
}

function isHourly(layout: S3Layout): boolean {
  return layout.endsWith("hourly");
}

function levelName(hive: boolean, level: Level, value: string): string {
  return hive ? `${LEVELS.find((entry) => entry.level === level)!.key}=${value}` : value;
}

// `Date.parse` lets 31 February through as March, so the stamp must survive the way back.
function parseStamp(stamp: string): number | undefined {
  const iso = stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:00Z");
  const seconds = Date.parse(iso) / 1000;
  return Number.isNaN(seconds) || isoTime(seconds) !== iso ? undefined : seconds;
}
