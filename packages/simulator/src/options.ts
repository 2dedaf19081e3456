import {
  DEFAULT_FORMAT,
  RICH_FORMAT,
  TurnawayError,
  addDays,
  findField,
  type LogFormat,
} from "@turnaway/core";

import { INCIDENT_KINDS, type IncidentKind } from "./incident.ts";

/** What to simulate. The same options give the same bytes, always. */
export interface SimulationOptions {
  /** Any whole number. Another seed is another VPC with another incident calendar. */
  readonly seed: number;
  /** First simulated day, `YYYY-MM-DD`, UTC. */
  readonly startDay: string;
  /** Days in a row. Every kind of incident fits from 8 days on. */
  readonly days: number;
  /** `default` is version 2, `rich` is every VPC field up to version 11. */
  readonly format: "default" | "rich" | LogFormat;
  /** Records to aim at on a day without incidents, within about a tenth. 10,000 and up. */
  readonly recordsPerDay: number;
  /** Hosts in the VPC, 60 to 4,000; 200 unless told. Below 50 records a host, the hosts decide. */
  readonly hosts?: number;
  /** Which kinds to plant. A kind that the format or the number of days can't show is left out. */
  readonly incidents?: "all" | "none" | readonly IncidentKind[];
  /**
   * The maximum aggregation interval of the flow log, in seconds. With 600 the
   * Nitro hosts still write every 60 seconds, as AWS documents.
   */
  readonly aggregation?: 60 | 600;
  readonly account?: string;
  readonly region?: string;
  readonly vpc?: string;
}

/** The options with every default filled in and the format as a list of fields. */
export interface Settings extends Required<Omit<SimulationOptions, "format" | "incidents">> {
  readonly format: LogFormat;
  readonly incidents: readonly IncidentKind[];
  /** Record version: the highest among the fields. */
  readonly version: number;
  /** Simulated time, Unix seconds, half open. */
  readonly from: number;
  readonly until: number;
}

/** Checks the options and fills in the defaults. Throws USAGE. */
export function settle(options: SimulationOptions): Settings {
  const from = Date.parse(`${options.startDay}T00:00:00Z`) / 1000;
  if (!/^\d{4}-\d\d-\d\d$/.test(options.startDay) || Number.isNaN(from)) {
    throw refuse("startDay", `"${options.startDay}" is not a day`, "write it as 2026-11-19");
  }
  wholeNumber("seed", options.seed, [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]);
  wholeNumber("days", options.days, [1, 400]);
  wholeNumber("recordsPerDay", options.recordsPerDay, [1000, 100_000_000]);
  const hosts = options.hosts ?? 200;
  wholeNumber("hosts", hosts, [60, 4000]);
  const format = formatOf(options.format);
  return {
    seed: options.seed,
    startDay: addDays(options.startDay, 0),
    days: options.days,
    format,
    version: Math.max(2, ...format.fields.map((name) => findField(name)?.version ?? 2)),
    recordsPerDay: options.recordsPerDay,
    hosts,
    incidents: kindsOf(options.incidents ?? "all"),
    aggregation: options.aggregation ?? 600,
    account: options.account ?? "111122223333",
    region: options.region ?? "eu-central-1",
    vpc: options.vpc ?? "vpc-0a1b2c3d4e5f60718",
    from,
    until: from + options.days * 86_400,
  };
}

function formatOf(format: SimulationOptions["format"]): LogFormat {
  if (format === "default") return DEFAULT_FORMAT;
  return format === "rich" ? RICH_FORMAT : format;
}

function kindsOf(chosen: NonNullable<SimulationOptions["incidents"]>): readonly IncidentKind[] {
  if (chosen === "all") return INCIDENT_KINDS;
  if (chosen === "none") return [];
  const unknown = chosen.find((kind) => !INCIDENT_KINDS.includes(kind));
  if (unknown !== undefined) {
    throw refuse(
      "incidents",
      `"${unknown}" is not a kind of incident`,
      `use ${INCIDENT_KINDS.join(", ")}`,
    );
  }
  return chosen;
}

function wholeNumber(name: string, value: number, [low, high]: readonly [number, number]): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw refuse(
    name,
    `${value} is not a whole number from ${low} to ${high}`,
    "choose one in that range",
  );
}

function refuse(where: string, why: string, fix: string): TurnawayError {
  return new TurnawayError("USAGE", { what: "can't simulate that", where, why, fix });
}
