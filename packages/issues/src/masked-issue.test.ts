import { maskReport, type MaskOptions } from "@turnaway/report";
import { describe, expect, test, vi } from "vitest";
import { dayReport } from "../test/days.ts";
import { withGithub } from "../test/github.ts";
import { readState } from "./issue-state.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const A = { name: "10.0.9.20" };
const B = { name: "10.0.9.21", owner: null };
const DAY_1 = dayReport("2026-11-19", [A]);
const DAY_2 = dayReport("2026-11-20", [{ ...A, status: "ongoing" }, B]);
const DAY_3 = dayReport("2026-11-21", [
  { ...A, status: "ongoing", day: 3 },
  { ...B, status: "resolved" },
]);
const SECRETS = /10\.0\.\d|\d{12}|(?:eni|vpc|subnet|i)-[0-9a-f]{8}/;

const what: MaskOptions["what"] = ["accounts", "private-ips", "ids"];

describe.each<[name: string, options: MaskOptions]>([
  ["with a key", { what, key: "a key that nobody else knows" }],
  ["without a key", { what, key: null }],
])("an issue of masked reports, %s", (_, options) => {
  test("tells new from known and gone on every day, and no name, not even in its state", () =>
    withGithub(async ({ server, deliver }) => {
      const counts: (string | undefined)[] = [];
      for (const day of [DAY_1, DAY_2, DAY_3]) {
        await deliver(maskReport(day, options));
        counts.push(server.store.comments.at(-1)?.body.match(/^### (\w+ · \d+)$/m)?.[1]);
        const { body, title } = server.store.issues[0]!;
        const stored = readState(body!);
        expect(stored.kind).toBe("state");
        const keys = stored.kind === "state" ? [...stored.state.findings.keys()] : [];
        const comments = server.store.comments.map((comment) => comment.body);
        for (const text of [title, body!, ...keys, ...comments]) expect(text).not.toMatch(SECRETS);
      }
      // What is named as new is what is new, by its owner.
      expect(server.store.comments[0]!.body).toContain("**unowned**");
      expect(counts).toEqual([undefined, "New · 1", "Gone · 1"]);
      expect(server.store.issues).toHaveLength(1);
    }));
});
