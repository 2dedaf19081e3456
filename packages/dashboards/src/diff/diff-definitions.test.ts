import { describe, expect, it } from "vitest";

import { SHIPPED, shippedFiles } from "../../test/shipped-files.ts";
import type { DefinitionFiles } from "../dashboard.ts";
import { diffDefinitions } from "./diff-definitions.ts";
import { renderDiff } from "./render-diff.ts";

const FILES = shippedFiles("rejects");

function edited(edits: Readonly<Record<string, readonly [string, string]>>): DefinitionFiles {
  const changed = Object.entries(edits).map(([path, [from, to]]) => {
    const text = FILES[path]!.replace(from, () => to);
    expect(text, path).not.toBe(FILES[path]);
    return [path, text];
  });
  return { ...FILES, ...(Object.fromEntries(changed) as DefinitionFiles) };
}

/** `changed visual top-sources: category client → server`. */
function lines(after: DefinitionFiles): readonly string[] {
  return diffDefinitions(FILES, after).map(
    ({ kind, subject, id, details }) =>
      `${kind} ${subject} ${id}: ${details.map(({ key, before, after }) => `${key} ${before} → ${after}`).join("; ")}`,
  );
}

describe("what changes is told by meaning", () => {
  it.each<readonly [string, DefinitionFiles, readonly string[]]>([
    [
      "another field",
      edited({ "visuals/top-sources.yml": ["category: client", "category: number(day_number)"] }),
      ["changed visual top-sources: category client → number(day_number)"],
    ],
    [
      "a column of a table",
      edited({ "visuals/refused-list.yml": ["  - scope\n", ""] }),
      ["changed visual refused-list: columns scope → null"],
    ],
    [
      "a filter",
      edited({ "dashboard.yml": ["periods: 14", "periods: 30"] }),
      ["changed filter date: periods 14 → 30"],
    ],
    [
      "a size",
      edited({ "sheets/overview.yml": ["rejects-by-day: two-thirds", "rejects-by-day: half"] }),
      ["moved visual rejects-by-day: size two-thirds x large → half x large"],
    ],
    [
      "a calculated field",
      edited({ "dashboard.yml": ["'new', 1, 0", "'new', 1, 2"] }),
      [
        "changed calculated field rejects.is_new: expression ifelse({status} = 'new', 1, 0) → ifelse({status} = 'new', 1, 2)",
      ],
    ],
    [
      "an order of visuals: the one that moved, not those that it pushed aside",
      edited({
        "sheets/overview.yml": [
          "top-sources: third, top-servers: third, top-services: third",
          "top-services: third, top-sources: third, top-servers: third",
        ],
      }),
      ["moved visual top-services: position 9. → 7."],
    ],
    [
      "a comment, the order of keys, a short form written out: nothing",
      edited({
        "visuals/top-sources.yml": [
          "type: bar-chart\ntitle: Who is refused most\n",
          "# Look here.\ntitle: Who is refused most\ntype: bar-chart\n",
        ],
      }),
      [],
    ],
  ])("%s", (_what, after, expected) => {
    expect(lines(after)).toEqual(expected);
  });
});

it("a visual on another sheet has moved", () => {
  const after = {
    ...edited({
      "sheets/overview.yml": [", top-services: third", ""],
      "sheets/connections.yml": ["refused-at: half", "refused-at: quarter, top-services: quarter"],
    }),
  };
  const lines = diffDefinitions(FILES, after).map(({ kind, id, sheet }) => [kind, id, sheet]);
  expect(lines).toContainEqual(["moved", "top-services", "connections"]);
});

it.each(SHIPPED)("%s differs from itself in nothing", (name) => {
  expect(diffDefinitions(shippedFiles(name), shippedFiles(name))).toEqual([]);
});

it("is shown as Markdown that a reviewer can read", async () => {
  const { "visuals/noise-share.yml": _gone, ...rest } = edited({
    "visuals/top-sources.yml": ["category: client", "category: server"],
    "visuals/refused-list.yml": ["  - scope\n", ""],
    "dashboard.yml": ["periods: 14", "periods: 30"],
    "sheets/overview.yml": ["rejects-by-day: two-thirds", "rejects-by-day: half"],
    "sheets/connections.yml": ["noise-share: half", "by-status: half"],
  });
  const after = {
    ...rest,
    "visuals/by-status.yml":
      "type: pie-chart\ntitle: New | ongoing @all\ndata-set: rejects\ncategory: status\nvalues: sum(rejected_records)\n",
  };
  await expect(renderDiff("rejects", diffDefinitions(FILES, after))).toMatchFileSnapshot(
    "../../golden/diff.md",
  );
});
