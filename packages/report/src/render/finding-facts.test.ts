import { execFileSync } from "node:child_process";
import type { Finding } from "@turnaway/core";
import { expect, test } from "vitest";
import { sampleFindings } from "../sample-findings.ts";
import { sampleReport } from "../sample-report.ts";
import { factContext } from "./context.ts";
import { findingFacts, subjectSpans, traceCommand } from "./finding-facts.ts";
import { plainText } from "./text/text-layout.ts";

const CONTEXT = factContext(sampleReport(), {});

function facts(own: Partial<Finding>): Record<string, string> {
  const finding: Finding = { ...sampleFindings()[0]!, evidence: {}, ...own };
  return Object.fromEntries(
    findingFacts(finding, CONTEXT).map(({ label, spans }) => [label, plainText(spans)]),
  );
}

test.each<[string, Partial<Finding>, string]>([
  ["both ends", {}, "10.0.3.7 → 10.0.9.20 · 5432/tcp (postgres)"],
  ["no port", { port: null, protocol: "icmp" }, "10.0.3.7 → 10.0.9.20 · icmp"],
  ["many servers", { server: null, port: 22 }, "10.0.3.7 → several servers · 22/tcp (ssh)"],
  ["many clients", { client: null }, "several clients → 10.0.9.20 · 5432/tcp (postgres)"],
  ["a service only", { client: null, server: null }, "5432/tcp (postgres)"],
  ["the logs", { client: null, server: null, port: null, protocol: null }, ""],
])("a finding about %s says who to what", (_, own, subject) => {
  expect(plainText(subjectSpans({ ...sampleFindings()[0]!, ...own }))).toBe(subject);
});

test.each<[string, Partial<Finding>, string, string | undefined]>([
  ["a new finding", {}, "Since", "2026-11-19 14:05 · last seen 2026-11-19 23:58"],
  [
    "an ongoing finding",
    { status: "ongoing", day: 4, firstSeen: "2026-11-16T08:00:00Z" },
    "Since",
    "2026-11-16 08:00 · last seen 2026-11-19 23:58 · day 4",
  ],
  ["one seen once", { lastSeen: "2026-11-19T14:05:09Z" }, "Since", "2026-11-19 14:05"],
  [
    "a resolved finding",
    { status: "resolved", lastSeen: "2026-11-18T10:00:00Z", firstSeen: "2026-11-16T08:00:00Z" },
    "Was there",
    "2026-11-16 08:00 to 2026-11-18 10:00",
  ],
  ["no place of refusal", { refusedAt: null, rule: null }, "Refused", undefined],
  ["a place without a rule", { refusedAt: "both", rule: null }, "Refused", "at both ends"],
  ["a rule without a place", { refusedAt: null, rule: "an ACL" }, "Refused", "an ACL"],
  ["no trace", { trace: null }, "More", undefined],
  ["null evidence", { evidence: { lastAccept: null } }, "Evidence", undefined],
  [
    "times and lists as evidence",
    { evidence: { lastAccept: "2026-11-19T14:04:51Z", ports: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] } },
    "Evidence",
    "last accept 2026-11-19 14:04 · ports 1, 2, 3, 4, 5, 6, 7, 8 and 2 more",
  ],
  [
    "bytes as evidence",
    { evidence: { movedBytes: 2n ** 60n, usualBytes: 999, movedRecords: 12_000 } },
    "Evidence",
    "moved bytes 1.2 EB · usual bytes 999 bytes · moved records 12000",
  ],
  [
    "no owner",
    {
      owner: null,
      ids: { account: null, vpc: "vpc-1", subnet: null, instance: "i-1", interface: null },
    },
    "Whose",
    "no owner known · instance i-1 · VPC vpc-1",
  ],
])("%s shows its %#", (_, own, label, text) => {
  expect(facts(own)[label]).toBe(text);
});

const mute = (until: string): Partial<Finding> => ({
  mute: { reason: "known", owner: "kim", until },
});

test.each<[string, Partial<Finding>, string]>([
  ["in force", { status: "muted", ...mute("2026-12-31") }, "muted by kim until 2026-12-31: known"],
  [
    "ending today",
    { status: "muted", ...mute("2026-11-19") },
    "muted by kim until 2026-11-19 (ends today): known",
  ],
  [
    "ending tomorrow",
    { status: "muted", ...mute("2026-11-20") },
    "muted by kim until 2026-11-20 (ends in 1 day): known",
  ],
  [
    "a week from its end",
    { status: "muted", ...mute("2026-11-26") },
    "muted by kim until 2026-11-26 (ends in 7 days): known",
  ],
  [
    "eight days from its end",
    { status: "muted", ...mute("2026-11-27") },
    "muted by kim until 2026-11-27: known",
  ],
  [
    "over",
    { status: "ongoing", ...mute("2026-11-18") },
    "back: the mute of kim ended 2026-11-18; its reason was “known”",
  ],
])("a mute %s says so", (_, own, text) => {
  expect(facts(own).Mute).toBe(text);
});

test.each([
  ["10.0.0.1", []],
  ["10.0.3.7->10.0.9.20:5432", ["./my logs", "s3://bucket/prefix"]],
  ['it\'s; rm -rf $HOME `id` \\ "x" *', ["a&b"]],
])("the shell reads the trace line of %j as the same words", (subject, sources) => {
  const command = traceCommand(subject, sources).replace(/^turnaway/, "printf '%s\\n'");
  const words = execFileSync("sh", ["-c", command], { encoding: "utf8" }).trimEnd().split("\n");
  expect(words).toEqual(["trace", subject, ...sources]);
});
