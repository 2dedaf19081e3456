import { columnName, findField, protocolNumber, type Row, type SqlValue } from "@turnaway/core";

import { instant } from "./case-time.ts";
import { cellsOf, expandRanges } from "./text-table.ts";

/**
 * Flow-log records as a person reads them, one line each:
 *
 *     eni-a  tcp 10.0.1.5:40001 > 10.0.2.9:5432  ACCEPT
 *     09:05 eni-b  tcp [fd00::1]:40001 > [fd00::2]:443  REJECT  syn egress bytes=5000
 *     eni-a  NODATA
 *
 * The time is optional (`d1T09:05` is another day). What follows the action:
 * `syn`, `syn-ack`, `flags-none` (flags are logged, neither is set), `egress`,
 * `ingress`, `pkt=SRC>DST`, `x5` (five equal records), and any `field=value`.
 * A field that no word names is one that the log format lacks.
 */
export function parseFlowLines(text: string): Row[] {
  return cellsOf(text).flatMap((cells) => expandRanges(cells).flatMap(parseLine));
}

/** What every record has; given as a map, a row replaces what it must. */
export const RECORD_DEFAULTS: Row = {
  version: 2,
  account_id: "123456789012",
  start: instant("d0T09:00")!,
  end: instant("d0T09:01")!,
  packets: 1,
  bytes: 100,
  log_status: "OK",
};

function parseLine(cells: readonly string[]): Row[] {
  const time = parseTime(cells[0]!);
  const [eni, ...rest] = time === undefined ? cells : cells.slice(1);
  const when = time === undefined ? {} : { start: time, end: time + 59 };
  const head = { ...RECORD_DEFAULTS, ...when, interface_id: eni! };
  if (rest[0] === "NODATA" || rest[0] === "SKIPDATA") {
    return [
      { ...head, packets: null, bytes: null, log_status: rest[0], ...parseWords(rest.slice(1)) },
    ];
  }
  const [protocol, from, arrow, to, action, ...words] = rest;
  if (arrow !== ">" || !/^(ACCEPT|REJECT|-)$/.test(action ?? "")) {
    throw new Error(`not a flow line: ${cells.join(" ")}`);
  }
  const [srcaddr, srcport] = parseEnd(from!);
  const [dstaddr, dstport] = parseEnd(to!);
  const row: Row = {
    ...head,
    protocol: protocolNumber(protocol!)!,
    srcaddr,
    srcport,
    dstaddr,
    dstport,
    action: action!,
    ...parseWords(words.filter((word) => !/^x\d+$/.test(word))),
  };
  const times = words.find((word) => /^x\d+$/.test(word))?.slice(1) ?? "1";
  return Array.from({ length: Number(times) }, () => row);
}

function parseTime(cell: string): number | undefined {
  return instant(/^\d+:\d\d/.test(cell) ? `d0T${cell}` : cell);
}

// Protocols without ports are logged with ports 0.
function parseEnd(cell: string): [address: string, port: number] {
  const match = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(cell);
  if (match === null) throw new Error(`not an end of a flow: ${cell}`);
  return [match[1] ?? match[2]!, Number(match[3] ?? 0)];
}

const WORDS: Readonly<Record<string, Row>> = {
  syn: { tcp_flags: 2 },
  "syn-ack": { tcp_flags: 18 },
  "flags-none": { tcp_flags: 0 },
  egress: { flow_direction: "egress" },
  ingress: { flow_direction: "ingress" },
};

function parseWords(words: readonly string[]): Row {
  return Object.assign({}, ...words.map(parseWord)) as Row;
}

function parseWord(word: string): Row {
  const known = WORDS[word];
  if (known !== undefined) return known;
  const [name, value = ""] = word.split("=", 2) as [string, string?];
  if (name === "pkt") {
    const [source, destination] = value.split(">") as [string, string];
    return { pkt_srcaddr: source, pkt_dstaddr: destination };
  }
  const field = findField(name);
  if (field === undefined) throw new Error(`no flow-log field: ${word}`);
  return { [columnName(name)]: parseValue(field.type, value) };
}

function parseValue(type: "int" | "bigint" | "string", value: string): SqlValue {
  if (type === "string") return value;
  return value === "-" ? null : BigInt(value);
}
