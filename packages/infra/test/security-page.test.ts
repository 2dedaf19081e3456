import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

const ROOT = path.join(import.meta.dirname, "../../..");
const PAGE = readFileSync(path.join(ROOT, "docs/security.md"), "utf8");

test("docs/security.md tells why each rule of our own is there, and of no other", () => {
  const rules = readFileSync(path.join(ROOT, "packages/infra/guard/turnaway.guard"), "utf8");
  const written = [...rules.matchAll(/^rule (\w+)/gm)].map(([, name]) => name!);
  const told = [...PAGE.matchAll(/^\| `([a-z_]+)`/gm)].map(([, name]) => name!);
  expect(told.toSorted()).toEqual(written.toSorted());
});

test("docs/security.md lists each kind of finding that is acknowledged, and no other", () => {
  const found = sources(path.join(ROOT, "packages/infra/src")).flatMap((text) => findings(text));
  expect([...new Set(findings(PAGE))].toSorted()).toEqual([...new Set(found)].toSorted());
});

function findings(text: string): string[] {
  return [...text.matchAll(/["'`](AwsSolutions-[A-Z]+\d+)/g)].map(([, id]) => id!);
}

/** Texts of the sources below a folder, without tests. */
function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
}
