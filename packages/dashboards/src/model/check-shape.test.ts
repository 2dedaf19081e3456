import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { anyShape } from "../../test/arbitrary-shape.ts";
import { checkShape } from "./check-shape.ts";

describe("the model", () => {
  it.each([
    "Visual",
    "FilterGroup",
    "SheetDefinition",
    "ParameterDeclaration",
    "ColumnConfiguration",
  ])("finds nothing wrong with any %s that is made of it", (name) => {
    const run = (): void =>
      fc.assert(
        fc.property(anyShape(name), (value) => {
          expect(checkShape(value, name)).toEqual([]);
        }),
        { numRuns: 60 },
      );
    expect(run).not.toThrow();
  });

  it.each<readonly [string, string, unknown, string]>([
    ["a member that is missing", "FilterGroup", { FilterGroupId: "a" }, "lacks Filters"],
    [
      "a member that there is not",
      "GridLayoutElement",
      { ...element(), Height: 3 },
      "unknown key Height",
    ],
    [
      "two members of a union",
      "ShortFormatText",
      { PlainText: "a", RichText: "b" },
      "must be one thing",
    ],
    ["no member of a union", "Visual", {}, "must be one thing"],
    [
      "a number that is too large",
      "GridLayoutElement",
      { ...element(), ColumnSpan: 37 },
      "at most 36",
    ],
    [
      "a word that there is not",
      "GridLayoutElement",
      { ...element(), ElementType: "VISUEL" },
      "did you mean",
    ],
    [
      "an id with a space",
      "GridLayoutElement",
      { ...element(), ElementId: "a b" },
      "expected a text like",
    ],
    ["text for a number", "GridLayoutElement", { ...element(), RowSpan: "4" }, "a whole number"],
    ["too many sheets", "SheetDefinitionList", sheets(21), "at most 20"],
    ["too many visuals", "VisualList", visuals(76), "at most 75"],
    ["a time that is none", "TimeRangeFilterValue", { StaticValue: "yesterday" }, "a time such as"],
  ])("finds %s", (_what, shape, value, message) => {
    const found = checkShape(value, shape).map(
      ({ what, why, fix }) => `${what}: ${why} ${fix ?? ""}`,
    );
    expect(found.join("\n")).toContain(message);
  });
});

function element(): object {
  return { ElementId: "a", ElementType: "VISUAL", ColumnSpan: 12, RowSpan: 4 };
}

function sheets(count: number): readonly object[] {
  return Array.from({ length: count }, (_, i) => ({ SheetId: `s${i}` }));
}

function visuals(count: number): readonly object[] {
  return Array.from({ length: count }, (_, i) => ({
    EmptyVisual: { VisualId: `v${i}`, DataSetIdentifier: "a" },
  }));
}
