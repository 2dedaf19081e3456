import { expect, test } from "vitest";
import { markdownCode, markdownText, markdownTextCell } from "./index.ts";

// Marks of lists are code where they would begin one; hashes of commits and what GitHub links are
// code wherever they stand; brackets and the full stop of a sentence stay outside of it.
test.each([
  ["- a", "`-` a"],
  ["12. a", "`12`. a"],
  ["1) a", "`1`) a"],
  ["a - b", "a - b"],
  ["`x` - b", "`x` - b"],
  ["`x` 1. b", "`x` 1. b"],
  ["- `x`", "`-` `x`"],
  ["x1. a", "x1. a"],
  ["1.5 a", "1.5 a"],
  ["1.5 `x`", "1.5 `x`"],
  ["(`x`).", "(`x`)."],
  ["see `a b`, then", "see `a b`, then"],
  ["abcdef0", "`abcdef0`"],
  ["(abcdef0)", "(`abcdef0`)"],
  ["“abcdef0”", "“`abcdef0`”"],
  ["abcdef0.", "`abcdef0`."],
  ["see effaced.", "see `effaced`."],
  ["abcdef", "abcdef"],
  ["xeffaced", "xeffaced"],
  ["deadbeefs", "deadbeefs"],
  ['a "b" c', 'a "b" c'],
  ["see #12.", "see `#12`."],
  ["(#12)", "(`#12`)"],
  ['"#12"', '"`#12`"'],
  ["#12?!", "`#12?!`"],
  ["##.", "`##`."],
  ["it's (fine).", "it's (fine)."],
])("the sentence %s is %s", (text, markdown) => {
  expect(markdownText(text)).toBe(markdown);
});

test("a pipe ends no cell, in a word or in code", () => {
  expect(markdownTextCell("a|b")).toBe("`a\\|b`");
  expect(markdownTextCell("a `x|y` b")).toBe("a `x\\|y` b");
});

test.each(["", "  ", "\n\t"])("what is blank is said to be empty: %j", (text) => {
  expect([markdownCode(text), markdownText(text)]).toEqual(["(empty)", "(empty)"]);
});
