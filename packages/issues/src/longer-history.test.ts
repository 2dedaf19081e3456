import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport, type Trouble } from "../test/days.ts";
import { stateKey, type IssueState } from "./issue-state.ts";
import { withLongerHistory } from "./longer-history.ts";

const KEY = stateKey("internal-denied/a/tcp/5432");

// On the 22nd, seen since the 21st as far as the report's own history goes.
const reportOf = (trouble: Partial<Trouble>): Report =>
  dayReport("2026-11-22", [{ name: "a", status: "ongoing", day: 2, ...trouble }]);

const remembered = (firstSeen: string, day = "2026-11-21", key = KEY): IssueState => ({
  day,
  verdict: "findings",
  clearDays: 0,
  closedByUs: false,
  title: "",
  findings: new Map([[key, { firstSeen: Date.parse(firstSeen) / 1000, severity: "high" }]]),
  omitted: 0,
  expiring: new Set(),
  lost: null,
  continued: 0,
  content: "",
  written: "",
});

test("a finding that the issue has shown for longer began when it says", () => {
  const report = withLongerHistory(reportOf({}), remembered("2026-11-10T09:30:00Z"));
  const { firstSeen, day } = report.findings[0]!;
  expect([firstSeen, day]).toEqual(["2026-11-10T09:30:00Z", 13]);
});

test("days are counted in the zone of the report", () => {
  const before = reportOf({});
  const window = { ...before.window, timezone: "Asia/Tokyo" };
  const state = remembered("2026-11-10T16:00:00Z");
  expect(withLongerHistory({ ...before, window }, state).findings[0]!.day).toBe(12);
});

describe("a finding stays as the report has it", () => {
  test.each<[when: string, trouble: Partial<Trouble>, state: IssueState | undefined]>([
    ["without a state", {}, undefined],
    ["where it is new", { status: "new" }, remembered("2026-11-10T09:30:00Z")],
    ["where it is gone", { status: "resolved" }, remembered("2026-11-10T09:30:00Z")],
    ["where it is muted", { status: "muted" }, remembered("2026-11-10T09:30:00Z")],
    ["where the issue does not know it", {}, remembered("2026-11-10T09:30:00Z", undefined, "b")],
    ["where both say the same", {}, remembered("2026-11-21T10:00:00Z")],
    ["where the report looks back further", {}, remembered("2026-11-21T11:00:00Z")],
    [
      "where the issue saw it before it was gone",
      {},
      remembered("2026-11-10T09:30:00Z", "2026-11-20"),
    ],
  ])("%s", (_, trouble, state) => {
    const report = reportOf(trouble);
    expect(withLongerHistory(report, state).findings[0]).toBe(report.findings[0]);
  });
});
