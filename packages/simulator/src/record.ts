import { findField, type FieldName, type LogFormat } from "@turnaway/core";

import type { Observation } from "./conversation.ts";
import type { Settings } from "./options.ts";

/**
 * One flow-log record, keyed by the field names of its format.
 *
 * Text fields hold what AWS writes, `-` where it has nothing to say; numeric
 * fields hold a number, or null where the text has `-`.
 */
export type FlowRecord = { readonly [field in FieldName]?: string | number | null } & {
  /** Unix seconds at which the record reached the file. Not a field of the log. */
  readonly deliveredAt: number;
};

/** The record as the line that AWS would write, without a line end. */
export function formatRecord(record: FlowRecord, format: LogFormat): string {
  return format.fields.map((name) => record[name as FieldName] ?? "-").join(" ");
}

/** How observations become records of one format. Made once for a simulation. */
export interface RecordWriter {
  readonly format: LogFormat;
  readonly header: string;
  record(observation: Observation, deliveredAt: number): FlowRecord;
  line(observation: Observation): string;
}

/** Prepares the fields of the format, so that a record costs one call for each. */
export function recordWriter(settings: Settings): RecordWriter {
  const { format } = settings;
  const columns = format.fields.map((name) => columnOf(name, settings));
  const generic = (seen: Observation) =>
    columns.map((column) => valueOf(column, seen) ?? "-").join(" ");
  return {
    format,
    header: format.fields.join(" "),
    record(seen, deliveredAt) {
      const record: Record<string, Value> & { deliveredAt: number } = { deliveredAt };
      for (const column of columns) record[column.name] = valueOf(column, seen);
      return record;
    },
    line: isDefault(format) ? (seen) => defaultLine(seen, settings.account) : generic,
  };
}

type Value = string | number | null;

interface Column {
  readonly name: string;
  readonly read: (seen: Observation) => Value;
  /** What stands there when there is nothing to say. */
  readonly absent: Value;
  /** Whether NODATA and SKIPDATA records carry it. */
  readonly always: boolean;
}

const ALWAYS = new Set(["version", "account-id", "interface-id", "start", "end", "log-status"]);

function columnOf(name: string, settings: Settings): Column {
  const absent = (findField(name)?.type ?? "string") === "string" ? "-" : null;
  const reader = READERS[name as FieldName] ?? (() => null);
  return { name, read: (seen) => reader(seen, settings), absent, always: ALWAYS.has(name) };
}

function valueOf({ read, absent, always }: Column, seen: Observation): Value {
  return seen.status === "OK" || always ? (read(seen) ?? absent) : absent;
}

type Reader = (seen: Observation, settings: Settings) => Value;

// Fields that the simulated VPC has nothing to say in (ECS, Outposts, transit gateways) are not here.
const READERS: { readonly [field in FieldName]?: Reader } = {
  version: (_, { version }) => version,
  "account-id": (_, { account }) => account,
  "vpc-id": (_, { vpc }) => vpc,
  region: (_, { region }) => region,
  "interface-id": ({ leg }) => leg.host.interfaceId,
  srcaddr: ({ leg }) => leg.source,
  dstaddr: ({ leg }) => leg.destination,
  srcport: ({ leg }) => leg.sourcePort,
  dstport: ({ leg }) => leg.destinationPort,
  protocol: ({ leg }) => leg.conversation.protocol,
  packets: ({ packets }) => packets,
  bytes: ({ bytes }) => bytes,
  start: ({ start }) => start,
  end: ({ end }) => end,
  action: ({ leg }) => (leg.accepted ? "ACCEPT" : "REJECT"),
  "log-status": ({ status }) => status,
  "subnet-id": ({ leg }) => leg.host.subnetId,
  "instance-id": ({ leg }) => leg.host.instanceId,
  "tcp-flags": ({ flags }) => flags,
  type: ({ leg }) => (leg.source.includes(":") ? "IPv6" : "IPv4"),
  "pkt-srcaddr": ({ leg }) => leg.packetSource,
  "pkt-dstaddr": ({ leg }) => leg.packetDestination,
  "az-id": ({ leg }) => zoneId(leg.host.zone),
  "pkt-src-aws-service": ({ leg }) => leg.sourceService,
  "pkt-dst-aws-service": ({ leg }) => leg.destinationService,
  "flow-direction": ({ leg }) => (leg.egress ? "egress" : "ingress"),
  "traffic-path": ({ leg }) => leg.trafficPath,
  "reject-reason": ({ leg }) => (leg.accepted ? "-" : leg.conversation.reason),
  "encryption-status": ({ leg }) => encryptionOf(leg),
  "instance-tag": ({ leg }) => leg.host.team,
  "instance-tag-2": ({ leg }) => leg.host.stage,
  "interface-tag": ({ leg }) => (leg.host.instanceId === "-" ? "-" : leg.host.name),
  "asg-tag": ({ leg }) => leg.host.group,
  "interface-type": ({ leg }) => leg.host.interfaceType,
  "next-hop-interface-id": ({ leg }) => leg.nextHop?.interfaceId ?? null,
  "next-hop-subnet-id": ({ leg }) => leg.nextHop?.subnetId ?? null,
  "next-hop-az-id": ({ leg }) => (leg.nextHop === null ? null : zoneId(leg.nextHop.zone)),
  "next-hop-vpc-id": ({ leg }, { vpc }) => (leg.nextHop === null ? null : vpc),
  "next-hop-interface-type": ({ leg }) => leg.nextHop?.interfaceType ?? null,
};

function zoneId(zone: number): string {
  return `euc1-az${zone + 1}`;
}

/** 0 none, 1 Nitro, 2 application, 3 both; AWS infers the application's from port 443. */
function encryptionOf({ conversation, accepted }: Observation["leg"]): number | null {
  if (!accepted) return null;
  const { client, server, serverPort } = conversation;
  const nitro = client.host?.window === 60 && server.host?.window === 60 ? 1 : 0;
  return nitro + (serverPort === 443 ? 2 : 0);
}

function isDefault(format: LogFormat): boolean {
  return format.fields.join(" ") === DEFAULT_TEXT;
}

const DEFAULT_TEXT =
  "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status";

// The default format is what benchmarks write by the million, so it has a line of its own.
function defaultLine(seen: Observation, account: string): string {
  const { leg, packets, bytes, start, end, status } = seen;
  const head = `2 ${account} ${leg.host.interfaceId}`;
  if (status !== "OK") return `${head} - - - - - - - ${start} ${end} - ${status}`;
  const { source, destination, sourcePort, destinationPort, conversation, accepted } = leg;
  return `${head} ${source} ${destination} ${sourcePort} ${destinationPort} ${conversation.protocol} ${packets} ${bytes ?? "-"} ${start} ${end} ${accepted ? "ACCEPT" : "REJECT"} OK`;
}
