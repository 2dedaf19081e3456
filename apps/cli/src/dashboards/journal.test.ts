import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeEach, expect, test } from "vitest";

import { commitOf } from "./journal.ts";

const home = mkdtempSync(path.join(tmpdir(), "turnaway-journal-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const repository = path.join(home, "repository");
const folder = path.join(repository, "definitions");
const FILE = "definitions/rejects/dashboard.yml";

beforeEach(() => {
  rmSync(repository, { recursive: true, force: true });
  mkdirSync(repository);
  git("init", "--quiet");
  write(FILE);
  write("other.yml");
  commitAll();
});

test("files that are committed as they are have that commit", () => {
  expect(commitOf(folder)).toBe(git("rev-parse", "HEAD"));
});

test("what else is changed in the repository is no matter", () => {
  write("other.yml", "changed");
  expect(commitOf(folder)).toBe(git("rev-parse", "HEAD"));
});

test.each([
  ["a file that was changed", () => write(FILE, "changed")],
  [
    "a file that was changed and staged",
    () => {
      write(FILE, "changed");
      git("add", "--all");
    },
  ],
  ["a file that is new", () => write("definitions/other/dashboard.yml")],
  ["a file that is gone", () => rmSync(path.join(repository, FILE))],
])("no commit is named for %s", (_, change) => {
  change();
  expect(commitOf(folder)).toBeNull();
});

test("no commit is named for files that a repository ignores, as those of an installed package", () => {
  write(".gitignore", "node_modules\n");
  write("node_modules/turnaway/definitions/rejects/dashboard.yml");
  commitAll();
  expect(commitOf(path.join(repository, "node_modules/turnaway/definitions"))).toBeNull();
});

test("no commit is named for files outside any repository", () => {
  const outside = path.join(home, "outside");
  mkdirSync(outside);
  writeFileSync(path.join(outside, "dashboard.yml"), "name: A\n");
  expect(commitOf(outside)).toBeNull();
});

test("no commit is named before the first", () => {
  rmSync(path.join(repository, ".git"), { recursive: true });
  git("init", "--quiet");
  expect(commitOf(folder)).toBeNull();
  git("add", "--all");
  expect(commitOf(folder)).toBeNull();
});

function write(file: string, text = "name: A\n"): void {
  const at = path.join(repository, file);
  mkdirSync(path.dirname(at), { recursive: true });
  writeFileSync(at, text);
}

function commitAll(): void {
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message=a");
}

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd: repository });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout.toString().trim();
}
