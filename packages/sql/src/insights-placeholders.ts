import { type LogFormat, TurnawayError } from "@turnaway/core";

import type { InsightsFile } from "./insights-file.ts";
import { type InsightsRecords, insightsRecords } from "./insights-records.ts";
import { cidrLiteral, KNOWN_PORTS, NODE_PORTS, type SqlSettings } from "./macros.ts";
import type { QueryWindow } from "./query-window.ts";
import type { TraceEnd, TraceSubject } from "./trace-subject.ts";

/** What the placeholders of a query are filled from. */
export interface InsightsContext {
  readonly settings: SqlSettings;
  readonly format: LogFormat;
  readonly window: QueryWindow;
  readonly cut?: number;
  readonly values?: Readonly<Record<string, number>>;
  readonly subject?: TraceSubject;
}

/**
 * Fills in `{{name}}` and `{{name:column}}`: a field of the record by its column, one of
 * the table below, or a number that the header's `values` name.
 */
export function expandInsights(text: string, file: InsightsFile, context: InsightsContext): string {
  const records = insightsRecords(context.format);
  return text.replaceAll(PLACEHOLDER, (_whole, name: string, argument: string | undefined) => {
    const write = TESTS[name];
    if (write !== undefined) return write(context, records, argument ?? "");
    if (file.values !== undefined && name in file.values)
      return number(context.values?.[name], name);
    return field(records, name);
  });
}

/** Columns that the query names and the format lacks. */
export function missingColumns(file: InsightsFile, format: LogFormat): string[] {
  const records = insightsRecords(format);
  const named = [...file.text.matchAll(PLACEHOLDER)].flatMap(([, name, argument]) => [
    ...(TESTS[name!] === undefined && file.values?.[name!] === undefined ? [name!] : []),
    ...(argument === undefined ? [] : [argument]),
    ...(NEEDED_BY[name!] ?? []),
  ]);
  const lacking = named.filter((column) => tryField(records, column) === undefined);
  return [...new Set(lacking)];
}

const PLACEHOLDER = /\{\{([a-z_]+)(?::([a-z_]+))?\}\}/g;

type Write = (context: InsightsContext, records: InsightsRecords, argument: string) => string;

const TESTS: Readonly<Record<string, Write>> = {
  records: (_context, { prelude }) => prelude,
  /** The record starts in the window. */
  within: ({ window }) =>
    `start_time >= ${integer(window.start)} and start_time < ${integer(window.end)}`,
  /** The same of the log event, for what is no record and has no start of its own. */
  event_within: ({ window }) =>
    `toMillis(@timestamp) >= ${integer(window.start) * 1000} and toMillis(@timestamp) < ${integer(window.end) * 1000}`,
  cut: (context) => String(cutOf(context)),
  /** 0 before the report's period, 1 in it. */
  period: (context) => {
    const { start } = context.window;
    const length = cutOf(context) - integer(start);
    return length <= 0 ? "1" : `least(floor((start_time - ${start}) / ${length}), 1)`;
  },
  hour: ({ settings }) => `start_time - (start_time - ${integer(settings.hourOffset)}) % 3600`,
  /** The same of the log event. */
  event_hour: ({ settings: { hourOffset } }) =>
    `floor((toMillis(@timestamp) / 1000 - ${integer(hourOffset)}) / 3600) * 3600 + ${hourOffset}`,
  inside: ({ settings }, records, column) => inside(settings, field(records, column)),
  outside: ({ settings }, records, column) => {
    const address = field(records, column);
    return `isValidIp(${address}) and not ${inside(settings, address)}`;
  },
  valid: (_context, records, column) => `isValidIp(${field(records, column)})`,
  serves: ({ settings }, records, column) => serves(settings, field(records, column)),
  /**
   * The record asks, as far as its own ports tell: what comes from a server's port to
   * another port is an answer.
   */
  asks: ({ settings }, records) =>
    `not (${serves(settings, field(records, "srcport"))} and not ${serves(settings, field(records, "dstport"))})`,
  /** And not by a control of the VPC, where the format says so: that is another trouble. */
  by_rule: (_context, records) => {
    const reason = records.reference("reject_reason");
    return reason === undefined ? "" : ` and ${reason} = "-"`;
  },
  admin_ports: ({ settings }) => list(settings.adminPorts),
  /** The record is of a conversation that the subject names, in either direction. */
  subject: ({ subject }, records) => {
    if (subject === undefined)
      throw new TurnawayError("BUG", {
        what: "no subject",
        where: "insights",
        why: "the query asks for one",
      });
    return subjectTest(subject, records);
  },
};

