import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import {
  type GithubServer,
  GithubStore,
  startGithubServer,
  WORKFLOW_BOT,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";

// Some simulate traffic and report on it, twice.
vi.setConfig({ testTimeout: 600_000 });

const CHECKOUT = path.join(import.meta.dirname, "../../..");
const READER = "fork-token";

const folder = mkdtempSync(path.join(tmpdir(), "turnaway-preview-test-"));
const summary = path.join(folder, "summary.md");
const out = path.join(folder, "preview.json");
let github: GithubServer;

beforeEach(async () => {
  const store = new GithubStore();
  store.addIssue(
    { login: "kim", type: "User", access: "write" },
    { title: "A", isPullRequest: true },
  );
  const reader = { ...WORKFLOW_BOT, access: "read" } as const;
  const accounts = { [WORKFLOW_TOKEN]: WORKFLOW_BOT, [READER]: reader };
  github = await startGithubServer({ store, accounts });
  writeFileSync(summary, "");
});

afterEach(() => github.close());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("posting", () => {
  test("makes one comment, and changes it when the pull request is run again", async () => {
    expect(await post({ isChanged: true, text: "one" })).toMatchObject({ code: 0 });
    expect(await post({ isChanged: true, text: "two" })).toMatchObject({ code: 0 });
    expect(await post({ isChanged: false, text: "none" })).toMatchObject({ code: 0 });
    expect(bodies()).toEqual(["<!-- turnaway:report-preview -->\n\nnone"]);
  });

  test("says nothing where nothing changes", async () => {
    expect(await post({ isChanged: false, text: "none" })).toMatchObject({ code: 0 });
    expect(bodies()).toEqual([]);
  });

  test("is left alone by a fork's token, which may only read", async () => {
    const { code, log } = await post({ isChanged: true, text: "one" }, READER);
    expect([code, bodies()]).toEqual([0, []]);
    expect(log).toMatch(/^::notice title=No comment::.*in the summary/);
  });

  test("of a broken report fails the job, after the comment", async () => {
    const { code } = await post({ isChanged: true, isBroken: true, text: "no report" });
    expect([code, bodies().length]).toEqual([1, 1]);
  });
});

describe("comparing", () => {
  test("a checkout with itself finds the same report", async () => {
    const { code, log } = await compare(CHECKOUT, CHECKOUT);
    expect(code, log).toBe(0);
    expect(readFileSync(summary, "utf8")).toContain("It stays the same.");
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ isChanged: false });
  });

  test("with a base whose command fails says what that said", async () => {
    const base = path.join(folder, "base");
    mkdirSync(path.join(base, "apps/cli/src"), { recursive: true });
    writeFileSync(
      path.join(base, "apps/cli/src/bin.ts"),
      'process.stderr.write("error: no such thing\\n"); process.exit(2);\n',
    );
    const { code, log } = await compare(base, CHECKOUT);
    expect(code, log).toBe(0);
    expect(readFileSync(summary, "utf8")).toMatch(/nothing can be compared:[^]*no such thing/);
  });

  test("a change that breaks the simulator is a broken report", async () => {
    const { code, log } = await compare(CHECKOUT, path.join(folder, "nowhere"));
    expect(code, log).toBe(0);
    expect(JSON.parse(readFileSync(out, "utf8"))).toMatchObject({ isBroken: true });
  });
});

function compare(base: string, head: string): Promise<Ended> {
  return run(["compare", "--base", base, "--head", head, "--out", out, "--records", "1000"], {});
}

function post(
  preview: { isChanged: boolean; isBroken?: boolean; text: string },
  token = WORKFLOW_TOKEN,
): Promise<Ended> {
  const event = path.join(folder, "event.json");
  writeFileSync(event, JSON.stringify({ pull_request: { number: 1 } }));
  writeFileSync(out, JSON.stringify({ isBroken: false, ...preview }));
  return run(["post", out], {
    GITHUB_API_URL: github.url,
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: "octo/network",
    GITHUB_TOKEN: token,
  });
}

interface Ended {
  readonly code: number | null;
  readonly log: string;
}

async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const script = path.join(CHECKOUT, "packages/workflows/src/preview-report.ts");
  const child = spawn(process.execPath, [script, ...args], {
    env: { PATH: process.env["PATH"] ?? "", GITHUB_STEP_SUMMARY: summary, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (log += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, log };
}

function bodies(): string[] {
  return github.store.comments.map(({ body }) => body);
}
