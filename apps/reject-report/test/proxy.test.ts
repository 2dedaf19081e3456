import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createServer, type Server } from "node:tls";

import {
  type GithubServer,
  startGithubServer,
  WORKFLOW_TOKEN,
} from "@turnaway/testing/github-server";
import type { LogsServer } from "@turnaway/testing/logs-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { INSIGHTS_CONFIG, insightsVariables, startInsights } from "./support/insights.ts";
import { makeWorkspace, runStep, type StepOutcome } from "./support/run-action.ts";
import { type Proxy, startProxy } from "./support/start-proxy.ts";

// Each starts the whole Action.
vi.setConfig({ testTimeout: 180_000 });

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(path.join(tmpdir(), "turnaway-proxy-"));
const workspace = makeWorkspace({ "turnaway.yml": INSIGHTS_CONFIG });
let logs: LogsServer;
let github: GithubServer;
let encrypted: readonly Server[];
let proxy: Proxy;

beforeAll(() => {
  if (hasOpenssl) makeCertificate();
});

beforeEach(async () => {
  [logs, github] = await Promise.all([startInsights(), startGithubServer({ isEnterprise: true })]);
  const ports = { "github.example": portOf(github), "logs.example": portOf(logs) };
  const plain = Object.entries(ports).map(([host, port]) => [`${host}:80`, port] as const);
  encrypted = await Promise.all(
    hasOpenssl ? Object.values(ports).map((port) => startEncrypted(port)) : [],
  );
  const sealed = Object.keys(ports)
    .slice(0, encrypted.length)
    .map((host, i) => [`${host}:443`, portAt(encrypted[i]!)] as const);
  proxy = await startProxy(Object.fromEntries([...plain, ...sealed]));
});

afterEach(async () => {
  await Promise.all([logs.close(), github.close(), proxy.close()]);
  for (const server of encrypted) server.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("D36: GitHub Enterprise Server and AWS behind a proxy", () => {
  test.runIf(hasOpenssl)("are reached through HTTPS_PROXY, encrypted to their end", async () => {
    const outcome = await step("https", {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: path.join(folder, "cert.pem"),
    });
    const places = ["github.example:443", "logs.example:443"];
    expect(posted(outcome), outcome.log).toEqual([0, "1", 1, places]);
  });

  test("are reached through HTTP_PROXY where they are not encrypted", async () => {
    const outcome = await step("http", { HTTP_PROXY: proxy.url });
    const places = ["github.example:80", "logs.example:80"];
    expect(posted(outcome), outcome.log).toEqual([0, "1", 1, places]);
  });

  test("are reached without it where NO_PROXY names them", async () => {
    const outcome = await step("http", {
      HTTP_PROXY: proxy.url,
      NO_PROXY: "127.0.0.1",
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.url,
    });
    expect(posted(outcome), outcome.log).toEqual([0, "1", 1, ["github.example:80"]]);
  });
});

// How it ended, what it says it made, what is there, and what was asked of the proxy.
function posted({ code, outputs }: StepOutcome): unknown[] {
  return [code, outputs["issue-number"], github.store.issues.length, proxy.places()];
}

function step(scheme: "http" | "https", env: Record<string, string>): Promise<StepOutcome> {
  return runStep({
    inputs: { engine: "cloudwatch", date: "2026-11-19", "github-token": WORKFLOW_TOKEN },
    workspace,
    apiUrl: `${scheme}://github.example/api/v3`,
    env: { ...insightsVariables({ url: `${scheme}://logs.example` }), ...env },
  });
}

// Only this test trusts it.
function makeCertificate(): void {
  const names = "subjectAltName=DNS:github.example,DNS:logs.example";
  const made = ["-nodes", "-days", "1", "-subj", "/CN=both", "-addext", names];
  const files = ["-keyout", path.join(folder, "key.pem"), "-out", path.join(folder, "cert.pem")];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...made, ...files], {
    stdio: "ignore",
  });
}

// The same server behind TLS.
async function startEncrypted(port: number): Promise<Server> {
  const [key, cert] = ["key.pem", "cert.pem"].map((name) => readFileSync(path.join(folder, name)));
  const server = createServer({ key: key!, cert: cert! }, (socket) => {
    const there = connect(port, "127.0.0.1");
    for (const one of [socket, there]) one.on("error", () => there.destroy());
    socket.pipe(there).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function portOf({ url }: { readonly url: string }): number {
  return Number(new URL(url).port);
}

function portAt(server: Server): number {
  return (server.address() as AddressInfo).port;
}
