import { FLOW_LOG_FIELDS, LOCAL_RANGES, parseCidr, TurnawayError } from "@turnaway/core";

/**
 * What the SQL takes from configuration. All of it ends in the text as literals
 * that were parsed first, so nothing that a person wrote reaches a statement raw.
 */
export interface SqlSettings {
  /** Every range that is inside. */
  readonly localRanges: readonly string[];
  /** Ports above 1023 that mark a server, beyond {@link KNOWN_PORTS}. */
  readonly knownPorts: readonly number[];
  /** Ports that give control of a host or its data. */
  readonly adminPorts: readonly number[];
  /** Accepted internet clients of one service that are kept one by one in a day. */
  readonly crowd: number;
  /** Refused records of an outside client in a day, up to which it may stand alone. */
  readonly few: number;
  /** Seconds by which the zone's days miss the UTC hour: 1800 in Kolkata. */
  readonly hourOffset: number;
  /** Fields that the logs have, as columns; null is all. Of the others nothing is computed. */
  readonly present: ReadonlySet<string> | null;
}

/** Ports above 1023 on which servers listen. Source: IANA registry and common practice. */
export const KNOWN_PORTS: readonly number[] = [
  1080, 1194, 1433, 1521, 1883, 2049, 2181, 2375, 2376, 2379, 2380, 3000, 3128, 3268, 3269, 3306,
  3389, 4222, 4317, 4318, 4369, 4500, 4789, 5000, 5060, 5061, 5432, 5439, 5601, 5671, 5672, 5900,
  5985, 5986, 6379, 6380, 6443, 6514, 7000, 7001, 7077, 7199, 8000, 8008, 8009, 8080, 8081, 8082,
  8083, 8086, 8088, 8089, 8090, 8125, 8140, 8161, 8200, 8300, 8301, 8443, 8472, 8500, 8600, 8800,
  8883, 8888, 9000, 9042, 9080, 9090, 9091, 9092, 9093, 9094, 9100, 9200, 9300, 9411, 9418, 9443,
  9999, 10250, 10255, 10256, 11211, 15672, 15692, 16379, 26379, 27017, 27018, 28015, 50051,
];

/** Kubernetes opens a service of type NodePort here, on every node. */
export const NODE_PORTS = [30_000, 32_767] as const;

/** Ports that give control of a host or its data: remote shells, desktops, databases, caches. */
export const ADMIN_PORTS: readonly number[] = [
  22, 23, 135, 139, 445, 1433, 1521, 2375, 2376, 2379, 3306, 3389, 5432, 5439, 5900, 5985, 5986,
  6379, 6443, 9042, 9200, 10250, 11211, 27017,
];

export const DEFAULT_SETTINGS: SqlSettings = {
  localRanges: LOCAL_RANGES,
  knownPorts: [],
  adminPorts: ADMIN_PORTS,
  crowd: 20,
  few: 2,
  hourOffset: 0,
  present: null,
};

/**
 * The placeholders of the SQL files: one line each, the same for every dialect.
 * A placeholder is `{{name}}` or `{{name:argument:argument}}`.
 */
export const PLACEHOLDERS: Readonly<
  Record<string, (settings: SqlSettings, ...args: string[]) => string>
> = {
  hour_offset: (s) => String(integer(s.hourOffset)),
  crowd: (s) => String(integer(s.crowd)),
  few: (s) => String(integer(s.few)),
  admin_ports: (s) => list(s.adminPorts),
  /** Whether the address is inside. A CASE, since it stops at the range that fits: OR tests them all. */
  local: (s, address) => {
    const tests = s.localRanges.map(
      (cidr) =>
        `WHEN contains('${cidrLiteral(cidr)}', try_cast(${address} AS ipaddress)) THEN TRUE`,
    );
    return `CASE ${tests.join(" ")} ELSE FALSE END`;
  },
  /** A value of a column that is the same in all records of a group, or nearly; NULL where no log has it. */
  any: (s, expression, ...fields) =>
    ifLogged(s, `max(${expression})`, fieldsOf(expression, fields)),
  /** The expression, or NULL where no log has a field that it is made of. */
  logged: (s, expression, ...fields) => ifLogged(s, expression, fieldsOf(expression, fields)),
  /** Every field of a VPC's record out of the raw table, `-` as NULL. */
  conformed_fields: () =>
    CONFORMED_FIELDS.map(({ expression, column }) => `${expression} AS ${column}`).join(",\n    "),
  /** The same by name, of a conformed relation, without those that the caller makes itself. */
  conformed_names: (_s, relation, ...without) =>
    CONFORMED_FIELDS.filter(({ column }) => !without.includes(column))
      .map(({ column }) => `${relation}.${column} AS ${column}`)
      .join(",\n    "),
  /** `tcp/443`, or `icmp` where the protocol has no ports. */
  service_name: (_s, protocol, port) =>
    `CASE ${protocol} WHEN 6 THEN 'tcp' WHEN 17 THEN 'udp' WHEN 1 THEN 'icmp' WHEN 58 THEN 'ipv6-icmp'` +
    ` ELSE 'protocol ' || CAST(${protocol} AS varchar) END || coalesce('/' || CAST(${port} AS varchar), '')`,
  /** Which end refused, out of a group of refusals: client, server or both; NULL where none is known. */
  refusing_end: (_s, column) =>
    `CASE WHEN min(${column}) <> max(${column}) THEN 'both' ELSE max(${column}) END`,
  /** 0 for a port that servers listen on, 1 for a registered one, 2 for a dynamic one. */
  port_rank: (s, port) =>
    `CASE WHEN ${serverPort(s, port)} THEN 0 WHEN ${port} < 32768 THEN 1 ELSE 2 END`,
  /** Whether these two ports alone say that the first one serves. */
  serves: (s, port, other) => `(${serverPort(s, port)} AND NOT ${serverPort(s, other)})`,
};

