import { expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import { World } from "../test/world.ts";
import type { IssueSeen } from "./observed.ts";
import { ourIssues } from "./our-issues.ts";

const BOT = "github-actions[bot]";

const world = new World();
world.deliver(dayReport("2026-11-19", [{ name: "a" }]));
const FIRST: IssueSeen = { ...world.issue(1), number: 1 };

const found = (...issues: readonly IssueSeen[]) =>
  ourIssues({ author: BOT, issues, comments: new Map() }, "production");
const closed = (closedBy: string, stateReason: string): IssueSeen => ({
  ...FIRST,
  state: "closed",
  stateReason,
  closedBy,
});

test("the oldest comes first, however they were listed", () => {
  const issues = [7, 12, 3, 5].map((number) => ({ ...FIRST, number }));
  expect(found(...issues).map(({ seen }) => seen.number)).toEqual([3, 5, 7, 12]);
});

test.each([
  [true, "was closed by us, since all was clear", closed(BOT, "completed")],
  [true, "was closed by somebody as a duplicate", closed("kim", "duplicate")],
  [false, "was closed by us as a duplicate", closed(BOT, "duplicate")],
  [false, "is by somebody else", { ...FIRST, author: "eve" }],
  [false, "is a pull request", { ...FIRST, isPullRequest: true }],
  [false, "has another report's marker", { ...FIRST, body: "<!-- turnaway:report:other -->" }],
])("ours: %s, of an issue that %s", (isOurs, _, issue) => {
  expect(found(issue)).toHaveLength(isOurs ? 1 : 0);
});

test("an issue has the state and the day that it says, as far as they are whole", () => {
  const [whole] = found(FIRST);
  expect([whole!.stored.kind, whole!.state?.verdict, whole!.day]).toEqual([
    "state",
    "findings",
    "2026-11-19",
  ]);
  const body = FIRST.body.replace(/turnaway:state:1:..../, "turnaway:state:1:0000");
  const [damaged] = found({ ...FIRST, body });
  expect([damaged!.stored.kind, damaged!.state, damaged!.day]).toEqual([
    "damaged",
    undefined,
    "2026-11-19",
  ]);
});
