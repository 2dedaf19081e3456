import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { anyDashboard, dashboardPart, dashboardWith, TARGET } from "../test/arbitrary-dashboard.ts";
import type { Dashboard } from "./dashboard.ts";
import { expand } from "./expand.ts";
import { withoutFilledIn } from "./filled-in.ts";
import { VISUAL_TYPES } from "./format/visual-types.ts";
import { DEFINITION, structureOf } from "./model/shape.ts";
import { normalize } from "./normalize.ts";

const MEMBERS = Object.keys(structureOf("Visual").members);
const PARTS = Object.keys(structureOf(DEFINITION).members).filter(
  (part) => part !== "DataSetIdentifierDeclarations",
);

describe("files and definition say the same", () => {
  it.each(MEMBERS)("for any %s", (member) => {
    expect(() => check(dashboardWith(member), 60)).not.toThrow();
  });

  it.each(PARTS)("for any %s", (part) => {
    expect(() => check(dashboardPart(part), 40)).not.toThrow();
  });

  it("for any dashboard", () => {
    expect(() => check(anyDashboard(), 25)).not.toThrow();
  });

  it("for every visual that the service has, by name", () => {
    expect(VISUAL_TYPES.map(({ member }) => member)).toEqual(MEMBERS);
  });
});

function check(dashboards: fc.Arbitrary<Dashboard>, numRuns: number): void {
  fc.assert(
    fc.property(dashboards, (dashboard) => {
      const files = normalize(dashboard, TARGET);
      const back = expand(files, TARGET);
      expect(withoutFilledIn(back.definition, DEFINITION)).toEqual(
        withoutFilledIn(dashboard.definition, DEFINITION),
      );
      expect({ ...back, definition: null }).toEqual({ ...dashboard, definition: null });
      expect(normalize(back, TARGET)).toEqual(files);
      expect(normalize(back, TARGET, files)).toEqual(files);
    }),
    { numRuns },
  );
}
