import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { listLocalSources } from "./list-local.ts";

const DELIVERED = "123456789012_vpcflowlogs_eu-west-1_fl-0a1b2c3d_20251119T2355Z_00000001.log.gz";

describe("listLocalSources", () => {
  const CASES: readonly (readonly [
    name: string,
    specs: readonly string[],
    files: readonly string[],
  ])[] = [
    ["a file", ["logs/b.log"], ["logs/b.log"]],
    [
      "a folder with all that is in it",
      ["logs"],
      ["logs/a.log", "logs/b.log", `logs/deep/${DELIVERED}`, "logs/x.gz/c.log"],
    ],
    ["a folder with a slash", ["logs/x.gz/"], ["logs/x.gz/c.log"]],
    ["a glob", ["logs/*.log"], ["logs/a.log", "logs/b.log"]],
    ["a glob over folders", ["logs/**/*.log"], ["logs/a.log", "logs/b.log", "logs/x.gz/c.log"]],
    ["a glob that matches a folder", ["logs/x*"], ["logs/x.gz/c.log"]],
    [
      "sources that overlap, each file once",
      ["logs/a.log", "./logs/a.log", "logs/*.log", "logs/x.gz", "link"],
      ["logs/a.log", "logs/b.log", `link/deep/${DELIVERED}`, "logs/x.gz/c.log"],
    ],
    ["a name that looks like a glob", ["odd[1].log"], ["odd[1].log"]],
  ];

  it.each(CASES)("lists %s", async (_, specs, expected) => {
    const { files, problems } = await list(specs);
    expect(files.map(({ name }) => path.relative(dir, path.resolve(dir, name))).toSorted()).toEqual(
      [...expected].toSorted(),
    );
    expect(problems).toEqual([]);
  });

  it("knows the day from the name that AWS gave, and puts days in order", async () => {
    writeFileSync("logs/z.log", "x");
    const { files } = await list(["logs"]);
    expect(files.at(-1)).toMatchObject({
      day: "2025-11-19",
      deliveredAt: Date.UTC(2025, 10, 19, 23, 55) / 1000,
      size: 1,
    });
    expect(files.slice(0, -1).every(({ day }) => day === null)).toBe(true);
  });

  it("names hidden files that it passes over", async () => {
    writeFileSync("logs/.DS_Store", "x");
    writeFileSync("logs/_SUCCESS", "x");
    const { files, problems } = await list(["logs"]);
    expect(files.length).toBe(4);
    expect(problems).toEqual([
      {
        code: "HIDDEN_FILES",
        where: "logs",
        detail: "2 hidden files were passed over: .DS_Store, _SUCCESS",
        partial: false,
      },
    ]);
  });

  it("saves standard input to a file", async () => {
    const { files } = await listLocalSources(["-"], {
      ...options(),
      stdin: Readable.from(["one\n", "two\n"]),
    });
    expect(files.map(({ name }) => name)).toEqual(["standard input"]);
    expect(readFileSync(files[0]?.path ?? "", "utf8")).toBe("one\ntwo\n");
  });

  it.each([
    [["missing.log"], "no such file"],
    [["logs/*.nothing"], "the pattern matches nothing"],
    [["empty"], "there are no files in it"],
    [["logs", "missing.log"], "no such file"],
    [["-"], "nothing is connected to standard input"],
  ])("does not find %s", async (specs, why) => {
    const listing = list(specs);
    await expect(listing).rejects.toMatchObject({ code: "SOURCE_NOT_FOUND", exitCode: 2 });
    await expect(listing).rejects.toThrow(why);
  });

  it("stops when the signal aborts", async () => {
    const listing = listLocalSources(["logs"], { ...options(), signal: AbortSignal.abort() });
    await expect(listing).rejects.toMatchObject({ code: "INTERRUPTED" });
  });
});

function list(specs: readonly string[]) {
  return listLocalSources(specs, options());
}

function options() {
  return { tempDir: path.join(dir, "temp"), signal: new AbortController().signal };
}

const home = process.cwd();
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "turnaway-list-"));
  process.chdir(dir);
  for (const folder of ["logs/deep", "logs/x.gz", "empty"]) mkdirSync(folder, { recursive: true });
  for (const file of [
    "logs/a.log",
    "logs/b.log",
    `logs/deep/${DELIVERED}`,
    "logs/x.gz/c.log",
    "odd[1].log",
  ]) {
    writeFileSync(file, "x");
  }
  symlinkSync("logs", "link");
});
afterEach(() => {
  process.chdir(home);
  rmSync(dir, { recursive: true, force: true });
});
