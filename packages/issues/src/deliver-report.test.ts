import { describe, expect, test } from "vitest";
import { dayReport } from "../test/days.ts";
import { withGithub } from "../test/github.ts";
import { describePlan } from "./index.ts";

const DAY_1 = dayReport("2026-11-19", [{ name: "10.0.9.20" }]);
const DAY_2 = dayReport("2026-11-20", [
  { name: "10.0.9.20", status: "ongoing" },
  { name: "10.0.9.21" },
]);

test("the first report makes one issue, labelled, assigned, beginning with its marker", () =>
  withGithub(async ({ server, deliver }) => {
    const delivery = await deliver(DAY_1);
    expect(delivery.issue).toMatchObject({ number: 1 });
    const [issue, ...others] = server.store.issues;
    expect(others).toEqual([]);
    expect(issue).toMatchObject({
      title: "Reject report: production",
      labels: ["turnaway"],
      assignees: ["kim"],
    });
    expect(issue!.body).toMatch(/^<!-- turnaway:report:production -->\n/);
    expect(server.store.comments).toEqual([]);
  }));

test("D16: the same report again changes nothing, with at most 6 requests", () =>
  withGithub(async ({ server, deliver }) => {
    await deliver(DAY_1);
    const { body } = server.store.issues[0]!;
    const before = server.requests.length;
    const receipt = { ...DAY_1.receipt, durationMs: 99_999 };
    expect((await deliver({ ...DAY_1, receipt })).done).toEqual([]);
    expect(server.requests.length - before).toBeLessThanOrEqual(6);
    expect(server.store.issues[0]!.body).toBe(body);
  }));

test("a day with changes makes one comment, with at most 10 requests", () =>
  withGithub(async ({ server, deliver }) => {
    await deliver(DAY_1);
    const before = server.requests.length;
    expect(before).toBeLessThanOrEqual(10);
    await deliver(DAY_2);
    expect(server.requests.length - before).toBeLessThanOrEqual(10);
    expect(server.store.comments).toHaveLength(1);
    expect(server.store.comments[0]!.body).toContain("### New · 1");
    expect(server.store.comments[0]!.body).not.toContain("10.0.9.20");
  }));

test("a dry run says what it would do, and changes nothing", () =>
  withGithub(async ({ server, deliver }) => {
    const first = await deliver(DAY_1, {}, { dryRun: true });
    expect(describePlan(first.plan)).toEqual([
      "no issue yet",
      "make sure that the label turnaway exists",
      expect.stringMatching(/^create an issue: Reject report: production \(\d+ characters\)$/),
    ]);
    await deliver(DAY_1);
    const before = structuredClone([server.store.issues, server.store.comments]);
    const second = await deliver(DAY_2, {}, { dryRun: true });
    expect(describePlan(second.plan)).toEqual([
      "assign #1: kim",
      expect.stringMatching(/^comment on #1/),
      "update #1: its text",
    ]);
    expect([server.store.issues, server.store.comments]).toEqual(before);
  }));

test("without an issue GitHub is not asked anything", () =>
  withGithub(async ({ server, deliver }) => {
    expect((await deliver(DAY_1, { issueMode: "none" })).issue).toBeNull();
    expect(server.requests).toEqual([]);
  }));

describe("what stops a delivery says what to do", () => {
  const cases: [name: string, prepare: "archived" | "issues" | "public", text: RegExp][] = [
    ["an archived repository", "archived", /archived/],
    ["issues that are turned off", "issues", /turn on Issues/i],
    ["a public repository without masking", "public", /github\.mask/],
  ];
  test.each(cases)("%s", (_, prepare, text) =>
    withGithub(async ({ server, deliver }) => {
      const { repository } = server.store;
      if (prepare === "archived") repository.archived = true;
      if (prepare === "issues") repository.hasIssues = false;
      if (prepare === "public") repository.private = false;
      await expect(deliver(DAY_1)).rejects.toMatchObject({ code: "GITHUB", exitCode: 5 });
      await expect(deliver(DAY_1)).rejects.toThrow(text);
      expect(server.store.issues).toEqual([]);
    }),
  );
});
