import { execFileSync } from "node:child_process";
import path from "node:path";

import { expect, test } from "vitest";

const FILE = path.join(import.meta.dirname, "small-young-heap.ts");

// A process of its own, since what is set there holds for all that comes after it.
const SCRIPT = `
import v8 from "node:v8";
if (process.argv[1] === "small") (await import(${JSON.stringify(FILE)})).keepYoungHeapSmall();
const kept = Array.from({ length: 1_000_000 }, (_, index) => ({ index }));
const young = v8.getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
console.log(JSON.stringify({ kept: kept.length, bytes: young.space_size }));
`;

function youngBytes(how: string): number {
  const args = ["--input-type=module", "--eval", SCRIPT, how];
  const { bytes } = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" })) as {
    bytes: number;
  };
  return bytes;
}

test("many objects that stay do not make the young heap grow", () => {
  const [usual, small] = [youngBytes("usual"), youngBytes("small")];
  expect(usual).toBeGreaterThan(16e6);
  expect(small).toBeLessThan(8e6);
});
