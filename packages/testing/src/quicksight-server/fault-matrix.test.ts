import { expect, test } from "vitest";

import { injectionsInto } from "./fault-matrix.ts";

const faultsOf = (operation: "DescribeDashboard" | "UpdateDashboard" | "GetRole"): string[] =>
  injectionsInto([{ operation, at: 3 }]).map(({ fault, stage }) => `${fault} ${stage}`);

test("a read goes wrong before its answer, and begins nothing", () => {
  expect(faultsOf("DescribeDashboard")).toEqual([
    "500 before",
    "503 before",
    "reset before",
    "hang before",
    "bad JSON before",
    "throttled before",
    "conflict before",
    "denied before",
    "expired token before",
    "limit before",
    "edition before",
  ]);
});

test("a write may be done before its answer is lost, or end badly; a refused one is not done", () => {
  expect(faultsOf("UpdateDashboard")).toEqual([
    "500 before",
    "500 after",
    "503 before",
    "503 after",
    "reset before",
    "reset after",
    "hang before",
    "hang after",
    "bad JSON before",
    "bad JSON after",
    "throttled before",
    "conflict before",
    "denied before",
    "expired token before",
    "limit before",
    "edition before",
    "fails before",
    "stuck before",
  ]);
});

test("other services are left alone", () => {
  expect(faultsOf("GetRole")).toEqual([]);
});
