import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { describeVersion, readMark } from "./version-mark.ts";

const MARK = {
  hash: "0123456789abcdef0123456789abcdef",
  sha: "89abcdef0123456789abcdef0123456789abcdef",
  package: "10.20.30",
  by: "octocat",
  after: 999,
};

describe("the description of a version", () => {
  test("tells a person who deployed what", () => {
    expect(describeVersion(MARK)).toMatch(
      /^Deployed by octocat from 89abcdef0123 with turnaway 10\.20\.30 \[/,
    );
  });

  test("is read back, whoever deployed, and is never longer than the service takes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.boolean(), (by, isCommit) => {
        const mark = { ...MARK, by, sha: isCommit ? MARK.sha : null };
        const text = describeVersion(mark);
        expect(text.length).toBeLessThanOrEqual(512);
        const shown = by.slice(0, 28).toWellFormed();
        expect(readMark(text)).toEqual({ ...mark, by: shown });
      }),
    );
  });

  test.each([
    ["nobody's", undefined],
    ["a person's", "Fixed the colours"],
    ["of another program's form", "[turnaway/2 hash=1]"],
    ["with words behind it", `${describeVersion(MARK)} and then some`],
  ])("is no mark when it is %s", (_, description) => {
    expect(readMark(description)).toBeNull();
  });
});
