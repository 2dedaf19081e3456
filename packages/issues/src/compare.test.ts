import type { Report, Verdict } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport, type Trouble } from "../test/days.ts";
import {
  compare,
  expiringMutes,
  isChange,
  nextFindings,
  openFindings,
  reportDay,
} from "./compare.ts";
import { MOST_FINDINGS, stateKey, type IssueState, type StateFinding } from "./issue-state.ts";

const DAY = "2026-11-20";
const BEFORE = "2026-11-19";
const SEEN: StateFinding = {
  firstSeen: Date.parse(`${BEFORE}T10:00:00Z`) / 1000,
  severity: "high",
};

const EVERY_STATUS: readonly Trouble[] = [
  { name: "a" },
  { name: "b", status: "ongoing" },
  { name: "c", status: "resolved" },
  { name: "d", status: "muted" },
];

describe("the day of a report", () => {
  test.each([
    ["2026-11-21T00:00:00Z", "UTC", DAY],
    ["2026-11-21T00:00:01Z", "UTC", "2026-11-21"],
    ["2026-11-20T23:00:00Z", "Europe/Berlin", DAY],
  ])("that ends at %s in %s is %s", (end, timezone, day) => {
    expect(reportDay({ window: { start: `${BEFORE}T00:00:00Z`, end, timezone } })).toBe(day);
  });
});

test("open is what is new or ongoing", () => {
  const report = dayReport(DAY, EVERY_STATUS);
  expect(openFindings(report).map(({ server }) => server)).toEqual(["a", "b"]);
});

describe("against a state", () => {
  test("new is what it does not know, whatever the report calls it", () => {
    const report = dayReport(DAY, [{ name: "a", status: "ongoing" }, { name: "b" }, { name: "c" }]);
    expect(names(against(report, ["b"]).added)).toEqual(["a", "c"]);
  });

  test("that left findings out, new is what the report calls so, too", () => {
    const report = dayReport(DAY, [{ name: "a", status: "ongoing" }, { name: "b" }, { name: "c" }]);
    expect(names(against(report, ["b"], { omitted: 1 }).added)).toEqual(["c"]);
  });

  test("muted or gone findings are not new", () => {
    const report = dayReport(DAY, EVERY_STATUS.slice(2));
    expect(against(report, []).added).toEqual([]);
  });

  test.each<[verdict: Verdict, gone: readonly string[]]>([
    ["findings", ["absent", "said-gone"]],
    ["clear", ["absent", "said-gone"]],
    ["partial", ["said-gone"]],
    ["no-data", ["said-gone"]],
  ])("gone is, with the verdict %s, %s", (verdict, gone) => {
    const report = dayReport(
      DAY,
      [
        { name: "said-gone", status: "resolved" },
        { name: "muted", status: "muted" },
        { name: "there", status: "ongoing" },
      ],
      verdict,
    );
    const { resolved } = against(report, ["absent", "said-gone", "muted", "there"]);
    expect(resolved.map(({ key }) => key)).toEqual(gone.map(keyOf));
    expect(resolved.map(({ finding }) => finding?.server)).toEqual(
      gone.map((name) => (name === "absent" ? undefined : name)),
    );
  });

  test.each([
    ["critical", "high"],
    ["high", null],
    ["medium", null],
  ] as const)("a severity of high that becomes %s was %s before", (severity, from) => {
    const report = dayReport(DAY, [{ name: "a", status: "ongoing", severity }, { name: "b" }]);
    expect(against(report, ["a"]).worse.map((each) => [each.finding.server, each.from])).toEqual(
      from === null ? [] : [["a", from]],
    );
  });

  test("another verdict is told with the one before", () => {
    const report = dayReport(DAY, [], "partial");
    expect(against(report, []).verdict).toEqual({ from: "findings", to: "partial" });
    expect(against(report, [], { verdict: "partial" }).verdict).toBeNull();
  });

  test("a mute that ends is told until it was told", () => {
    const report = dayReport(DAY, [muted("a", "2026-11-21"), muted("b", "2026-11-21")]);
    const { expiring } = against(report, [], { expiring: new Set([keyOf("a")]) });
    expect(names(expiring)).toEqual(["b"]);
  });

  test("a key that is too long is known by its digest", () => {
    const long = "x".repeat(200);
    const report = dayReport(DAY, [{ name: long, status: "ongoing", severity: "critical" }]);
    const changes = against(report, [long]);
    expect(changes.added).toEqual([]);
    expect(changes.worse).toHaveLength(1);
    expect(changes.resolved).toEqual([]);
  });
});

