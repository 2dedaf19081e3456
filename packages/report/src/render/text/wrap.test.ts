import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { hostileText } from "../../hostile-text.ts";
import { visibleText } from "../../escape/visible-text.ts";
import { displayWidth, fitText, padText, wrapText } from "./wrap.ts";

// A loaded machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

test.each([
  ["short", 10, ["short"]],
  ["one two three", 7, ["one two", "three"]],
  ["abcdefghij k", 4, ["abcd", "efgh", "ij k"]],
  ["漢字漢字", 4, ["漢字", "漢字"]],
  ["漢字", 1, ["漢", "字"]],
  ["", 5, [""]],
])("%j in %i cells is %j", (text, width, lines) => {
  expect(wrapText(text, width)).toEqual(lines);
});

test("wrapping loses no character and fits", () => {
  fc.assert(
    fc.property(hostileText(), fc.integer({ min: 10, max: 30 }), (hostile, width) => {
      const text = visibleText(hostile);
      const lines = wrapText(text, width);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
    }),
  );
});

test("wide characters count as two cells when padding and fitting", () => {
  expect(padText("漢字", 6)).toBe("漢字  ");
  expect(padText("漢字", 6, "right")).toBe("  漢字");
  expect(fitText("漢字漢字", 6)).toBe("漢字…");
  expect(fitText("漢字", 4)).toBe("漢字");
});
