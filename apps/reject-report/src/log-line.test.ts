import fc from "fast-check";
import { expect, test } from "vitest";

import { logLine } from "./log-line.ts";

test.each([
  ["a plain line", "reading: 25 %", "reading: 25 %"],
  ["a command", "::set-output name=a::b", "\\::set-output name=a::b"],
  ["a command after spaces", " \t::add-mask::x", "\\::add-mask::x"],
  ["a command on a second line", "a.log\n::error::x", "a.log ::error::x"],
  ["an old command anywhere", "a ##[add-mask]b", "a ## [add-mask]b"],
  ["colours", "\u001B[31mred\u001B[0m", "red"],
])("%s", (_, text, expected) => {
  expect(logLine(text)).toBe(expected);
});

test("D32: no text becomes a command of a runner, or more than one line", () => {
  const piece = fc.oneof(
    fc.constantFrom("::", "##[", "#", "[", ":", "\n", "\r", " ", "\u2028", "\u001B[1m", "\u0085"),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const line = logLine(pieces.join(""));
      expect(line).not.toMatch(/[\r\n]|##\[/);
      expect(line.trim().startsWith("::")).toBe(false);
    }),
  );
});
