import { describe, expect, it } from "vitest";

import { writeYaml } from "./yaml-text.ts";

const BEFORE = `# What people look at first.
type: bar-chart # not a pie
title: Top sources
values:
  - sum(records)
  # In thousands.
  - sum(bytes)
sheets: [ a, b ]
api:
  Legend: { Position: RIGHT }
`;

const VALUE = {
  type: "bar-chart",
  title: "Top sources",
  values: ["sum(records)", "sum(bytes)"],
  sheets: ["a", "b"],
  api: { Legend: { Position: "RIGHT" } },
};

describe("a file that is written again", () => {
  it("stays as it was when it says the same", () => {
    expect(writeYaml(VALUE, BEFORE)).toBe(BEFORE);
  });

  it("keeps its comments and the order of its keys when something changes", () => {
    const value = {
      ...VALUE,
      title: "Sources",
      values: ["max(hour)", "sum(bytes)", "sum(records)"],
    };
    expect(writeYaml({ limit: 10, ...value }, BEFORE)).toBe(`# What people look at first.
type: bar-chart # not a pie
title: Sources
values:
  - max(hour)
  # In thousands.
  - sum(bytes)
  - sum(records)
sheets: [ a, b ]
api:
  Legend: { Position: RIGHT }
limit: 10
`);
  });

  it("loses the keys that are gone, and what was said of them", () => {
    const { values: _values, api: _api, ...rest } = VALUE;
    expect(writeYaml(rest, BEFORE)).toBe(`# What people look at first.
type: bar-chart # not a pie
title: Top sources
sheets: [ a, b ]
`);
  });

  it("is written anew when it was no group of keys", () => {
    expect(writeYaml({ a: 1 }, "- x\n")).toBe("a: 1\n");
  });
});
