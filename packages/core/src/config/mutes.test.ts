import { readFileSync } from "node:fs";

import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { TurnawayError } from "../errors.ts";
import { addDays } from "../window.ts";
import {
  EXPIRY_NOTICE_DAYS,
  matchMute,
  type MutableFinding,
  type Mute,
  parseMutes,
} from "./mutes.ts";

const finding: MutableFinding = {
  key: "internal-denied:10.0.3.7>10.0.9.20:tcp/5432",
  detection: "internal-denied",
  client: "10.0.3.7",
  server: "10.0.9.20",
  port: 5432,
  protocol: "tcp",
};

const mute = (match: Mute["match"], until = "2026-12-31"): Mute => ({
  match,
  reason: "known",
  owner: "platform",
  until,
});

describe("a mute matches", () => {
  test.each<[matches: boolean, match: Mute["match"]]>([
    [true, { key: finding.key }],
    [false, { key: `${finding.key}1` }],
    [true, { detection: "internal-denied" }],
    [false, { detection: "egress-denied" }],
    [true, { client: "10.0.3.7" }],
    [true, { client: "10.0.0.0/22" }],
    [false, { client: "10.0.3.70" }],
    [true, { server: "10.0.9.20/32", port: 5432, protocol: "tcp" }],
    [false, { server: "10.0.9.20", port: 5433 }],
    [false, { server: "10.0.9.20", protocol: "udp" }],
    [false, { detection: "internal-denied", server: "2001:db8::/32" }],
  ])("%s for %o", (matches, match) => {
    expect(matchMute(finding, [mute(match)], "2026-11-20") !== undefined).toBe(matches);
  });

  test("no finding that lacks what it asks for", () => {
    const gap = { ...finding, client: null, server: null, port: null, protocol: null };
    for (const match of [{ client: "0.0.0.0/0" }, { port: 0 }, { protocol: "tcp" }]) {
      expect(matchMute(gap, [mute(match)], "2026-11-20")).toBeUndefined();
    }
  });
});

test("a mute by key matches the key as it was posted, masked or defanged", () => {
  const masked = { ...finding, postedKey: "internal-denied:ip-ghjkm>ip-npqrs:tcp/5432" };
  for (const key of [
    masked.postedKey,
    "internal-denied:10.0.3[.]7>10.0.9[.]20:tcp/5432",
    finding.key,
  ]) {
    expect(matchMute(masked, [mute({ key })], "2026-11-20")?.state).toBe("in-force");
  }
  expect(matchMute(finding, [mute({ key: masked.postedKey })], "2026-11-20")).toBeUndefined();
});

describe("a mute until 2026-12-31", () => {
  test.each([
    ["in-force", "2026-11-20"],
    ["in-force", "2026-12-23"],
    ["expiring", "2026-12-24"],
    ["expiring", "2026-12-31"],
    ["expired", "2027-01-01"],
  ])("is %s on %s", (state, today) => {
    expect(matchMute(finding, [mute({ port: 5432 })], today)?.state).toBe(state);
  });
});

test("an expired mute never hides one in force, whatever their order", () => {
  const days = fc.array(fc.integer({ min: -30, max: 30 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(days, (offsets) => {
      const today = "2026-11-20";
      const mutes = offsets.map((offset) => mute({ port: 5432 }, addDays(today, offset)));
      const longest = Math.max(...offsets);
      const expected =
        longest < 0 ? "expired" : longest <= EXPIRY_NOTICE_DAYS ? "expiring" : "in-force";
      expect(matchMute(finding, mutes, today)?.state).toBe(expected);
    }),
  );
});

test.each([
  ["", 0],
  ["[]", 0],
  [readSample(), 0],
  [readSample().replaceAll("#:", ""), 1],
])("a file %j is read", (text, count) => {
  expect(parseMutes(text, "mutes.yml")).toHaveLength(count);
});

test.each([
  [
    "- match: { detection: port-scna }\n  reason: x\n  owner: y\n  until: 2026-12-31",
    /^wrong value for \[0\]\.match\.detection \(mutes\.yml:1\): got "port-scna", expected .*\. Did you mean "port-scan"\?$/,
  ],
  [
    "- match: { port: 22 }\n  reason: x\n  owner: y\n  until: 2026-02-30",
    /^wrong value for \[0\]\.until \(mutes\.yml:4\): got "2026-02-30", expected a day as YYYY-MM-DD\.$/,
  ],
  [
    "- match: {}\n  reason: x\n  owner: y\n  until: 2026-12-31",
    /^wrong value for \[0\]\.match \(mutes\.yml:1\): got no key, expected at least one of key, detection, client, server, port, protocol\.$/,
  ],
  [
    "- match: { sever: 10.0.0.1 }\n  reason: x\n  owner: y\n  until: 2026-12-31",
    /^unknown key \[0\]\.match\.sever \(mutes\.yml:1\): allowed are .*\. Did you mean "server"\?$/,
  ],
  [
    "- match: { port: 22 }",
    /^\[0\]\.reason is missing \(mutes\.yml:1\): .*\n\[0\]\.owner is missing .*\n\[0\]\.until is missing .*$/,
  ],
  [
    "match: { port: 22 }",
    /^wrong value for the file \(mutes\.yml:1\): got a group of keys, expected a list\.$/,
  ],
])("a file %j is refused", (text, message) => {
  let error: unknown;
  try {
    parseMutes(text, "mutes.yml");
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(TurnawayError);
  expect((error as TurnawayError).message).toMatch(message);
});

function readSample(): string {
  return readFileSync(new URL("../../../../mutes.yml", import.meta.url), "utf8");
}
