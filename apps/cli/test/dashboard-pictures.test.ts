import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, test } from "vitest";

import { turnaway } from "./support/turnaway.ts";

const PREVIEW = path.join(import.meta.dirname, "../../../packages/preview");
const GOLDEN = path.join(PREVIEW, "golden");
// What differs is left here, as it is and with what differs marked.
const FAILED = path.join(PREVIEW, "failed");
const DEFINITIONS = path.join(import.meta.dirname, "../../../packages/dashboards/definitions");
/** Of a picture's pixels, for what a newer library may round differently. */
const TOLERANCE = 0.001;

const pictures = readdirSync(GOLDEN).filter((file) => file.endsWith(".png"));
let drawn: string;

beforeAll(async () => {
  drawn = mkdtempSync(path.join(tmpdir(), "turnaway-pictures-"));
  rmSync(FAILED, { recursive: true, force: true });
  // As `pnpm --filter @turnaway/preview pictures` has it, which renews the golden ones.
  const { code, stderr } = await turnaway({
    args: [
      "dashboards",
      "preview",
      "--sample",
      "--now",
      "2026-11-20T06:00:00Z",
      "--definitions",
      DEFINITIONS,
      "--format",
      "png",
      "--out",
      drawn,
    ],
    cwd: drawn,
  });
  expect(stderr).not.toContain("error");
  expect(code).toBe(0);
}, 300_000);

afterAll(() => rmSync(drawn, { recursive: true, force: true }));

test("each sheet of the shipped dashboards has a golden picture, and nothing else has", () => {
  expect(readdirSync(drawn).toSorted()).toEqual(pictures.toSorted());
});

test.each(pictures)("%s is as it was", (file) => {
  const read = (folder: string): PNG => PNG.sync.read(readFileSync(path.join(folder, file)));
  const [actual, golden] = [read(drawn), read(GOLDEN)];
  const { width, height } = golden;
  const isOfSize = actual.width === width && actual.height === height;
  const diff = new PNG({ width, height });
  const different = isOfSize
    ? pixelmatch(actual.data, golden.data, diff.data, width, height, { threshold: 0.1 })
    : Infinity;
  if (different > width * height * TOLERANCE) {
    mkdirSync(FAILED, { recursive: true });
    writeFileSync(path.join(FAILED, `actual-${file}`), PNG.sync.write(actual));
    if (isOfSize) writeFileSync(path.join(FAILED, `diff-${file}`), PNG.sync.write(diff));
  }
  expect({ width: actual.width, height: actual.height }).toEqual({ width, height });
  expect(different, `see packages/preview/failed`).toBeLessThanOrEqual(width * height * TOLERANCE);
});

test.each(pictures)("%s is small enough for a repository", (file) => {
  expect(readFileSync(path.join(GOLDEN, file)).length).toBeLessThan(150_000);
});
