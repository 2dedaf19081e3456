import { mkdtemp, mkdir, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { deliver, s3Fixture } from "../../test/s3-fixture.ts";
import { downloadObjects } from "./download-objects.ts";
import { listS3Source } from "./list-source.ts";
import { pruneCache, type PruneOptions } from "./prune-cache.ts";

const NOW = Date.UTC(2026, 10, 20);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let cacheDir: string;

beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), "turnaway-prune-"));
  await mkdir(path.join(cacheDir, "logs"));
});
afterEach(() => rm(cacheDir, { recursive: true }));

test.each<[string, PruneOptions, string[]]>([
  ["nothing that is young and fits", {}, ["hour", "day", "month", "stranger"]],
  ["what was not used for long", { maxAgeDays: 7 }, ["hour", "day", "stranger"]],
  ["the least recently used until it fits", { maxBytes: 250 }, ["hour", "day", "stranger"]],
  ["everything but the last hour", { maxBytes: 0 }, ["hour", "stranger"]],
])("removes %s", async (_what, options, left) => {
  await put(`${"a".repeat(32)}-${"0".repeat(64)}.log.gz`, "hour", HOUR / 2);
  await put(`${"b".repeat(32)}-${"0".repeat(64)}.log.gz`, "day", DAY);
  await put(`${"c".repeat(32)}-${"0".repeat(64)}.parquet`, "month", 29 * DAY);
  await put("notes.txt", "stranger", 400 * DAY);
  const { removed, bytes } = await pruneCache(cacheDir, { now: NOW, ...options });
  expect((await labels()).sort()).toEqual(left.sort());
  expect([removed, bytes]).toEqual([4 - left.length, (4 - left.length) * 100]);
});

test("removes half downloads of a run that was killed, not those of a run under way", async () => {
  const part = (letter: string): string => `.${letter.repeat(32)}-${crypto.randomUUID()}.part`;
  await put(part("a"), "killed", 2 * HOUR);
  await put(part("b"), "under way", HOUR / 2);
  await pruneCache(cacheDir, { now: NOW });
  expect(await labels()).toEqual(["under way"]);
});

test("knows the names that a download gives", async () => {
  const s3 = await s3Fixture();
  deliver(s3.objects, { at: "2026-11-19T12:00" });
  const { objects } = await listS3Source("s3://logs", s3);
  await downloadObjects(objects, s3);
  expect(await pruneCache(s3.cacheDir, { now: Date.now() + 31 * DAY })).toMatchObject({
    removed: 1,
  });
  expect(await s3.cached()).toEqual([]);
  await s3.close();
});

test("of a cache that is not there removes nothing", async () => {
  expect(await pruneCache(path.join(cacheDir, "none"))).toEqual({ removed: 0, bytes: 0 });
});

const labelOf = new Map<string, string>();

async function put(name: string, label: string, age: number): Promise<void> {
  const file = path.join(cacheDir, "logs", name);
  const used = new Date(NOW - age);
  labelOf.set(name, label);
  await writeFile(file, Buffer.alloc(100));
  await utimes(file, used, used);
}

async function labels(): Promise<string[]> {
  const names = await readdir(path.join(cacheDir, "logs"));
  return names.map((name) => labelOf.get(name) ?? name);
}
