import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../../..");

/** Where the checks of `doctor` are made. */
const PLACES = [
  "apps/cli/src/commands/doctor.ts",
  "apps/cli/src/doctor",
  "packages/core/src",
  "packages/engines/src",
];

test("docs/troubleshooting.md has a row for every code of `doctor`, and for no other", () => {
  const texts = PLACES.flatMap((place) => sources(path.join(ROOT, place)));
  const made = texts.flatMap((text) =>
    [...text.matchAll(/\b(?:ok|warn|fail|failed)\(\s*"([A-Z_]+)"/g)].map(([, code]) => code!),
  );
  const page = readFileSync(path.join(ROOT, "docs/troubleshooting.md"), "utf8");
  const [, table = ""] = page.split("## Every code of `doctor`");
  const told = [...table.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code!);
  expect(told.toSorted()).toEqual([...new Set(made)].toSorted());
});

/** Texts of a file, or of the sources below a folder, without tests. */
function sources(place: string): string[] {
  if (place.endsWith(".ts")) return [readFileSync(place, "utf8")];
  return readdirSync(place, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(path.join(place, name), "utf8"));
}
