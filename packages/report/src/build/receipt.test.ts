import type { QueryEngine, QueryStats } from "@turnaway/core";
import { expect, test } from "vitest";
import { buildReceipt } from "./receipt.ts";

const ENGINE: QueryEngine = {
  name: "athena",
  dialect: "athena",
  run: () => Promise.reject(new Error("not asked")),
};

function receipt(...asked: Partial<QueryStats>[]): ReturnType<typeof buildReceipt> {
  const stats = { queryId: null, scannedBytes: 0, durationMs: 0 };
  return buildReceipt(
    ENGINE,
    asked.map((own) => ({ name: "query", stats: { ...stats, ...own } })),
    {},
  );
}

test("a query says what its engine told, and nothing else", () => {
  expect(receipt({}).queries).toEqual([
    { name: "query", id: null, scannedBytes: 0, durationMs: 0 },
  ]);
  const all = {
    scannedBytes: 12,
    scannedRecords: 3,
    durationMs: 10,
    queuedMs: 4,
    costUsd: 0.25,
    consoleUrl: "https://console.aws.amazon.com/",
  };
  expect(receipt({ queryId: "q", ...all, matchedRecords: 2 }).queries).toEqual([
    { name: "query", id: "q", ...all },
  ]);
});

test.each<[string, number[], number]>([
  ["nothing is billed", [0, 0], 0],
  ["tenths add up", [0.1, 0.2], 0.3],
  ["the least bills of Athena add up", Array.from({ length: 9 }, () => 0.000_05), 0.000_45],
  ["digits past the millionth are rounded", [1.234_567_89], 1.234_568],
  ["a bill is never nothing", [0.000_000_01], 0.000_001],
])("%s", (_, costs, sum) => {
  expect(receipt(...costs.map((costUsd) => ({ costUsd }))).costUsd).toBe(sum);
});

test("bytes and times are those of all queries", () => {
  const { scannedBytes, durationMs } = receipt(
    { scannedBytes: 5, durationMs: 1.4 },
    { scannedBytes: 7, durationMs: 1.4 },
  );
  expect([scannedBytes, durationMs]).toEqual([12, 3]);
});
