import { parseMutes, muteInFile } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { parseMuteCommand } from "./parse-command.ts";

// Many cases each; a loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const TODAY = "2026-11-20";
const KEY = "port-scan/10.0.5.99/10.0.9.20";

describe("understands", () => {
  test.each([
    ["days", `/mute ${KEY} 30d our scanner`, "2026-12-20"],
    ["one day", `/mute ${KEY} 1d our scanner`, "2026-11-21"],
    ["weeks", `/mute ${KEY} 2w our scanner`, "2026-12-04"],
    ["the last day", `/mute ${KEY} 2026-12-24 our scanner`, "2026-12-24"],
    ["a year", `/mute ${KEY} 366d our scanner`, "2027-11-21"],
    ["space around and between", `\n /mute\t${KEY}   30d  our scanner \r\n`, "2026-12-20"],
    ["a key in backticks", `/mute \`${KEY}\` 30d our scanner`, "2026-12-20"],
    ["a defanged key", "/mute port-scan/10.0.5[.]99/10.0.9[.]20 30d our scanner", "2026-12-20"],
  ])("%s", (_, comment, until) => {
    expect(parseMuteCommand(comment, TODAY)).toEqual({
      kind: "mute",
      key: KEY,
      until,
      reason: "our scanner",
    });
  });
});

describe("refuses", () => {
  test.each([
    ["nothing but the word", "/mute", "no key"],
    ["no time", `/mute ${KEY}`, "not a time"],
    ["a reason in place of the time", `/mute ${KEY} our scanner`, "not a time"],
    ["no days", `/mute ${KEY} 0d our scanner`, "not a time"],
    ["too many days", `/mute ${KEY} 367d our scanner`, "not a time"],
    ["a day that is no day", `/mute ${KEY} 2026-11-31 our scanner`, "not a time"],
    ["today", `/mute ${KEY} ${TODAY} our scanner`, "not a time"],
    ["no reason", `/mute ${KEY} 30d`, "no reason"],
    ["a long reason", `/mute ${KEY} 30d ${"x".repeat(501)}`, "longer than 500"],
    ["a long comment", `/mute ${KEY} 30d ${"x".repeat(1000)}`, "more than 1000"],
    ["a second line", `/mute ${KEY} 30d our scanner\n/mute ${KEY} 30d x`, "more than one line"],
    ["a lone carriage return", `/mute ${KEY} 30d our\rscanner`, "more than one line"],
    ["a mention for a key", "/mute @octo/team 30d x", "not the key"],
    ["YAML for a key", '/mute a" 30d x', "not the key"],
    ["turned-around text", `/mute ${KEY} 30d gpj\u202e.exe`, "can't be seen"],
    ["hidden text", `/mute ${KEY}\u200b 30d x`, "can't be seen"],
    ["a control character", `/mute ${KEY} 30d x\u0007`, "can't be seen"],
  ])("%s", (_, comment, why) => {
    expect(parseMuteCommand(comment, TODAY)).toEqual({
      kind: "wrong",
      why: expect.stringContaining(why),
    });
  });
});

test.each([
  "",
  "please /mute it",
  "/muted",
  "/mutes x 1d y",
  "> /mute x 1d y",
  "`/mute x 1d y`",
  "/unmute x",
])("leaves %j to people", (comment) =>
  expect(parseMuteCommand(comment, TODAY)).toEqual({ kind: "none" }),
);

test("whatever is understood is one entry of mutes.yml, and says the same there", () => {
  const word = fc.string({ unit: "grapheme", maxLength: 12 });
  const comment = fc
    .tuple(fc.constantFrom(KEY, "a/b"), word, fc.array(word, { maxLength: 4 }))
    .map(([key, odd, rest]) => `/mute ${key}${odd.slice(0, 1)} 30d ${rest.join(" ")}`);
  fc.assert(
    fc.property(comment, (text) => {
      const command = parseMuteCommand(text, TODAY);
      if (command.kind !== "mute") return;
      const { kind: _, ...mute } = command;
      const file = muteInFile("", "mutes.yml", { ...mute, owner: "kim" }).text;
      expect(parseMutes(file, "mutes.yml")).toEqual([
        { match: { key: mute.key }, reason: mute.reason, owner: "kim", until: mute.until },
      ]);
    }),
    { seed: 5, numRuns: 500 },
  );
});
