import { sampleReport } from "@turnaway/report";
import { expect, test } from "vitest";

import { summaryOf } from "./summary.ts";

const NONE = { sources: [], defang: false };
const REPORT = sampleReport("typical");

test("a report that fits is shown whole", () => {
  const summary = summaryOf(REPORT, NONE);
  for (const { key, status } of REPORT.findings)
    if (status === "new") expect(summary).toContain(key);
  expect(summary).not.toContain("report.json");
});

test("D28: a report that is too long is cut between rows, and says how many are missing", () => {
  const findings = Array.from({ length: 20_000 }, (_, index) => ({
    ...REPORT.findings[0]!,
    key: `newly-rejected/host-${index}/tcp/5432`,
    title: `10.0.3.7 to host-${index} is refused 💥`,
  }));
  const counts = { ...REPORT.counts, new: findings.length };
  const summary = summaryOf({ ...REPORT, findings, counts }, NONE);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1_000_000);
  expect(Buffer.byteLength(summary)).toBeGreaterThan(900_000);
  expect(summary.isWellFormed()).toBe(true);
  expect(summary).toMatch(/[\d,]+ more findings are in report\.json and findings\.csv only\./);
  expect(summary.match(/<details>/g)).toHaveLength(summary.match(/<\/details>/g)!.length);
});
