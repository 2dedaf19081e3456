import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

const CHECKOUT = path.join(import.meta.dirname, "../../..");

// Rows of docs/faults.md that a test says something of begin its name: `D28: …`, `B3, B7: …`.
// From E15 on they are of infrastructure, whose tests stand beside what they test.
const ROW = String.raw`(?:[BD]\d{1,2}|E(?:1[0-4]|[1-9]))`;
const NAMED = new RegExp(`["'\`]((?:${ROW}, )*${ROW}): `, "g");

test("every row of docs/faults.md is what a test is named after, and no test names another", () => {
  const page = readFileSync(path.join(CHECKOUT, "docs/faults.md"), "utf8");
  const rows = [...page.matchAll(/^\| ([A-Z]\d+) +\|/gm)].map(([, id]) => id!);
  expect(rows).toEqual([...ids("B", 8), ...ids("D", 38), ...ids("E", 14)]);
  const named = new Set(
    sources(/\.test\.ts$/).flatMap((text) =>
      [...text.matchAll(NAMED)].flatMap(([, list]) => list!.split(", ")),
    ),
  );
  expect([...named].toSorted()).toEqual(rows.toSorted());
});

test("D37: nothing asks DNS for a name", () => {
  const asks = sources(/(?<!\.test)\.ts$/).filter((text) => ASKS_DNS.test(text));
  expect(asks).toEqual([]);
});

const ASKS_DNS = /(?:from |import\(|require\()["'](?:node:)?dns(?:\/promises)?["']/;

function ids(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}

/** Texts of the files of all packages whose name the pattern finds. */
function sources(name: RegExp): string[] {
  return ["apps", "packages"].flatMap((room) =>
    readdirSync(path.join(CHECKOUT, room)).flatMap((folder) =>
      textsIn(path.join(CHECKOUT, room, folder), name),
    ),
  );
}

const LEFT_OUT = new Set(["node_modules", "dist", "golden", ".stryker-tmp", "cdk.out"]);

function textsIn(folder: string, name: RegExp): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return LEFT_OUT.has(entry.name) ? [] : textsIn(file, name);
    return entry.isFile() && name.test(entry.name) ? [readFileSync(file, "utf8")] : [];
  });
}
