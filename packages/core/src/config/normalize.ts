import { LOCAL_RANGES, parseCidr } from "../addresses.ts";
import { DEFAULT_FORMAT, parseLogFormat, RICH_FORMAT, type LogFormat } from "../log-format.ts";
import { protocolNumber } from "../protocols.ts";
import type { DetectionId } from "./detection-ids.ts";
import type { ValidConfig } from "./schema.ts";

/** The configuration that everything else reads: nothing optional, nothing left to interpret. */
export interface Config extends Omit<ValidConfig, "vpcs" | "logs" | "athena" | "report"> {
  readonly vpcs: readonly Vpc[];
  readonly logs: Omit<ValidConfig["logs"], "fields"> & { readonly format: LogFormat };
  readonly athena: Omit<ValidConfig["athena"], "scanLimit"> & { readonly scanLimitBytes: number };
  readonly report: ReportConfig;
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

/** A VPC that gets a flow log; `null` where nothing was written and nothing follows. */
export interface Vpc {
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
  const { scanLimit, ...athena } = valid.athena;
  const { internalCidrs, knownServices, ...report } = valid.report;
  return {
    ...valid,
    vpcs: valid.vpcs.map((vpc) => normalizeVpc(vpc, valid)),
    logs: {
      ...logs,
      prefix: logs.prefix.replaceAll(/^\/+|\/+$/g, ""),
      format: parseFields(fields),
    },
    athena: { ...athena, scanLimitBytes: parseSize(scanLimit) },
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

function normalizeVpc(vpc: ValidConfig["vpcs"][number], valid: ValidConfig): Vpc {
  return {
    id: vpc.id,
    account: vpc.account ?? onlyOne(valid.accounts),
    region: vpc.region ?? onlyOne(valid.regions),
    name: vpc.name ?? null,
  };
}

function onlyOne(values: readonly string[]): string | null {
  return values.length === 1 ? values[0]! : null;
}

function parseService(key: string, name: string): KnownService {
  const { port, protocol } = parsePort(key);
  return { port, protocol: protocol!, name };
}
