import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import {
  type Config,
  defaultConfig,
  describeSystemError,
  DETECTION_IDS,
  isTimezone,
  type LogFormat,
  type Mute,
  parseConfig,
  type ParsedConfig,
  parseDeployableConfig,
  parseFields,
  parseMutes,
  TurnawayError,
} from "@turnaway/core";
import { ADMIN_PORTS, DEFAULT_SETTINGS, type SqlSettings } from "@turnaway/sql";

import { type Options, text, usage } from "./options.ts";

/** What a command runs with: the configuration file, and what the command line says over it. */
export interface Settings {
  readonly config: Config;
  readonly mutes: readonly Mute[];
  /** Folder of the configuration; null when none was found. */
  readonly configDir: string | null;
  readonly sql: SqlSettings;
  /** Format of files without a header, from `--fields`. */
  readonly format: LogFormat | undefined;
  /** Unix seconds. */
  readonly now: number;
  readonly warnings: readonly string[];
}

/** The configuration alone, for whoever needs to run where `mutes.yml` is damaged. */
export type Configured = Pick<Settings, "config" | "configDir" | "now" | "warnings">;

/**
 * Reads `--config`, else the nearest `turnaway.yml`, walking up; else the defaults; and the mutes
 * that it names. With `find: false` only `--config` is read.
 */
export function readSettings(options: Options, how = { find: true }): Settings {
  const configured = readConfig(options, how);
  const { config, configDir } = configured;
  const fields = text(options, "fields");
  return {
    ...configured,
    mutes: readMutes(config, configDir),
    sql: sqlSettings(config),
    format: fields === undefined ? undefined : parseFields(fields),
  };
}

/** As {@link readSettings}, without the mutes. */
export function readConfig(options: Options, { find } = { find: true }): Configured {
  const given = text(options, "config");
  const file = given === undefined && !find ? null : findConfigFile(given);
  if (file === null) return configured({ config: defaultConfig(), warnings: [] }, null, options);
  return configured(parseConfig(readText(file, "--config"), file), file, options);
}

/**
 * The configuration of a deployment, which needs a file that says where everything goes.
 *
 * @throws TurnawayError CONFIG with path, line and fix of everything that it leaves open.
 */
export function readDeployableConfig(options: Options): Configured {
  const file = findConfigFile(text(options, "config"));
  if (file === null) {
    throw new TurnawayError("CONFIG", {
      what: "nothing says what to deploy",
      where: process.cwd(),
      why: "there is no turnaway.yml here or above",
      fix: "write one (the repository has a sample), or name it with --config",
    });
  }
  return configured(parseDeployableConfig(readText(file, "--config"), file), file, options);
}

function configured(
  { config, warnings }: ParsedConfig,
  file: string | null,
  options: Options,
): Configured {
  return {
    config: overrideConfig(config, options),
    configDir: file === null ? null : path.dirname(file),
    now: parseNow(text(options, "now")),
    warnings,
  };
}

/** `2026-11-20T06:00:00Z` as Unix seconds; the clock when it was not given. */
export function parseNow(value: string | undefined): number {
  if (value === undefined) return Math.floor(Date.now() / 1000);
  const time = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(time)) return Math.floor(time / 1000);
  throw usage("--now", `received "${value}"`, "write ISO 8601 such as 2026-11-20T06:00:00Z");
}

function findConfigFile(given: string | undefined): string | null {
  if (given !== undefined) return path.resolve(given);
  for (let dir = process.cwd(); ; dir = path.dirname(dir)) {
    const file = path.join(dir, "turnaway.yml");
    if (existsSync(file)) return file;
    if (dir === path.dirname(dir)) return null;
  }
}

function readText(file: string, where: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new TurnawayError(
      "CONFIG",
      {
        what: "configuration can't be read",
        where: file,
        why: describeSystemError(error),
        fix: `name a file that exists with ${where}`,
      },
      { cause: error },
    );
  }
}

function readMutes(config: Config, configDir: string | null): readonly Mute[] {
  if (configDir === null) return [];
  const file = path.resolve(configDir, config.mutes);
  return existsSync(file) ? parseMutes(readText(file, "mutes"), file) : [];
}

function overrideConfig(config: Config, options: Options): Config {
  const timezone = text(options, "timezone") ?? config.report.timezone;
  if (!isTimezone(timezone)) {
    throw usage("--timezone", `received "${timezone}"`, "use an IANA name such as Europe/Berlin");
  }
  return {
    ...config,
    name: text(options, "name") ?? config.name,
    report: { ...config.report, timezone, detections: withParameters(config, options) },
  };
}

// `--param newly-rejected.min_records=10`; a parameter without a dot belongs to a query.
function withParameters(config: Config, options: Options): Config["report"]["detections"] {
  const detections = { ...config.report.detections };
  for (const assignment of (options["param"] as string[] | undefined) ?? []) {
    const match = /^([a-z-]+)\.([a-z_]+)=(.*)$/.exec(assignment);
    if (match === null) continue;
    const [, name, parameter, value] = match;
    const id = DETECTION_IDS.find((one) => one === name);
    if (id === undefined) {
      throw usage(
        "--param",
        `there is no detection "${name}"`,
        `use one of ${DETECTION_IDS.join(", ")}`,
      );
    }
    const detection = detections[id];
    detections[id] = { ...detection, params: { ...detection.params, [parameter!]: Number(value) } };
  }
  return detections;
}

/** What of the configuration the SQL itself is made with. */
export function sqlSettings(config: Config): SqlSettings {
  return {
    ...DEFAULT_SETTINGS,
    localRanges: config.report.localRanges,
    knownPorts: config.report.knownServices.map(({ port }) => port),
    adminPorts: ADMIN_PORTS,
    few: fewOf(config),
    hourOffset: zoneMinutes(config.report.timezone) * 60,
  };
}

// What newly-rejected may tell of by name must not be folded.
function fewOf({ report }: Config): number {
  const least = report.detections["newly-rejected"].params["min_records"];
  return Math.min(DEFAULT_SETTINGS.few, Number(least ?? Infinity) - 1);
}

// How far the zone's hours are from UTC's: 30 in Kolkata, 45 in Kathmandu, 0 nearly everywhere.
function zoneMinutes(timezone: string): number {
  const minute = new Intl.DateTimeFormat("en", { timeZone: timezone, minute: "numeric" });
  const local = Number(minute.format(0));
  return local === 0 ? 0 : 60 - local;
}
