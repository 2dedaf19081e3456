import { TurnawayError } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { composeTrace } from "./compose-trace.ts";
import { DEFAULT_SETTINGS } from "./macros.ts";
import { parseTraceSubject } from "./trace-subject.ts";

describe("parseTraceSubject", () => {
  it.each([
    ["10.0.3.7", "10.0.3.7"],
    [" 10.0.3.7 ", "10.0.3.7"],
    ["10.0.16.0/20", "10.0.16.0/20"],
    ["10.0.3.7/32", "10.0.3.7"],
    ["10.0.9.20:5432", "10.0.9.20:5432"],
    ["10.0.9.20:53/udp", "10.0.9.20:53/udp"],
    ["10.0.9.20:53/17", "10.0.9.20:53/udp"],
    ["10.0.3.7->10.0.9.20:5432", "10.0.3.7->10.0.9.20:5432"],
    ["10.0.3.7 -> 10.0.9.20:5432/tcp", "10.0.3.7->10.0.9.20:5432/tcp"],
    ["10.0.3.7 → 10.0.9.20", "10.0.3.7->10.0.9.20"],
    ["10.0.0.0/16->10.1.0.0/16:443", "10.0.0.0/16->10.1.0.0/16:443"],
    ["2001:DB8::1", "2001:db8::1"],
    ["2001:db8::/32", "2001:db8::/32"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:443", "[2001:db8::1]:443"],
    ["[2001:db8::/32]:443", "[2001:db8::/32]:443"],
    ["2001:db8::5->[2001:db8::1]:443/tcp", "2001:db8::5->[2001:db8::1]:443/tcp"],
    ["0.0.0.0/0", "0.0.0.0/0"],
    ["10.0.3[.]7->[2001:db8:[:]7]:443", "10.0.3.7->[2001:db8::7]:443"],
  ])("reads %s as %s", (text, canonical) => {
    const subject = parseTraceSubject(text);
    expect(subject.text).toBe(canonical);
    expect(parseTraceSubject(subject.text)).toEqual(subject);
  });

  it("keeps the ends apart from port and protocol", () => {
    expect(parseTraceSubject("10.0.0.0/16->10.0.9.20:53/udp")).toEqual({
      text: "10.0.0.0/16->10.0.9.20:53/udp",
      from: { text: "10.0.0.0/16", isRange: true },
      to: { text: "10.0.9.20", isRange: false },
      port: 53,
      protocol: 17,
    });
  });

  it.each([
    ["", "it is empty"],
    ["->10.0.0.1", 'one side of "->" is empty'],
    ["10.0.0.1->", 'one side of "->" is empty'],
    ["10.0.0.1->10.0.0.2->10.0.0.3", '"->" stands in it 2 times'],
    ["10.0.0.1:80->10.0.0.2:443", '"10.0.0.1:80" has a port'],
    ["10.0.0.256", '"10.0.0.256" is neither an address nor a range'],
    ["10.0.0.0/33", '"10.0.0.0/33" is neither an address nor a range'],
    ["10.0.0.0/", '"10.0.0.0/" is neither an address nor a range'],
    ["10.5", '"10.5" is neither an address nor a range'],
    ["host.example.com", '"host.example.com" is neither an address nor a range'],
    ["eni-0123", '"eni-0123" is neither an address nor a range'],
    ["10.0.0.1:", '"" is not a port from 0 to 65535'],
    ["10.0.0.1:65536", '"65536" is not a port from 0 to 65535'],
    ["10.0.0.1:http", '"http" is not a port from 0 to 65535'],
    ["10.0.0.1:80/carrier-pigeon", '"carrier-pigeon" is not a protocol'],
    ["[10.0.0.1", '"[10.0.0.1" is neither an address nor a range'],
    ["2001:db8::1:443:::", "is neither an address nor a range"],
    ["10.0.0.1' OR '1'='1", "is neither an address nor a range"],
  ])("refuses %s", (text, why) => {
    const parse = (): unknown => parseTraceSubject(text);
    expect(parse).toThrow(why);
    expect(parse).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it("lets no quote through, whatever it is given", () => {
    const near = fc.string({
      unit: fc.constantFrom(...Array.from("0123456789abcdef.:/[]->'%; ")),
      maxLength: 30,
    });
    fc.assert(
      fc.property(near, (text) => {
        expect(canonicalOrRefused(text)).not.toMatch(/['";%\\]/);
      }),
    );
  });
});

function canonicalOrRefused(text: string): string {
  try {
    return parseTraceSubject(text).text;
  } catch (error) {
    if (error instanceof TurnawayError && error.code === "USAGE") return "";
    throw error;
  }
}

describe("composeTrace", () => {
  const options = { settings: DEFAULT_SETTINGS, window: { start: 0, end: 3600 }, limit: 5 };
  const predicate = (text: string): string =>
    /WHERE (.*) AND action IN/.exec(
      composeTrace(parseTraceSubject(text), options).records.sql,
    )![1]!;

  it.each([
    [
      "10.0.3.7",
      "(((dst = '10.0.3.7' OR dstaddr = '10.0.3.7')) OR ((src = '10.0.3.7' OR srcaddr = '10.0.3.7')))",
    ],
    [
      "10.0.0.1->10.0.0.2:53/udp",
      "(protocol = 17 AND (((dst = '10.0.0.2' OR dstaddr = '10.0.0.2') AND (src = '10.0.0.1' OR srcaddr = '10.0.0.1') AND dstport = 53) OR ((src = '10.0.0.2' OR srcaddr = '10.0.0.2') AND (dst = '10.0.0.1' OR dstaddr = '10.0.0.1') AND srcport = 53)))",
    ],
  ])("asks for both directions of %s", (text, expected) => {
    expect(predicate(text)).toBe(`start_time >= 0 AND start_time < 3600 AND ${expected}`);
  });

  it("picks the subject before it decides the direction", () => {
    const { conversations } = composeTrace(parseTraceSubject("10.0.3.7"), options);
    expect(conversations.sql.indexOf("10.0.3.7")).toBeLessThan(
      conversations.sql.indexOf("directed AS"),
    );
    expect(conversations.sql.match(/FROM flow_records/g)).toHaveLength(1);
  });

  it("reads a stage in place of the logs", () => {
    const staged = composeTrace(parseTraceSubject("10.0.3.7"), { ...options, stage: "kept" });
    expect(staged.conversations.sql).toContain("SELECT * FROM kept");
    expect(staged.conversations.sql).not.toContain("flow_records");
    expect(staged.tuples.sql).toContain("FROM flow_records");
  });
});
