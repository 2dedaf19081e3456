import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";

import { DEFAULT_FORMAT, type LogFormat, parseLogFormat, RICH_FORMAT } from "@turnaway/core";
import { filesOf, simulate } from "@turnaway/simulator";
import { ADMIN_PORTS } from "@turnaway/sql";
import { describe, expect, it } from "vitest";

import { matches, type Reading } from "../../test/cloudwatch-pattern.ts";
import {
  fieldsWithout,
  filterPattern,
  REJECT_CONDITIONS,
  type RejectKind,
} from "./filter-pattern.ts";

const KINDS = Object.keys(REJECT_CONDITIONS) as RejectKind[];
const READINGS: readonly Reading[] = ["exact", "rest"];

const FORMATS: Readonly<Record<string, LogFormat>> = {
  default: DEFAULT_FORMAT,
  rich: RICH_FORMAT,
  "action last": parseLogFormat("version srcaddr dstaddr srcport dstport protocol action"),
  "port last": parseLogFormat("action log-status protocol srcaddr dstaddr packets dstport"),
  "protocol first": parseLogFormat("protocol interface-id action dstport tcp-flags"),
};

/** The same by the fields of the line, in other words than a pattern's. */
const COUNTED: Readonly<Record<RejectKind, (value: (field: string) => string) => boolean>> = {
  ssh: (value) => isTcp(value) && value("dstport") === "22",
  rdp: (value) => ["6", "17"].includes(value("protocol")) && value("dstport") === "3389",
  admin: (value) => isTcp(value) && ADMIN_PORTS.includes(Number(value("dstport"))),
  all: () => true,
};

function isTcp(value: (field: string) => string): boolean {
  return value("protocol") === "6";
}

function check(kind: RejectKind, format: LogFormat, lines: readonly string[]): number {
  const pattern = filterPattern(format, REJECT_CONDITIONS[kind])!;
  const expected = lines.filter((line) => {
    const words = line.split(" ");
    const value = (field: string): string => words[format.fields.indexOf(field)]!;
    return value("action") === "REJECT" && COUNTED[kind](value);
  });
  for (const reading of READINGS)
    expect(lines.filter((line) => matches(pattern, line, reading))).toEqual(expected);
  return expected.length;
}

describe("the evaluator of patterns", () => {
  const APACHE =
    '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';
  it.each([
    ["[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes]", APACHE, true],
    ["[..., request =*.html*, status_code = 4*, bytes]", APACHE, true],
    ["[ip, user, ..., status_code = 500, bytes]", APACHE, false],
    [
      "[ip, user, username, timestamp, request, status_code = 404 || status_code = 410, bytes]",
      APACHE,
      true,
    ],
    ["[ip, user, username, timestamp, request, status_code, bytes > 2000]", APACHE, false],
    ["[w1!=ERROR && w1!=WARNING, w2]", "INFO started", true],
    ["[w1!=ERROR && w1!=WARNING, w2]", "ERROR stopped", false],
    ["[w1, w2, w3]", "too short", false],
  ])("agrees with the user guide on %s", (pattern, event, expected) => {
    for (const reading of READINGS) expect(matches(pattern, event, reading)).toBe(expected);
  });

  it("has both readings of an event that is longer than its pattern", () => {
    const event = "ERROR 09/25/2014 12:00:02 Failed to process request";
    expect(matches("[w1=ERROR, w2]", event, "rest")).toBe(true);
    expect(matches("[w1=ERROR, w2]", event, "exact")).toBe(false);
  });
});

