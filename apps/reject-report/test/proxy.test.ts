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
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";

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
let encrypted: Server | null;
let proxy: Proxy;

beforeEach(async () => {
  [logs, github] = await Promise.all([startInsights(), startGithubServer({ isEnterprise: true })]);
  encrypted = hasOpenssl ? await startEncrypted(portOf(github)) : null;
  proxy = await startProxy({
    "github.example:80": portOf(github),
    ...(encrypted === null ? {} : { "github.example:443": portAt(encrypted) }),
  });
});

afterEach(async () => {
  await Promise.all([logs.close(), github.close(), proxy.close()]);
  encrypted?.close();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("D36: a GitHub Enterprise Server behind a proxy", () => {
  test.runIf(hasOpenssl)("is reached through HTTPS_PROXY, encrypted to its end", async () => {
    const outcome = await step("https://github.example/api/v3", {
      HTTPS_PROXY: proxy.url,
      NODE_EXTRA_CA_CERTS: path.join(folder, "cert.pem"),
    });
    expect(posted(outcome), outcome.log).toEqual([0, "1", 1, ["github.example:443"]]);
  });

  test("is reached through HTTP_PROXY where it is not encrypted", async () => {
    const outcome = await step("http://github.example/api/v3", { HTTP_PROXY: proxy.url });
    expect(posted(outcome), outcome.log).toEqual([0, "1", 1, ["github.example:80"]]);
  });
});

// How it ended, what it says it made, what is there, and through which tunnels.
function posted({ code, outputs }: StepOutcome): unknown[] {
  const tunnels = [...new Set(proxy.tunnels)];
  return [code, outputs["issue-number"], github.store.issues.length, tunnels];
}

function step(apiUrl: string, env: Record<string, string>): Promise<StepOutcome> {
  return runStep({
    inputs: { engine: "cloudwatch", date: "2026-11-19", "github-token": WORKFLOW_TOKEN },
    workspace,
    apiUrl,
    env: { ...insightsVariables(logs), ...env },
  });
}

// The same server behind a certificate that only this test trusts.
async function startEncrypted(port: number): Promise<Server> {
  const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=github", "-addext", "subjectAltName=DNS:github.example"];
  const made = ["-nodes", "-days", "1", ...subject, "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", ...made], { stdio: "ignore" });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
    const there = connect(port, "127.0.0.1");
    for (const one of [socket, there]) one.on("error", () => there.destroy());
    socket.pipe(there).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function portOf({ url }: GithubServer): number {
  return Number(new URL(url).port);
}

function portAt(server: Server): number {
  return (server.address() as AddressInfo).port;
}
