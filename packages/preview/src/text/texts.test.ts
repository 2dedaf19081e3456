import type { SqlValue } from "@turnaway/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { numberText, type NumberFormat, PERCENT, PLAIN_NUMBER } from "./number-text.ts";
import { shorten, textWidth, wrap } from "./text-width.ts";
import { everyStep, tickText, timeText } from "./time-text.ts";

const SHORT: NumberFormat = { ...PLAIN_NUMBER, scale: "auto", decimals: 1 };
const BYTES: NumberFormat = { ...SHORT, suffix: "B" };

describe("numbers", () => {
  test.each<[string, SqlValue, NumberFormat, string]>([
    ["none", null, SHORT, "–"],
    ["a whole one below a thousand", 7, SHORT, "7"],
    ["thousands", 12_345, SHORT, "12.3K"],
    ["just below a million", 999_950, SHORT, "1.0M"],
    ["just below that", 999_949, SHORT, "999.9K"],
    ["negative ones", -1_500_000, SHORT, "-1.5M"],
    ["bytes", 9_400_000_000, BYTES, "9.4 GB"],
    ["no bytes", 0, BYTES, "0 B"],
    ["past 2^53", 9_007_199_254_740_993n, PLAIN_NUMBER, "9,007,199,254,740,993"],
    ["a decimal as engines give it", "1234.5", { ...PLAIN_NUMBER, decimals: 2 }, "1,234.50"],
    ["a share", 0.271, { ...PERCENT, decimals: 1 }, "27.1%"],
    ["a port", 50_051, { ...PLAIN_NUMBER, isGrouped: false }, "50051"],
    [
      "dollars",
      -1234,
      { ...PLAIN_NUMBER, type: "currency", decimals: 2, prefix: "$" },
      "-$1,234.00",
    ],
    ["fixed thousands", 1_234_567, { ...SHORT, scale: "thousands" }, "1,234.6K"],
    ["what is none", "n/a", PLAIN_NUMBER, "n/a"],
  ])("%s", (_, value, format, text) => {
    expect(numberText(value, format)).toBe(text);
  });

  test("a scaled number never has more than three digits before its point", () => {
    fc.assert(
      fc.property(fc.double({ min: -9e14, max: 9e14, noNaN: true }), (number) => {
        expect(numberText(number, SHORT)).toMatch(/^-?\d{1,3}(\.\d)?[KMBT]?$/);
      }),
    );
  });
});

describe("times", () => {
  test.each([
    ["2026-11-19T06:00:00Z", "YYYY-MM-DD HH:mm", "2026-11-19 06:00"],
    ["2026-11-09", "D MMM YYYY", "9 Nov 2026"],
    ["2026-11-19 06:07:08", "MMMM DD, HH:mm:ss", "November 19, 06:07:08"],
    ["soon", "YYYY", "soon"],
  ])("%s as %s", (value, pattern, text) => {
    expect(timeText(value, pattern)).toBe(text);
  });

  test("an axis of hours names the day at midnight, and the hour between", () => {
    const midnight = Date.parse("2026-11-19T00:00:00Z");
    expect(tickText(midnight, "hour")).toBe("19 Nov");
    expect(tickText(midnight + 3_600_000, "hour")).toBe("01:00");
  });

  test("every step stands between the first and the last time, whatever is missing", () => {
    const at = (text: string): number => Date.parse(`${text}T00:00:00Z`);
    expect(everyStep([at("2026-11-03"), at("2026-11-01")], "day")).toEqual(
      ["2026-11-01", "2026-11-02", "2026-11-03"].map(at),
    );
    expect(everyStep([at("2026-01-01"), at("2026-04-01")], "month")).toHaveLength(4);
    // Times that no step hits are kept as they are.
    const odd = [at("2026-11-01"), at("2026-11-02") + 1];
    expect(everyStep(odd, "day")).toEqual(odd);
    expect(everyStep([], "day")).toEqual([]);
  });
});

describe("room", () => {
  test("a name that is too long keeps both its ends", () => {
    const short = shorten("eni-0aa43ed97dfa5c081", 80, 12);
    expect(short).toMatch(/^eni-.*….*081$/);
  });

  test("what is cut fits, and what fits is not cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 12, max: 400 }),
        (text, room) => {
          const short = shorten(text, room, 12);
          if (textWidth(text, 12) <= room) expect(short).toBe(text);
          else expect(short === "…" || textWidth(short, 12) <= room).toBe(true);
        },
      ),
    );
  });

  test("a sentence has as many lines as there are, the last one cut", () => {
    const lines = wrap("one two three four five six", { room: 50, fontSize: 12, most: 2 });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
  });
});
