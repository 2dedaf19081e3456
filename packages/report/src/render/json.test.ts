import { stringifyExact, type Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { jsonText } from "../escape/json-text.ts";
import { renderCsv, renderCsvChunks, renderJson, renderJsonChunks } from "../index.ts";
import { manyFindings } from "../many-findings.ts";
import { SAMPLE_KINDS, sampleReport } from "../sample-report.ts";

describe("report.json in pieces is the same as in one", () => {
  const { findings, ...rest } = sampleReport();
  const cases: readonly (readonly [name: string, report: Report])[] = [
    ...SAMPLE_KINDS.map((kind) => [kind, sampleReport(kind)] as const),
    ...[499, 500, 501, 1001].map((count) => [`of ${count}`, manyFindings(count)] as const),
    ["findings first", { findings, ...rest }],
    ["findings last", { ...rest, findings }],
  ];
  test.each(cases)("%s", (_, report) => {
    expect(renderJson(report)).toBe(`${jsonText(stringifyExact(report, 2))}\n`);
  });
});

test("no piece of a long report is long, and no finding is in two", () => {
  const report = manyFindings(3000);
  for (const chunks of [[...renderJsonChunks(report)], [...renderCsvChunks(report)]]) {
    const longest = Math.max(...chunks.map((chunk) => chunk.length));
    expect(longest).toBeLessThan(250_000);
    expect(chunks.length).toBeGreaterThan(20);
  }
  expect(renderCsv(report).split("\n")).toHaveLength(3002);
});
