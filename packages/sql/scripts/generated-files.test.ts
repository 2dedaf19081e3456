import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { expect, it } from "vitest";

import { generateFiles } from "./generated-files.ts";

const root = join(import.meta.dirname, "..");
const files = generateFiles(root);

it.each(Object.keys(files))("%s is what `pnpm generate` writes", (path) => {
  expect(readFileSync(join(root, path), "utf8")).toBe(files[path]);
});

it("no page is left of a detection that is gone", () => {
  const pages = readdirSync(join(root, "../../docs/detections")).filter((f) =>
    f.endsWith(".gen.md"),
  );
  const made = Object.keys(files).filter((path) => path.includes("docs/detections/"));
  expect(pages.toSorted()).toEqual(made.map((path) => basename(path)).toSorted());
});
