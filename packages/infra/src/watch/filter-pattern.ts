import { columnName, type LogFormat, protocolNumber } from "@turnaway/core";
import { ADMIN_PORTS } from "@turnaway/sql";

/** Refused records of which a metric filter counts one kind. */
export interface RejectCondition {
  /** Destination ports; null is any. */
  readonly ports: readonly number[] | null;
  /** IANA protocol numbers; null is any. */
  readonly protocols: readonly number[] | null;
}

export type RejectKind = "ssh" | "rdp" | "admin" | "all";

const TCP = protocolNumber("tcp")!;
const UDP = protocolNumber("udp")!;

/** What is counted. Admin ports are those of the detection admin-port-open, which looks at TCP. */
export const REJECT_CONDITIONS: Readonly<Record<RejectKind, RejectCondition>> = {
  ssh: { ports: [22], protocols: [TCP] },
  rdp: { ports: [3389], protocols: [TCP, UDP] },
  admin: { ports: ADMIN_PORTS, protocols: [TCP] },
  all: { ports: null, protocols: null },
};

/**
 * The space-delimited CloudWatch pattern that matches refused records of a format:
 * `[version, …, dstport="22", protocol="6", …, action="REJECT", log_status]`.
 *
 * Every field stands in it, in the order of the format, since conditions go by position.
 * Values are quoted as in the user guide's own pattern for SSH: that is text, which no `-`
 * of a record without traffic is taken for.
 * Source: CloudWatch Logs, "Filter pattern syntax"; VPC, "Process records in CloudWatch Logs".
 *
 * @returns undefined when the format lacks a field that the condition is on; see {@link fieldsWithout}
 */
export function filterPattern(format: LogFormat, condition: RejectCondition): string | undefined {
  if (fieldsWithout(format, condition).length > 0) return undefined;
  const tests = testsOf(condition);
  const named = write(format, (name) => tests.get(name) ?? columnName(name));
  if (named.length <= MAX_PATTERN) return named;
  return write(format, (name, i) => tests.get(name) ?? `w${i + 1}`);
}

/** Fields that the condition is on and the format lacks. */
export function fieldsWithout({ fields }: LogFormat, condition: RejectCondition): string[] {
  return [...testsOf(condition).keys()].filter((name) => !fields.includes(name));
}

/** CloudWatch refuses a longer pattern: the richest format with all admin ports would be one. */
const MAX_PATTERN = 1024;

function write({ fields }: LogFormat, item: (name: string, position: number) => string): string {
  return `[${fields.map(item).join(", ")}]`;
}

function testsOf({ ports, protocols }: RejectCondition): ReadonlyMap<string, string> {
  return new Map([
    ...(ports === null ? [] : [anyOf("dstport", ports)]),
    ...(protocols === null ? [] : [anyOf("protocol", protocols)]),
    anyOf("action", ["REJECT"]),
  ]);
}

function anyOf(name: string, values: readonly (number | string)[]): [string, string] {
  return [name, values.map((value) => `${columnName(name)}="${value}"`).join(" || ")];
}