describe("a filter pattern", () => {
  it("is the one of the user guide for SSH on the default format", () => {
    expect(filterPattern(DEFAULT_FORMAT, REJECT_CONDITIONS.ssh)).toBe(
      '[version, account_id, interface_id, srcaddr, dstaddr, srcport, dstport="22", protocol="6", ' +
        'packets, bytes, start, end, action="REJECT", log_status]',
    );
  });

  it.each(Object.entries(FORMATS))("names every field in its place, format %s", (_name, format) => {
    for (const kind of KINDS) {
      const pattern = filterPattern(format, REJECT_CONDITIONS[kind])!;
      const items = pattern.slice(1, -1).split(", ");
      expect(items).toHaveLength(format.fields.length);
      for (const [i, item] of items.entries()) {
        const name = /^\w+/.exec(item)![0];
        expect([format.fields[i]!.replaceAll("-", "_"), `w${i + 1}`]).toContain(name);
      }
    }
  });

  it("stays within the 1024 characters that CloudWatch takes, with the richest format", () => {
    const lengths = KINDS.map(
      (kind) => filterPattern(RICH_FORMAT, REJECT_CONDITIONS[kind])!.length,
    );
    expect(Math.max(...lengths)).toBeLessThanOrEqual(1024);
    expect(filterPattern(RICH_FORMAT, REJECT_CONDITIONS.ssh)).toContain("next_hop_interface_type");
  });

  it.each([
    ["version srcaddr dstaddr", "ssh", ["dstport", "protocol", "action"]],
    ["version srcaddr dstaddr", "all", ["action"]],
    ["action dstport", "admin", ["protocol"]],
    ["action", "all", []],
  ] as const)("of %s for %s lacks %j", (fields, kind, lacking) => {
    const format = parseLogFormat(fields);
    expect(fieldsWithout(format, REJECT_CONDITIONS[kind])).toEqual(lacking);
    expect(filterPattern(format, REJECT_CONDITIONS[kind]) === undefined).toBe(lacking.length > 0);
  });
});

describe("a filter pattern counts what splitting the lines counts", () => {
  it.each(Object.entries(FORMATS))("in a simulated day, format %s", (_name, format) => {
    const lines = simulatedLines(format);
    const counted = KINDS.map((kind) => check(kind, format, lines));
    expect(counted.every((count) => count > 0 && count < lines.length)).toBe(true);
  });

  const line = (change: Readonly<Record<string, string>>): string => {
    const words = "2 123456789010 eni-1 10.0.0.1 10.0.0.2 49152 22 6 3 180 1 61 REJECT OK".split(
      " ",
    );
    for (const [field, word] of Object.entries(change))
      words[DEFAULT_FORMAT.fields.indexOf(field)] = word;
    return words.join(" ");
  };
  it.each([
    ["a refused record", line({}), true],
    ["one whose status is SKIPDATA and that has traffic", line({ "log-status": "SKIPDATA" }), true],
    ["another port", line({ dstport: "2222" }), false],
    ["another port that begins alike", line({ dstport: "220" }), false],
    ["another protocol", line({ protocol: "17" }), false],
    ["one that was let through", line({ action: "ACCEPT" }), false],
    ["an answer from port 22", line({ srcport: "22", dstport: "49152" }), false],
    ["NODATA", "2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - NODATA", false],
    ["SKIPDATA", "2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - SKIPDATA", false],
    ["a header", DEFAULT_FORMAT.fields.join(" "), false],
    ["a record of a shorter format", "10.0.0.1 10.0.0.2 22 6 REJECT", false],
    [
      "a record of a longer format in another order",
      "5 10.0.0.1 10.0.0.2 49152 22 6 1 61 IPv4 3 180 123456789010 vpc-1 subnet-1 i-1 eni-1 REJECT 2 OK",
      false,
    ],
  ])("%s", (_name, event, expected) => {
    const pattern = filterPattern(DEFAULT_FORMAT, REJECT_CONDITIONS.ssh)!;
    for (const reading of READINGS) expect(matches(pattern, event, reading)).toBe(expected);
  });

  const data = path.resolve(import.meta.dirname, "../../../../../shared/data");
  it.skipIf(!existsSync(data))("in real records of the default format", () => {
    const lines = realRecords(data);
    expect(lines.length).toBeGreaterThan(10_000);
    const counted = KINDS.map((kind) => check(kind, DEFAULT_FORMAT, lines));
    expect(counted.every((count) => count > 0)).toBe(true);
  });
});

function simulatedLines(format: LogFormat): readonly string[] {
  const startDay = "2026-11-10";
  const simulation = simulate({ seed: 7, startDay, days: 1, format, recordsPerDay: 10_000 });
  return [...filesOf(simulation, { layout: "default", day: startDay })].flatMap((file) =>
    [...file.text()].join("").trimEnd().split("\n").slice(1),
  );
}

/** Every record of the default format, whatever stands around it: CSV, JSON, a time before it. */
function realRecords(folder: string): readonly string[] {
  const record =
    /\b2 (?:\d{12}|unknown) eni-\S+(?: [^\s"]+){10} (?:OK|NODATA|SKIPDATA)(?=\s*$|\\?")/gm;
  return readdirSync(folder)
    .filter((name) => !name.endsWith(".parquet"))
    .flatMap((name) => {
      const bytes = readFileSync(path.join(folder, name));
      const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
      return text.match(record) ?? [];
    });
}
