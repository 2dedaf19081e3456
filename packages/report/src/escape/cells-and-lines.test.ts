import { describe, expect, test } from "vitest";
import { csvCell, csvLine, jsonText, terminalLine, terminalText } from "./index.ts";

describe("a cell of a table", () => {
  test.each([
    [null, ""],
    ["", '""'],
    [12, "12"],
    [true, "true"],
    ["orders-api", "orders-api"],
    ["-5", "-5"],
    ["-12", "-12"],
    ["-0.25", "-0.25"],
    ["-1e9", "-1e9"],
    ["-1.5E-12", "-1.5E-12"],
    ["-1e+10", "-1e+10"],
    ["-5x", "'-5x"],
    ["-1.", "'-1."],
    ["-1e", "'-1e"],
    ["-", "'-"],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["@x", "'@x"],
    [" =x", "' =x"],
    ["a,b", '"a,b"'],
    ["a;b", '"a;b"'],
    ['say "x"', '"say ""x"""'],
    [" x", '" x"'],
    ["x ", "x "],
    ["é ", '"é "'],
  ])("of %s is %s", (value, cell) => {
    expect(csvCell(value)).toBe(cell);
  });

  test("stands between commas, and the line ends", () => {
    expect(csvLine(["a", null, 1])).toBe("a,,1\n");
  });
});

test("JSON hides no command, and stays the same value", () => {
  expect(jsonText('"##[error] \u200b"')).toBe(String.raw`"#\u0023[error] \u200b"`);
});

test.each([
  ["::set-output name=a::b", "∷set-output name=a::b"],
  ["  ::error::x", "  ∷error::x"],
  ["see ::error::x", "see ::error::x"],
  ["::1 is refused", "::1 is refused"],
  ["10.0.3.7", "10.0.3.7"],
])("a line of a log: %s", (line, expected) => {
  expect(terminalLine(line)).toBe(expected);
});

test("a command of the runner is none anywhere in a line", () => {
  expect(terminalText("a ##[error]b ##[x]")).toBe("a ## [error]b ## [x]");
});