/** Columns of the conformed view that are made of other fields than their name says. */
const MADE_OF: Readonly<Record<string, readonly string[]>> = {
  handshake: ["tcp_flags"],
  owner: ["instance_tag", "interface_tag", "asg_tag"],
  src_aws_service: ["pkt_src_aws_service"],
  dst_aws_service: ["pkt_dst_aws_service"],
};

function fieldsOf(expression: string, named: readonly string[]): readonly string[] {
  const columns = named.length > 0 ? named : [expression];
  return columns.flatMap((column) => MADE_OF[column] ?? [column]);
}

function ifLogged({ present }: SqlSettings, expression: string, fields: readonly string[]): string {
  if (present === null || fields.some((field) => present.has(field))) return expression;
  return `CAST(NULL AS ${fields.includes("traffic_path") ? "integer" : "varchar"})`;
}

/**
 * The fields of a VPC's record as the conformed views name them, in the order of the
 * one list. Transit gateway fields are not among them: such a record has no action.
 */
export const CONFORMED_FIELDS: readonly ConformedField[] = FLOW_LOG_FIELDS.filter(
  (field) => field.version !== 6,
).map(({ name, column, type, means }) => {
  const quoted = ["start", "end", "type"].includes(column) ? `"${column}"` : column;
  return {
    name,
    means,
    expression: type === "string" ? `nullif(${quoted}, '-')` : quoted,
    // `start` and `end` are reserved words: a view that had them would need quotes for ever.
    column: column === "start" || column === "end" ? `${column}_time` : quoted,
  };
});

export interface ConformedField {
  readonly name: string;
  readonly means: string;
  /** From the raw table: `-` in text is NULL. */
  readonly expression: string;
  /** Its name in a conformed view. */
  readonly column: string;
}

// A CASE, since it leaves the long list to the few ports that the bounds don't settle:
// this runs twice for every record of a day.
function serverPort(settings: SqlSettings, port: string): string {
  const ports = [...KNOWN_PORTS, ...settings.knownPorts];
  const dynamic = ports.filter((p) => p >= 32768);
  const registered = ports.filter((p) => p < 32768);
  return `CASE WHEN ${port} < 1024 THEN TRUE WHEN ${port} >= 32768 THEN ${inRanges(port, dynamic)} ELSE ${inRanges(port, registered)} OR ${port} BETWEEN ${NODE_PORTS[0]} AND ${NODE_PORTS[1]} END`;
}

// Neighbours are tested as one range.
function inRanges(port: string, ports: readonly number[]): string {
  const sorted = [...new Set(ports.map(integer))].toSorted((a, b) => a - b);
  const single: number[] = [];
  const tests: string[] = [];
  for (let i = 0; i < sorted.length;) {
    let last = i;
    while (sorted[last + 1] === sorted[last]! + 1) last++;
    if (last === i) single.push(sorted[i]!);
    else tests.push(`${port} BETWEEN ${sorted[i]} AND ${sorted[last]}`);
    i = last + 1;
  }
  return [...tests, `${port} IN ${list(single)}`].join(" OR ");
}

function list(values: readonly number[]): string {
  return values.length === 0 ? "(-1)" : `(${values.map(integer).join(", ")})`;
}

function integer(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new TurnawayError("BUG", {
    what: "not an integer in SQL settings",
    why: `received ${String(value)}`,
  });
}

/** A range in its normal form, fit to stand between quotes. @throws TurnawayError CONFIG */
export function cidrLiteral(text: string): string {
  const cidr = parseCidr(text);
  if (cidr !== undefined) return cidr.text;
  throw new TurnawayError("CONFIG", {
    what: "not an address range",
    where: "report.internalCidrs",
    why: `received "${text}"`,
    fix: "write a range such as 203.0.113.0/24 or 2001:db8::/32",
  });
}
