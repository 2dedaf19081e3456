import type { Report } from "@turnaway/core";
import { describe, expect, test } from "vitest";
import { dayReport, type Trouble } from "./days.ts";
import { withGithub } from "./github.ts";

const UNITS = 60_000;
const BYTES = 250_000;

describe("D10: whatever the report, every text fits", () => {
  const cases: [name: string, report: Report][] = [
    ["1,000 findings", many(1000)],
    ["100,000 findings", many(100_000)],
    // Four bytes a character: the limit of bytes comes first.
    ["findings with owners in emoji", many(3000, { owner: "🦊".repeat(20) })],
    ["muted findings only", many(20_000, { status: "muted", mute: known() })],
  ];
  test.each(cases)("%s", { timeout: 60_000 }, (_, report) =>
    withGithub(async ({ server, deliver }) => {
      await deliver(report, { onClear: "keep" });
      const { issues, comments } = server.store;
      expect(issues).toHaveLength(1);
      for (const text of [...issues, ...comments].map(({ body }) => body ?? "")) {
        expect(text.length).toBeLessThanOrEqual(UNITS);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(BYTES);
        expect(text.isWellFormed()).toBe(true);
      }
      // And what stands there is what was meant: a rerun finds nothing to do.
      expect((await deliver(report, { onClear: "keep" })).done).toEqual([]);
    }),
  );
});

test("the text of people has its room, and the report what is left", () =>
  withGithub(async ({ server, deliver }) => {
    await deliver(many(1000));
    const issue = server.store.issues[0]!;
    const note = `\n${"A long story. ".repeat(1500)}`;
    issue.body += note;
    await deliver(many(1001));
    expect(issue.body!.endsWith(note)).toBe(true);
    expect(issue.body!.length).toBeLessThanOrEqual(UNITS);
  }));

test("D10: a text of people that leaves no room is named", () =>
  withGithub(async ({ server, deliver }) => {
    await deliver(many(1000));
    server.store.issues[0]!.body += `\n${"x".repeat(60_000)}`;
    await expect(deliver(many(1001))).rejects.toThrow(/shorten the text around the report/i);
  }));

test("of too many findings the next run tells what is new from what was left out", () =>
  withGithub(async ({ server, deliver }) => {
    const day = "2026-11-20";
    await deliver(many(6000));
    const old = dayReport(
      day,
      Array.from({ length: 6000 }, (_, index) => ({ ...trouble(index), status: "ongoing" })),
    );
    const report = {
      ...old,
      findings: [...dayReport(day, [{ name: "new" }]).findings, ...old.findings],
    };
    await deliver(report);
    const said = server.store.comments.filter(({ body }) => body.includes(":changes:"));
    expect(said).toHaveLength(1);
    expect(said[0]!.body).toContain("### New · 1\n");
  }));

function many(count: number, fields: Partial<Trouble> = {}): Report {
  return dayReport(
    "2026-11-19",
    Array.from({ length: count }, (_, index) => ({ ...trouble(index), ...fields })),
  );
}

function trouble(index: number): Trouble {
  return { name: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}` };
}

function known(): NonNullable<Trouble["mute"]> {
  return { reason: "known", owner: "lee", until: "2026-12-31" };
}
