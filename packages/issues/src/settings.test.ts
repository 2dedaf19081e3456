import { describe, expect, test } from "vitest";
import { SETTINGS } from "../test/sample-settings.ts";
import { assigneesOf, issueTitle, loginsOf } from "./settings.ts";

describe("the title", () => {
  const titleOf = (title: string, issueMode: "rolling" | "daily" = "rolling"): string =>
    issueTitle({ ...SETTINGS, name: "shop", title, issueMode }, "2026-11-20");

  test.each([
    ["Rejects", "rolling", "Rejects"],
    ["{name}: {day}, {name} of {day}", "rolling", "shop: 2026-11-20, shop of 2026-11-20"],
    ["Rejects: {name}", "daily", "Rejects: shop · 2026-11-20"],
    ["{day} Rejects", "daily", "2026-11-20 Rejects"],
  ] as const)("%s in %s mode is %s", (title, mode, expected) => {
    expect(titleOf(title, mode)).toBe(expected);
  });

  test("is as long as GitHub takes, and no character is cut", () => {
    expect(titleOf("x".repeat(256))).toBe("x".repeat(256));
    expect(titleOf("x".repeat(257))).toBe(`${"x".repeat(255)}…`);
    expect(titleOf(`${"x".repeat(254)}💥${"x".repeat(9)}`)).toBe(`${"x".repeat(254)}\uFFFD…`);
  });
});

describe("who is asked", () => {
  const settings = {
    ...SETTINGS,
    notify: "assign",
    assignees: {
      orders: ["kim", "lee"],
      data: ["lee"],
      unowned: ["hub"],
      many: Array.from({ length: 12 }, (_, index) => `login-${index}`),
    },
  } as const;
  const owned = (...owners: (string | null)[]) => owners.map((owner) => ({ owner }));

  test("is each login of the owners once, in their order, at most ten", () => {
    expect(assigneesOf(settings, owned("data", "orders", null, "data"))).toEqual([
      "lee",
      "kim",
      "hub",
    ]);
    expect(assigneesOf(settings, owned("many"))).toEqual(settings.assignees.many.slice(0, 10));
  });

  test("is nobody for owners that have no login, also where objects know the name", () => {
    expect(assigneesOf(settings, owned("nobody", "constructor"))).toEqual([]);
    expect(loginsOf(settings, "toString")).toEqual([]);
  });

  test("is assigned only where the configuration says so", () => {
    const mentioned = { ...settings, notify: "mention" } as const;
    expect(assigneesOf(mentioned, owned("orders"))).toEqual([]);
    expect(loginsOf(mentioned, "orders")).toEqual(["kim", "lee"]);
    expect(loginsOf(mentioned, null)).toEqual(["hub"]);
  });
});
