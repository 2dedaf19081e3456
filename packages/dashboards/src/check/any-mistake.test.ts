import fc from "fast-check";
import { expect, it } from "vitest";
import { parse } from "yaml";

import { shippedFiles } from "../../test/shipped-files.ts";
import { isGroup, type Path } from "../model/tree.ts";
import { writeYaml } from "../yaml-text.ts";
import { checkColumns } from "./check-columns.ts";
import { checkDefinition } from "./check-definition.ts";
import { sqlColumns } from "./sql-columns.ts";

const FILES = shippedFiles("rejects");
const PLACES = Object.entries(FILES).flatMap(([file, text]) =>
  pathsIn(parse(text)).map((path) => ({ file, path })),
);

// What stands in a file is written by people: whatever it is, it is answered and not a bug.
it("answers whatever stands anywhere in a file", () => {
  const wrong = fc.constantFrom<unknown>(7, "x", true, [], {}, [7], [{}], { a: 1 }, { type: "x" });
  const run = (): void =>
    fc.assert(
      fc.property(fc.constantFrom(...PLACES), wrong, ({ file, path }, value) => {
        const text = writeYaml(replaced(parse(FILES[file]!), path, value));
        const files = { ...FILES, [file]: text };
        for (const { what, where, why } of [
          ...checkDefinition(files),
          ...checkColumns(files, sqlColumns()),
        ]) {
          expect(where).toMatch(/\.yml:\d+$/);
          expect(`${what}${why}`).not.toMatch(/undefined|\[object/);
        }
      }),
      { numRuns: 150 },
    );
  expect(run).not.toThrow();
});

function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => pathsIn(item, [...path, i]));
  if (!isGroup(value)) return [path];
  return [
    ...(path.length === 0 ? [] : [path]),
    ...Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...path, key])),
  ];
}

function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item: unknown, i) => (i === first ? replaced(item, rest, by) : item));
  }
  const group = value as Readonly<Record<string, unknown>>;
  return { ...group, [first]: replaced(group[first], rest, by) };
}
