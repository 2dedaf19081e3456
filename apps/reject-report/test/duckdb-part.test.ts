import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";

import { afterAll, beforeAll, expect, inject, test, vi } from "vitest";
import { parse } from "yaml";

import locked from "../duckdb/package-lock.json" with { type: "json" };
import { flowLogs } from "./support/flow-logs.ts";
import { makeWorkspace, runStep } from "./support/run-action.ts";

// npm runs, and tries again before it gives up.
vi.setConfig({ testTimeout: 180_000 });

const ROOT = path.join(import.meta.dirname, "../../..");
const workspace = makeWorkspace(flowLogs("2026-11-19", 1));

/** A registry whose packages are not what they were. */
const registry = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://registry");
  const name = decodeURIComponent(pathname.slice(1));
  if (name.endsWith(".tgz")) return void response.end("something else");
  const version = Object.values(locked.packages[""].dependencies)[0]!;
  const tarball = `${url()}/part.tgz`;
  const integrity = `sha512-${createHash("sha512").update("something else").digest("base64")}`;
  const manifest = { name, version, dist: { tarball, integrity } };
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ name, versions: { [version]: manifest } }));
});
const url = (): string => `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;

beforeAll(() => new Promise<void>((resolve) => registry.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => registry.close(resolve)));

test("what a runner installs is what this checkout was tested with, by version and hash", () => {
  const workspace = parse(readFileSync(path.join(ROOT, "pnpm-lock.yaml"), "utf8"));
  const parts = Object.entries(locked.packages).filter(([place]) => place !== "");
  expect(parts).not.toEqual([]);
  for (const [place, part] of parts) {
    const { version, integrity } = part as { version: string; integrity: string };
    const name = place.replace("node_modules/", "");
    expect(workspace.packages[`${name}@${version}`].resolution.integrity).toBe(integrity);
  }
});

test("a part that is not the one that was locked is refused, and nothing is kept of it", async () => {
  const tools = path.join(workspace.temp, "tools");
  const { code, log } = await runStep({
    inputs: { source: "logs", date: "2026-11-19", "issue-mode": "none" },
    workspace,
    env: {
      RUNNER_TOOL_CACHE: tools,
      HOME: workspace.temp,
      npm_config_registry: url(),
      npm_config_userconfig: path.join(workspace.temp, "npmrc"),
      npm_config_fetch_retries: "0",
    },
  });
  expect(code, log).toBe(4);
  expect(log).toMatch(/error: the native part of DuckDB is not available .*EINTEGRITY/);
  const left = readdirSync(tools, { recursive: true }).map(String);
  expect(left.filter((name) => name.endsWith(".node"))).toEqual([]);
});

test("the bundle has no native part, and the licenses of what it has", () => {
  const dist = path.join(inject("action"), "dist");
  expect(readdirSync(dist).filter((name) => !name.endsWith(".js"))).toEqual(["licenses.txt"]);
  const licenses = readFileSync(path.join(dist, "licenses.txt"), "utf8");
  for (const name of ["@actions/core", "@aws-sdk/client-athena", "@duckdb/node-api", "zod"])
    expect(licenses).toMatch(new RegExp(`^# ${name} \\d.* \\((MIT|Apache-2\\.0)\\)$`, "m"));
  expect(licenses).not.toMatch(/^# @turnaway|\(no license named\)$/m);
});
