import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ratios, spreadOf } from "./statistics.ts";

describe("spreadOf", () => {
  it.each([
    [[3], { min: 3, median: 3, max: 3 }],
    [[3, 1, 2], { min: 1, median: 2, max: 3 }],
    [[10, 9, 1, 2], { min: 1, median: 5.5, max: 10 }],
  ])("finds the ends and the middle of %j", (values, expected) => {
    expect(spreadOf(values)).toEqual(expected);
  });

  it("does not depend on the order of the rounds", () => {
    const values = fc.array(fc.double({ noNaN: true, min: 0, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, (list) => {
        expect(spreadOf(list.toReversed())).toEqual(spreadOf(list));
      }),
    );
  });

  it("refuses to say what the middle of nothing is", () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe("ratios", () => {
  it("compares each round with its own baseline", () => {
    expect(ratios([3, 9], [2, 3])).toEqual([1.5, 3]);
  });

  it("refuses rounds without a baseline", () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError);
  });
});
