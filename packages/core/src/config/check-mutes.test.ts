import { expect, test } from "vitest";
import { checkMutes } from "./check-mutes.ts";
import type { Mute } from "./mutes.ts";

const TODAY = "2026-11-20";

const mute = (match: Mute["match"], until: string): Mute => ({
  match,
  reason: "known",
  owner: "kim",
  until,
});

test.each<[name: string, mutes: readonly Mute[], says: readonly string[]]>([
  ["no mutes are fine", [], ["ok 0 in force"]],
  ["one in force is fine", [mute({ port: 22 }, "2026-12-31")], ["ok 1 in force"]],
  [
    "expired ones are named with whom to ask",
    [mute({ port: 22 }, "2026-11-19"), mute({ key: "a/b" }, "2026-12-31")],
    ["warn 1 of 2 have expired: 22 (kim, 2026-11-19)"],
  ],
  [
    "those of the next week are, too, the last day included",
    [
      mute({ key: "a/b" }, TODAY),
      mute({ port: 22 }, "2026-11-27"),
      mute({ port: 23 }, "2026-11-28"),
    ],
    ["warn 2 end within a week: a/b (kim, 2026-11-20), 22 (kim, 2026-11-27)"],
  ],
  [
    "one for years is",
    [mute({ client: "10.0.0.0/8", port: 22 }, "2030-01-01")],
    ["warn 1 last longer than a year: 10.0.0.0/8 22 (kim, 2030-01-01)"],
  ],
  [
    "of two for the same the one that ends first is",
    [
      mute({ port: 22, client: "10.0.0.1" }, "2026-12-30"),
      mute({ client: "10.0.0.1", port: 22 }, "2026-12-31"),
    ],
    ["warn 1 match what another one matches: 22 10.0.0.1 (kim, 2026-12-30)"],
  ],
  [
    "many are counted",
    Array.from({ length: 7 }, (_, port) => mute({ port }, "2026-11-01")),
    [
      expect.stringMatching(
        /^warn 7 of 7 have expired: (?:\d \(kim, 2026-11-01\)(?:, )?){5} and more$/,
      ) as string,
    ],
  ],
])("%s", (_, mutes, says) => {
  expect(checkMutes(mutes, TODAY).map(({ status, what }) => `${status} ${what}`)).toEqual(says);
});
