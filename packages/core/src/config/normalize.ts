import { LOCAL_RANGES, parseCidr } from "../addresses.ts";
import { DEFAULT_FORMAT, parseLogFormat, RICH_FORMAT, type LogFormat } from "../log-format.ts";
import { protocolNumber } from "../protocols.ts";
import type { DetectionId } from "./detection-ids.ts";
import type { ValidConfig } from "./schema.ts";

/** The configuration that everything else reads: nothing optional, nothing left to interpret. */
export interface Config extends Omit<
  ValidConfig,
  LoggedKind | "logs" | "athena" | "report" | "infrastructure"
> {
  readonly vpcs: readonly LoggedResource[];
  readonly subnets: readonly LoggedResource[];
  readonly interfaces: readonly LoggedResource[];
  readonly transitGateways: readonly LoggedResource[];
  readonly logs: Omit<ValidConfig["logs"], "fields"> & { readonly format: LogFormat };
  readonly athena: Omit<ValidConfig["athena"], "scanLimit" | "dailyScanAlarm"> & {
    readonly scanLimitBytes: number;
    readonly dailyScanAlarmBytes: number;
  };
  readonly report: ReportConfig;
  readonly infrastructure: Omit<ValidConfig["infrastructure"], "account" | "region"> & {
    /** Null where nothing was written and nothing follows. */
    readonly account: string | null;
    readonly region: string | null;
  };
}

export interface ReportConfig extends Omit<
  ValidConfig["report"],
  "internalCidrs" | "knownServices" | "detections"
> {
  /** Everything that is inside: {@link LOCAL_RANGES} and the configured networks. */
  readonly localRanges: readonly string[];
  readonly knownServices: readonly KnownService[];
  /** Every detection, also those that the file does not name. */
  readonly detections: Readonly<Record<DetectionId, DetectionConfig>>;
}

export type DetectionConfig = Readonly<ValidConfig["report"]["detections"][DetectionId]>;

/** The lists of what gets a flow log. */
export const LOGGED_KINDS = ["vpcs", "subnets", "interfaces", "transitGateways"] as const;
export type LoggedKind = (typeof LOGGED_KINDS)[number];

/** What gets a flow log; `null` where nothing was written and nothing follows. */
export interface LoggedResource {
  readonly id: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly name: string | null;
}

/** A service of the user's own: it names a port, and marks it as a server's. */
export interface KnownService {
  readonly port: number;
  /** IANA number: 6 is TCP. */
  readonly protocol: number;
  readonly name: string;
}

/** From what is written to what is meant. Total: everything valid has a meaning. */
export function normalizeConfig(valid: ValidConfig): Config {
  const { fields, ...logs } = valid.logs;
  const { scanLimit, dailyScanAlarm, ...athena } = valid.athena;
  const { internalCidrs, knownServices, ...report } = valid.report;
  return {
    ...valid,
    vpcs: valid.vpcs.map((vpc) => normalizeLogged(vpc, valid)),
    subnets: valid.subnets.map((subnet) => normalizeLogged(subnet, valid)),
    interfaces: valid.interfaces.map((one) => normalizeLogged(one, valid)),
    transitGateways: valid.transitGateways.map((gateway) => normalizeLogged(gateway, valid)),
    logs: {
      ...logs,
      prefix: logs.prefix.replaceAll(/^\/+|\/+$/g, ""),
      format: parseFields(fields),
    },
    athena: {
      ...athena,
      scanLimitBytes: parseSize(scanLimit),
      dailyScanAlarmBytes: parseSize(dailyScanAlarm),
    },
    infrastructure: {
      ...valid.infrastructure,
      account: valid.infrastructure.account ?? onlyOne(valid.accounts),
      region: valid.infrastructure.region ?? onlyOne(valid.regions),
    },
    report: {
      ...report,
      localRanges: [...LOCAL_RANGES, ...internalCidrs.map((cidr) => parseCidr(cidr)!.text)],
      knownServices: Object.entries(knownServices).map(([key, name]) => parseService(key, name)),
    },
  };
}

/** The log format that `logs.fields` names. */
export function parseFields(fields: string): LogFormat {
  if (fields === "default") return DEFAULT_FORMAT;
  return fields === "rich" ? RICH_FORMAT : parseLogFormat(fields);
}

/** Bytes of `10 GB`, or of a plain number. */
export function parseSize(size: number | string): number {
  const written = /^([\d.]+) ?(\w+)$/.exec(String(size));
  if (typeof size === "number" || written === null) return Number(size);
  return Math.round(Number(written[1]) * SIZE_UNITS[written[2]!]!);
}

/** Port and IANA protocol of `8443/tcp`; `protocol` is undefined for a name that nobody knows. */
export function parsePort(key: string): { port: number; protocol: number | undefined } {
  const [port, protocol = "tcp"] = key.split("/");
  return { port: Number(port), protocol: protocolNumber(protocol) };
}

// Decimal units as AWS bills them, and binary ones.
const SIZE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

function normalizeLogged(
  logged: ValidConfig[LoggedKind][number],
  valid: ValidConfig,
): LoggedResource {
  return {
    id: logged.id,
    account: logged.account ?? onlyOne(valid.accounts),
    region: logged.region ?? onlyOne(valid.regions),
    name: logged.name ?? null,
  };
}

function onlyOne(values: readonly string[]): string | null {
  return values.length === 1 ? values[0]! : null;
}

function parseService(key: string, name: string): KnownService {
  const { port, protocol } = parsePort(key);
  return { port, protocol: protocol!, name };
}
