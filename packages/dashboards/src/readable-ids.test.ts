import fc from "fast-check";
import { expect, it } from "vitest";

import { anyDashboard, TARGET } from "../test/arbitrary-dashboard.ts";
import { shippedFiles } from "../test/shipped-files.ts";
import { checkDefinition } from "./check/check-definition.ts";
import type { Dashboard } from "./dashboard.ts";
import { diffDefinitions } from "./diff/diff-definitions.ts";
import { expand } from "./expand.ts";
import { normalize } from "./normalize.ts";
import { withReadableIds } from "./readable-ids.ts";

const IDS =
  /"(SheetId|VisualId|ElementId|FilterGroupId|FilterId|FilterControlId|SourceFilterId|SheetTextBoxId|CustomActionId|FieldId)":"([^"]+)"/g;

/** The dashboard as the console would have made it: a UUID for each name, everywhere. */
function asTheConsoleMakesIt(dashboard: Dashboard): Dashboard {
  const made = new Map<string, string>();
  const uuidOf = (id: string): string => {
    const number =
      made.get(id) ?? `${String(made.size).padStart(8, "0")}-aaaa-4bbb-8ccc-ddddeeeeffff`;
    made.set(id, number);
    return number;
  };
  const text = JSON.stringify(dashboard.definition)
    .replaceAll(IDS, (_whole, member: string, id: string) => `"${member}":"${uuidOf(id)}"`)
    .replaceAll(/"VisualIds":\[[^\]]*\]/g, (list) =>
      list.replaceAll(/"([^":]+)"(?=[,\]])/g, (_whole, id: string) => `"${uuidOf(id)}"`),
    );
  return { ...dashboard, definition: JSON.parse(text) as Dashboard["definition"] };
}

it("names what the console made up after what it shows", () => {
  const files = shippedFiles("rejects");
  const pulled = asTheConsoleMakesIt(expand(files, TARGET));
  const readable = normalize(withReadableIds(pulled), TARGET);
  expect(checkDefinition(readable)).toEqual([]);
  expect(Object.keys(readable)).toContain("visuals/who-is-refused-most.yml");
  expect(readable["visuals/who-is-refused-most.yml"]).toBe(
    normalize(expand(files, TARGET), TARGET)["visuals/top-sources.yml"],
  );
  expect(Object.values(readable).join("\n")).not.toMatch(/aaaa-4bbb/);
});

it("keeps the ids that a person gave", () => {
  const files = shippedFiles("rejects");
  const again = normalize(withReadableIds(expand(files, TARGET)), TARGET, files);
  expect(diffDefinitions(files, again)).toEqual([]);
});

it("changes nothing at a second pass", () => {
  const run = (): void =>
    fc.assert(
      fc.property(anyDashboard().map(asTheConsoleMakesIt), (dashboard) => {
        const once = withReadableIds(dashboard);
        expect(withReadableIds(once)).toEqual(once);
      }),
      { numRuns: 15 },
    );
  expect(run).not.toThrow();
});
