import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { packCommand, type Packed } from "../src/release/pack-command.ts";

const CHECKOUT = path.join(import.meta.dirname, "../../..");

const folder = mkdtempSync(path.join(tmpdir(), "turnaway-pack-test-"));
// As npm would install it: Node strips no types below node_modules.
const to = path.join(folder, "node_modules/turnaway");
let packed: Packed;

beforeAll(async () => {
  packed = await packCommand({ checkout: CHECKOUT, to, repository: "octo/network" });
  for (const name of Object.keys(packed.dependencies)) link(name);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the package reports on logs, with nothing of the repository beside it", () => {
  expect(run("--version")).toMatch(/^(turnaway )?\d+\.\d+\.\d+/);
  const logs = path.join(folder, "logs");
  run(
    "simulate",
    "--out",
    logs,
    "--days",
    "1",
    "--records",
    "1000",
    "--now",
    "2026-11-20T06:00:00Z",
  );
  const report = run("report", logs, "--now", "2026-11-20T06:00:00Z", "--format", "md");
  expect(report).toMatch(/^# /);
});

test("it plans a deployment, which loads CDK", () => {
  const config = path.join(CHECKOUT, "turnaway.yml");
  expect(run("deploy", "plan", "--offline", "--config", config)).toContain("# Deployment plan");
});

test("it has the dashboards that ship", () => {
  expect(run("dashboards", "check")).toContain("nothing is wrong with coverage, peers, rejects");
  const out = path.join(folder, "pictures");
  run("dashboards", "preview", "--sample", "--dashboard", "rejects", "--out", out);
  expect(readdirSync(out)).toContain("rejects-overview.png");
});

test("all that it needs of others is named at an exact version, and nothing of ours is", () => {
  for (const [name, version] of Object.entries(packed.dependencies)) {
    expect(name).not.toMatch(/^@turnaway\//);
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  }
  expect(Object.keys(packed.dependencies)).toContain("@duckdb/node-api");
});

test("it says where it comes from, which provenance is compared with", () => {
  const manifest = JSON.parse(readFileSync(path.join(to, "package.json"), "utf8")) as unknown;
  expect(manifest).toMatchObject({
    name: "turnaway",
    version: packed.version,
    repository: { url: "git+https://github.com/octo/network.git" },
  });
  expect(existsSync(path.join(to, "LICENSE"))).toBe(true);
});

function run(...args: string[]): string {
  return execFileSync(process.execPath, [path.join(to, "dist/bin.js"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "pipe"],
  }).toString();
}

/** What npm would install, from where pnpm has it. */
function link(name: string): void {
  const homes = ["apps", "packages"].flatMap((room) =>
    readdirSync(path.join(CHECKOUT, room)).map((home) =>
      path.join(CHECKOUT, room, home, "node_modules", name),
    ),
  );
  const at = path.join(folder, "node_modules", name);
  mkdirSync(path.dirname(at), { recursive: true });
  symlinkSync(
    homes.find((home) => existsSync(home))!,
    at,
  );
}
