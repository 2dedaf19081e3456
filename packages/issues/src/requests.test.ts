import { expect, test } from "vitest";
import type { Report } from "@turnaway/core";
import { operationOf } from "@turnaway/testing/github-server";
import { dayReport } from "../test/days.ts";
import { withGithub } from "../test/github.ts";
import type { IssueSettings } from "./index.ts";

const FEW_1 = dayReport("2026-11-19", [{ name: "10.0.9.20" }]);
const FEW_2 = dayReport("2026-11-20", [{ name: "10.0.9.20", status: "ongoing" }, { name: "b" }]);
const CLEAR_2 = dayReport("2026-11-20", [{ name: "10.0.9.20", status: "resolved" }]);
const BACK_3 = dayReport("2026-11-21", [{ name: "10.0.9.20" }]);
const MANY_1 = many("2026-11-19", 2200);
const MANY_2 = many("2026-11-20", 2400);

interface Case {
  readonly name: string;
  readonly settings?: Partial<IssueSettings>;
  readonly earlier: readonly Report[];
  readonly report: Report;
  readonly most: 6 | 10;
}

const CASES: readonly Case[] = [
  { name: "the first issue", earlier: [], report: FEW_1, most: 10 },
  { name: "nothing changed", earlier: [FEW_1], report: FEW_1, most: 6 },
  { name: "a changed day", earlier: [FEW_1], report: FEW_2, most: 10 },
  { name: "all clear", earlier: [FEW_1], report: CLEAR_2, most: 10 },
  { name: "still clear", earlier: [FEW_1, CLEAR_2], report: CLEAR_2, most: 6 },
  { name: "trouble is back", earlier: [FEW_1, CLEAR_2], report: BACK_3, most: 10 },
  { name: "a first issue that goes on in comments", earlier: [], report: MANY_1, most: 10 },
  { name: "nothing changed of it", earlier: [MANY_1], report: MANY_1, most: 6 },
  { name: "it goes on in more comments", earlier: [FEW_1], report: MANY_2, most: 10 },
  { name: "it changes", earlier: [MANY_1], report: MANY_2, most: 10 },
  { name: "it needs no comments any more", earlier: [MANY_1], report: FEW_2, most: 10 },
];

test.each(CASES.flatMap((each) => [each, daily(each)]))(
  "$name: at most $most requests",
  ({ settings, earlier, report, most }) =>
    withGithub(async ({ server, deliver }) => {
      for (const day of earlier) await deliver(day, settings);
      const before = server.requests.length;
      await deliver(report, settings);
      const asked = server.requests.slice(before).map(operationOf);
      expect(asked.length, asked.join("\n")).toBeLessThanOrEqual(most);
    }),
);

function daily(rolling: Case): Case {
  return { ...rolling, name: `daily, ${rolling.name}`, settings: { issueMode: "daily" } };
}

function many(day: string, count: number): Report {
  return dayReport(
    day,
    Array.from({ length: count }, (_, index) => ({ name: `10.1.${index >> 8}.${index & 255}` })),
  );
}