const NEEDED_BY: Readonly<Record<string, readonly string[]>> = {
  within: ["start"],
  hour: ["start"],
  period: ["start"],
  asks: ["srcport", "dstport"],
  subject: ["srcaddr", "dstaddr", "srcport", "dstport", "protocol"],
};

function field(records: InsightsRecords, column: string): string {
  const found = tryField(records, column);
  if (found !== undefined) return found;
  throw new TurnawayError("BUG", {
    what: "unknown placeholder",
    where: "insights",
    why: `{{${column}}} is no field of the log format`,
  });
}

// `src` and `dst` are the true ends where they are logged, as in the views.
function tryField(records: InsightsRecords, column: string): string | undefined {
  if (column !== "src" && column !== "dst") return records.reference(column);
  return records.reference(`pkt_${column}addr`) ?? records.reference(`${column}addr`);
}

function subjectTest({ from, to, port, protocol }: TraceSubject, records: InsightsRecords): string {
  const direction = (asker: "src" | "dst", asked: "src" | "dst"): string =>
    [
      isEnd(to, asked, records),
      ...(from === null ? [] : [isEnd(from, asker, records)]),
      ...(port === null ? [] : [`${field(records, `${asked}port`)} = ${integer(port)}`]),
    ].join(" and ");
  const either = `((${direction("src", "dst")}) or (${direction("dst", "src")}))`;
  return protocol === null
    ? either
    : `${field(records, "protocol")} = ${integer(protocol)} and ${either}`;
}

// By the address as logged or by the packet's own. The parser let nothing but an address, or a
// range with its prefix, into the text.
function isEnd({ text, isRange }: TraceEnd, side: "src" | "dst", records: InsightsRecords): string {
  const columns = [`${side}addr`, `pkt_${side}addr`].flatMap(
    (name) => records.reference(name) ?? [],
  );
  const subnet = text.includes(":") ? "isIpv6InSubnet" : "isIpv4InSubnet";
  const tests = columns.map((column) =>
    isRange ? `${subnet}(${column}, "${text}")` : `${column} = "${text}"`,
  );
  return `(${tests.join(" or ")})`;
}

// The functions are one for each family, and answer false for the other.
function inside(settings: SqlSettings, address: string): string {
  const tests = settings.localRanges.map((text) => {
    const cidr = cidrLiteral(text);
    return `${cidr.includes(":") ? "isIpv6InSubnet" : "isIpv4InSubnet"}(${address}, "${cidr}")`;
  });
  return `(${tests.join(" or ")})`;
}

function serves({ knownPorts }: SqlSettings, port: string): string {
  const known = [...new Set([...KNOWN_PORTS, ...knownPorts])].filter((p) => p >= 1024);
  return `(${port} < 1024 or (${port} >= ${NODE_PORTS[0]} and ${port} <= ${NODE_PORTS[1]}) or ${port} in ${list(known)})`;
}

function list(ports: readonly number[]): string {
  return `[${ports
    .map(integer)
    .toSorted((a, b) => a - b)
    .join(", ")}]`;
}

function cutOf({ cut, window }: InsightsContext): number {
  return integer(cut ?? window.start);
}

function number(value: number | undefined, name: string): string {
  if (value !== undefined) return String(integer(value));
  throw new TurnawayError("BUG", {
    what: "value not given",
    where: "insights",
    why: `received no ${name}`,
  });
}

function integer(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new TurnawayError("BUG", {
    what: "not an integer in an Insights query",
    why: `received ${String(value)}`,
  });
}
