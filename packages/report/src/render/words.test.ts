import { expect, test } from "vitest";
import { serviceText } from "./services.ts";
import { clockFor, daysBetween } from "./times.ts";
import { bytesText, counted, countText, dollarsText, roundedCount, wordsOf } from "./words.ts";

test.each([
  [0, "0"],
  [999, "999"],
  [1000, "1,000"],
  [9_007_199_254_740_993n, "9,007,199,254,740,993"],
])("the count %s reads %s", (count, text) => {
  expect(countText(count)).toBe(text);
});

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 KB"],
  [277_320, "277.3 KB"],
  [999_949, "999.9 KB"],
  [999_950, "1.0 MB"],
  [540_431_955_284_459_580n, "540.4 PB"],
])("%s bytes read %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

test.each([
  [0, "no cost"],
  [0.000_001, "< $0.01"],
  [0.0099, "< $0.01"],
  [0.01, "$0.01"],
  [0.954, "$0.95"],
  [1204.5, "$1,204.50"],
])("%f dollars are %s", (usd, text) => {
  expect(dollarsText(usd)).toBe(text);
});

test("one is singular, none and many are plural", () => {
  expect([0, 1, 1n, 2].map((count) => counted(count, "record"))).toEqual([
    "0 records",
    "1 record",
    "1 record",
    "2 records",
  ]);
});

test("axis labels are short", () => {
  expect([0, 950, 9000, 12_000, 1_500_000].map(roundedCount)).toEqual([
    "0",
    "950",
    "9K",
    "12K",
    "1.5M",
  ]);
});

test("evidence names become words", () => {
  expect(wordsOf("lastAccept")).toBe("last accept");
  expect(wordsOf("portCount2Days")).toBe("port count2 days");
});

test.each([
  [{ port: 5432, protocol: "tcp" }, "5432/tcp (postgres)"],
  [{ port: 5432, protocol: "udp" }, "5432/udp"],
  [{ port: 53, protocol: "udp" }, "53/udp (dns)"],
  [{ port: 53, protocol: "sctp" }, "53/sctp"],
  [{ port: 4444, protocol: "tcp" }, "4444/tcp"],
  [{ port: 0, protocol: null }, "0/any"],
  [{ port: null, protocol: "icmp" }, "icmp"],
  [{ port: null, protocol: null }, null],
])("the service %j reads %s", (service, text) => {
  expect(serviceText(service)).toBe(text);
});

test.each([
  ["UTC", "2026-11-19T23:30:00Z", "2026-11-19 23:30"],
  ["Europe/Berlin", "2026-11-19T23:30:00Z", "2026-11-20 00:30"],
  ["America/New_York", "2026-07-01T03:59:59Z", "2026-06-30 23:59"],
  ["Asia/Kathmandu", "2026-11-19T00:00:00Z", "2026-11-19 05:45"],
])("in %s the instant %s reads %s", (timezone, instant, text) => {
  expect(clockFor(timezone).time(instant)).toBe(text);
});

test.each([
  ["UTC", "2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z", "Thursday 19 November 2026"],
  ["Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", "Sunday 25 October 2026"],
  ["UTC", "2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z", "2026-11-19 00:00 to 2026-11-21 00:00"],
  ["UTC", "2026-11-19T06:00:00Z", "2026-11-20T06:00:00Z", "2026-11-19 06:00 to 2026-11-20 06:00"],
])("in %s the window from %s to %s reads %s", (timezone, start, end, text) => {
  expect(clockFor(timezone).window({ start, end, timezone })).toBe(text);
});

test("a zone that this machine does not know falls back to UTC and says so", () => {
  expect(clockFor("Mars/Olympus").zone).toBe("UTC");
  expect(clockFor("Mars/Olympus").time("2026-11-19T23:30:00Z")).toBe("2026-11-19 23:30");
});

test("days between dates count over a change of clocks", () => {
  expect(daysBetween("2026-10-24", "2026-10-26")).toBe(2);
  expect(daysBetween("2026-11-19", "2026-11-18")).toBe(-1);
});
