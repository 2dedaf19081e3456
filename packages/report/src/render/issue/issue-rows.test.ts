import type { Finding, Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { manyFindings } from "../../many-findings.ts";
import { sampleReport } from "../../sample-report.ts";
import { factContext } from "../context.ts";
import { issueRows, mutedRows } from "./issue-rows.ts";

const [SAMPLE] = sampleReport().findings;

function reportWith(...findings: readonly Partial<Finding>[]): Report {
  return {
    ...sampleReport(),
    findings: findings.map((each, index) => ({ ...SAMPLE!, key: `k/${index}`, ...each })),
  };
}

const rowsOf = (report: Report, defang = false) =>
  issueRows(report, factContext(report, { defang }));

test("new, then still there, then gone; each scope under its heading, once", () => {
  const { rows, beyond } = rowsOf(
    reportWith(
      { status: "resolved", scope: "internal" },
      { status: "ongoing", scope: "ingress" },
      { status: "muted", scope: "internal" },
      { status: "new", scope: "egress" },
      { status: "new", scope: "internal" },
      { status: "new", scope: "internal" },
    ),
  );
  expect(rows.map(({ status, scope }) => [status, scope])).toEqual([
    ["new", "### Internal\n\n"],
    ["new", ""],
    ["new", "### Out to the internet\n\n"],
    ["ongoing", "### In from the internet\n\n"],
    ["resolved", "### Internal\n\n"],
  ]);
  expect(beyond).toBe(0);
});

describe("a row in full", () => {
  const fullOf = (finding: Partial<Finding>): string => rowsOf(reportWith(finding)).rows[0]!.full();

  test("has the lines to mute it for thirty days, after a blank line", () => {
    const text = fullOf({ status: "new" });
    expect(text).toMatch(/\S\n\n<details>\n<summary>Mute it<\/summary>/);
    expect(text).toContain("\n  until: 2026-12-19\n");
  });

  test("has none where there is nothing to mute any more, or no key to do it by", () => {
    for (const finding of [{ status: "resolved" }, { key: "a/masked-ip" }] as const) {
      const text = fullOf(finding);
      expect(text).not.toContain("Mute it");
      expect(text).toBe(text.trimEnd());
    }
  });
});

test("rows are defanged where that is asked for, in full and in brief", () => {
  const [row] = rowsOf(reportWith({ status: "new" }), true).rows;
  for (const text of [row!.full(), row!.brief()]) {
    expect(text).toContain("10.0.3[.]7");
    expect(text).not.toContain("10.0.3.7");
  }
});

test("of very many rows those are made that could have room, and the others are counted", () => {
  const report = manyFindings(10_005);
  const { rows, beyond } = rowsOf(report);
  expect([rows.length, beyond]).toEqual([10_000, 5]);
  const known = report.findings.map((each) => ({ ...each, status: "ongoing" as const }));
  const both = rowsOf({ ...report, findings: [...report.findings.slice(0, 4000), ...known] });
  expect([both.rows.length, both.beyond]).toEqual([10_000, 4005]);
  expect(both.rows.filter(({ status }) => status === "new")).toHaveLength(4000);
});

test("muted findings stand by the day on which their mute ends", () => {
  const until = (day: string): Partial<Finding> => ({
    status: "muted",
    mute: { reason: day, owner: "kim", until: day },
  });
  const report = reportWith(
    until("2026-12-02"),
    until("2026-11-30"),
    { status: "new" },
    until("2027-01-01"),
    until("2026-12-01"),
    until("2026-12-02"),
  );
  const rows = [...mutedRows(report, factContext(report, {}))];
  expect(rows.map((row) => /until ([\d-]+)/.exec(row)?.[1])).toEqual([
    "2026-11-30",
    "2026-12-01",
    "2026-12-02",
    "2026-12-02",
    "2027-01-01",
  ]);
});
