import type { Finding, Report } from "@turnaway/core";
import type { Incident } from "@turnaway/simulator";
import { expect, test } from "vitest";

import { judge } from "./judge.ts";

const DAYS = ["2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13"] as const;

/** A connection that is refused on the second and on the third of four days. */
const DENIED: Incident = {
  kind: "internal-denied",
  detection: "internal-denied",
  expected: "finding",
  alsoExplains: ["newly-rejected"],
  day: DAYS[1],
  days: [DAYS[1], DAYS[2]],
  from: `${DAYS[1]}T09:00:00Z`,
  client: "10.0.1.5",
  server: "10.0.2.9",
  protocol: "tcp",
  port: 6379,
  echoes: [],
  note: "",
};

const LATE: Incident = { ...DENIED, kind: "late-packets", expected: "counted-apart" };

type Told = Pick<Finding, "status" | "day"> & Partial<Finding>;

const RIGHT: readonly (readonly Told[])[] = [
  [],
  [{ status: "new", day: 1 }],
  [{ status: "ongoing", day: 2 }],
  [{ status: "resolved", day: 2 }],
];

interface Case {
  readonly name: string;
  /** What the report of each day tells. */
  readonly told: readonly (readonly Told[])[];
  readonly mistakes: readonly RegExp[];
  readonly counts: readonly [found: number, findings: number, explained: number];
}

const CASES: readonly Case[] = [
  {
    name: "new, then ongoing, then resolved is right",
    told: RIGHT,
    mistakes: [],
    counts: [1, 1, 1],
  },
  {
    name: "what is found a day late is not found",
    told: [[], [], [{ status: "new", day: 1 }], [{ status: "resolved", day: 1 }]],
    mistakes: [/^2026-11-11: internal-denied .* is not found$/],
    counts: [0, 1, 1],
  },
  {
    name: "what is found under another port is not found, and a false finding",
    told: [[], [{ status: "new", day: 1, port: 22 }], [], []],
    mistakes: [/is not found$/, /^2026-11-11: .* is new, and nothing explains it$/],
    counts: [0, 1, 0],
  },
  {
    name: "a finding on a day without its incident is false",
    told: [[{ status: "new", day: 1, key: "early" }], ...RIGHT.slice(1)],
    mistakes: [/^2026-11-10: early is new, and nothing explains it$/],
    counts: [1, 2, 1],
  },
  {
    name: "a second finding about the same incident is one too many",
    told: [[], [...RIGHT[1]!, { status: "new", day: 1, key: "again" }], ...RIGHT.slice(2)],
    mistakes: [/^2026-11-11: .* is told 2 times$/],
    counts: [1, 2, 2],
  },
  {
    name: "days that are counted wrong are a mistake",
    told: [...RIGHT.slice(0, 2), [{ status: "ongoing", day: 3 }], RIGHT[3]!],
    mistakes: [/^2026-11-12: .* is ongoing, day 3, not ongoing, day 2$/],
    counts: [1, 1, 1],
  },
  {
    name: "what is over and not resolved is a mistake",
    told: [...RIGHT.slice(0, 3), []],
    mistakes: [/^2026-11-13: .* is absent, not resolved, day 2$/],
    counts: [1, 1, 1],
  },
  {
    name: "what goes on and was never new is a mistake",
    told: [[{ status: "ongoing", day: 2, key: "other" }], ...RIGHT.slice(1)],
    mistakes: [/^2026-11-10: other is ongoing, and was never new$/],
    counts: [1, 1, 1],
  },
];

test.each(CASES)("$name", ({ told, mistakes, counts }) => {
  const judged = judge({ incidents: [DENIED], reports: reportsOf(told) });
  expect(judged.mistakes).toEqual(mistakes.map((mistake) => expect.stringMatching(mistake)));
  const { planted, found, findings, explained } = judged.byDetection.get("internal-denied")!;
  expect([planted, found, findings, explained]).toEqual([1, ...counts]);
});

test.each([
  [120, []],
  [4, ["2026-11-11: only 4 late packets are counted"]],
])("of %i counted late packets it says %o", (late, mistakes) => {
  const judged = judge({ incidents: [LATE], reports: reportsOf([[], [], [], []], late) });
  expect(judged.mistakes).toEqual(mistakes);
  expect(judged.harmless).toEqual(["late-packets"]);
});

function reportsOf(told: readonly (readonly Told[])[], late = 0): ReadonlyMap<string, Report> {
  return new Map(
    DAYS.map((day, index) => {
      const findings = told[index]!.map((own) => ({
        key: "internal-denied/10.0.2.9/tcp/6379",
        detection: "internal-denied",
        client: DENIED.client,
        server: DENIED.server,
        protocol: "tcp",
        port: 6379,
        ...own,
      }));
      return [day, { findings, latePackets: { records: late, pairs: 1 } } as unknown as Report];
    }),
  );
}