describe("without a state", () => {
  const report = dayReport(DAY, [
    { name: "today" },
    { name: "since-yesterday", status: "ongoing", day: 2 },
    { name: "for-long", status: "ongoing", day: 9 },
    { name: "gone", status: "resolved" },
    muted("mute-ends", "2026-11-21"),
  ]);

  test.each<[what: string, day: string | undefined, added: readonly string[]]>([
    ["a body that lost its day: what the report calls new", undefined, ["today"]],
    ["the day before: what began after it", BEFORE, ["today"]],
    ["two days before: what began after them", "2026-11-18", ["today", "since-yesterday"]],
  ])("%s", (_, day, added) => {
    const changes = compare(report, { state: undefined, day });
    expect(names(changes.added)).toEqual(added);
    expect(changes.resolved.map(({ key, finding }) => [key, finding?.server])).toEqual([
      [keyOf("gone"), "gone"],
    ]);
    expect(names(changes.expiring)).toEqual(["mute-ends"]);
    expect([changes.worse, changes.verdict]).toEqual([[], null]);
  });

  test("of the day that is shown nothing is said twice", () => {
    expect(isChange(compare(report, { state: undefined, day: DAY }))).toBe(false);
  });

  test("a day is one of the zone", () => {
    const [finding] = dayReport(DAY, [{ name: "late", status: "ongoing" }]).findings;
    const late = { ...finding!, firstSeen: `${BEFORE}T23:30:00Z` };
    const added = (timezone: string): unknown => {
      const window = { ...report.window, timezone };
      return compare({ ...report, window, findings: [late] }, { state: undefined, day: BEFORE })
        .added;
    };
    expect(added("UTC")).toEqual([]);
    expect(added("Europe/Berlin")).toEqual([late]);
  });
});

describe("a change is", () => {
  const none = { added: [], resolved: [], worse: [], verdict: null, expiring: [] };
  const [finding] = dayReport(DAY, [{ name: "a" }]).findings;

  test("none where nothing is", () => expect(isChange(none)).toBe(false));

  test.each([
    ["what is new", { added: [finding!] }],
    ["what is gone", { resolved: [{ key: "a", finding: null }] }],
    ["what is worse", { worse: [{ finding: finding!, from: "low" as const }] }],
    ["another verdict", { verdict: { from: "clear" as const, to: "findings" as const } }],
    ["a mute that ends", { expiring: [finding!] }],
  ])("%s", (_, change) => expect(isChange({ ...none, ...change })).toBe(true));
});

describe("the next state", () => {
  test("has what is open, with when it began and how bad it is", () => {
    const { findings, omitted } = nextFindings(dayReport(DAY, EVERY_STATUS), stateOf(["old"]));
    expect([...findings]).toEqual([
      [keyOf("a"), { firstSeen: Date.parse(`${DAY}T10:00:00Z`) / 1000, severity: "high" }],
      [keyOf("b"), { firstSeen: Date.parse(`${BEFORE}T10:00:00Z`) / 1000, severity: "high" }],
    ]);
    expect(omitted).toBe(0);
  });

  test("keeps what a report could not see, and nothing that it said something of", () => {
    const report = dayReport(DAY, EVERY_STATUS, "partial");
    const { findings } = nextFindings(report, stateOf(["c", "d", "old"]));
    expect([...findings.keys()]).toEqual(["a", "b", "old"].map(keyOf));
    expect(findings.get(keyOf("old"))).toEqual(SEEN);
  });

  test("of a first report that saw little is what it saw", () => {
    const { findings } = nextFindings(dayReport(DAY, [{ name: "a" }], "partial"), undefined);
    expect([...findings.keys()]).toEqual([keyOf("a")]);
  });

  test("has as many as have room, and counts the others", () => {
    const many = Array.from({ length: MOST_FINDINGS + 3 }, (_, index) => ({ name: `s${index}` }));
    const { findings, omitted } = nextFindings(dayReport(DAY, many), undefined);
    expect([findings.size, omitted]).toEqual([MOST_FINDINGS, 3]);
    expect(findings.has(keyOf(`s${MOST_FINDINGS - 1}`))).toBe(true);
  });
});

test.each([
  ["2026-11-27", true],
  ["2026-11-28", false],
  ["2026-11-01", true],
])("of 2026-11-20 a mute until %s is announced: %s", (until, isAnnounced) => {
  const report = dayReport(DAY, [muted("a", until), { ...muted("b", until), status: "ongoing" }]);
  expect(names(expiringMutes(report))).toEqual(isAnnounced ? ["a"] : []);
  const unknown = dayReport(DAY, [{ name: "a", status: "muted" }]);
  expect(expiringMutes(unknown)).toEqual([]);
});

function against(
  report: Report,
  known: readonly string[],
  more: Partial<IssueState> = {},
): ReturnType<typeof compare> {
  return compare(report, { state: { ...stateOf(known), ...more }, day: BEFORE });
}

function stateOf(known: readonly string[]): IssueState {
  return {
    day: BEFORE,
    verdict: "findings",
    clearDays: 0,
    closedByUs: false,
    title: "",
    findings: new Map(known.map((name) => [stateKey(keyOf(name)), SEEN])),
    omitted: 0,
    expiring: new Set(),
    lost: null,
    continued: 0,
    content: "",
    written: "",
  };
}

function keyOf(name: string): string {
  return `internal-denied/${name}/tcp/5432`;
}

function names(findings: readonly { readonly server: string | null }[]): (string | null)[] {
  return findings.map(({ server }) => server);
}

function muted(name: string, until: string): Trouble {
  return { name, status: "muted", mute: { reason: "known", owner: "lee", until } };
}
