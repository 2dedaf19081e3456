import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { type AthenaFront, fixedBackend, startAthenaFront } from "@turnaway/testing/athena-front";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";

import { createAthenaClient, readCallerAccount } from "./athena-client.ts";
import { createAthenaEngine } from "./athena-engine.ts";
import { ASK, CASE_ENV, outcomeOf } from "./fixtures/athena-case.ts";

// The client by the SDK's own chain of credentials, with an STS that answers on loopback.

let front: AthenaFront;
const folder = mkdtempSync(path.join(tmpdir(), "turnaway-sts-"));
beforeAll(async () => {
  front = await startAthenaFront({ backend: fixedBackend({ columns: [], rows: [] }) });
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  await front.close();
  rmSync(folder, { recursive: true });
});

it("C20: asks STS for the account where the keys do not tell", async () => {
  const env = { ...CASE_ENV, AWS_ENDPOINT_URL: front.url };
  const client = await createAthenaClient(env);
  expect(await readCallerAccount(env, client)).toBe("123456789012");
  client.destroy();
});

it("asks STS through the proxy of the environment, again where it stumbles", async () => {
  const asked: string[] = [];
  const proxy = createServer(({ url }, response) => {
    asked.push(url!);
    if (asked.length === 1) return void response.writeHead(503).end();
    const account = "<Account>123456789012</Account>";
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(
      `<GetCallerIdentityResponse><GetCallerIdentityResult>${account}</GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const env = {
    ...CASE_ENV,
    AWS_ENDPOINT_URL_STS: "http://sts.example",
    HTTP_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  };
  const client = await createAthenaClient(env);
  expect(await readCallerAccount(env, client)).toBe("123456789012");
  expect(asked).toEqual(["http://sts.example/", "http://sts.example/"]);
  client.destroy();
  proxy.closeAllConnections();
  proxy.close();
});

it("C21: explains a role that STS does not give to a workflow", async () => {
  const token = path.join(folder, "token");
  writeFileSync(token, "header.claims.signature");
  const job = {
    AWS_REGION: "eu-west-1",
    AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/turnaway",
    AWS_WEB_IDENTITY_TOKEN_FILE: token,
    AWS_ENDPOINT_URL: front.url,
    AWS_CONFIG_FILE: path.join(folder, "none"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, "none"),
    GITHUB_ACTIONS: "true",
    GITHUB_REPOSITORY: "acme/logs",
    GITHUB_REF: "refs/heads/main",
    GITHUB_REPOSITORY_OWNER_ID: "11",
    GITHUB_REPOSITORY_ID: "22",
  };
  // The SDK's provider chain reads the process.
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"]) {
    vi.stubEnv(name, undefined);
  }
  for (const [name, value] of Object.entries(job)) vi.stubEnv(name, value);
  const api = await createAthenaClient(job);
  const engine = createAthenaEngine({
    api,
    workgroup: "turnaway",
    database: "turnaway",
    env: job,
  });
  const { error } = await outcomeOf(engine.run(ASK));
  expect(error!.message).toContain(
    "its subject is repo:acme@11/logs@22:ref:refs/heads/main (for repositories older than July 2026 repo:acme/logs:ref:refs/heads/main)",
  );
  expect(error!.exitCode).toBe(2);
  expect(front.requests.map((r) => r.operation)).toContain("AssumeRoleWithWebIdentity");
  api.destroy();
});

it("says that a region is missing", async () => {
  vi.stubEnv("AWS_REGION", undefined);
  vi.stubEnv("AWS_DEFAULT_REGION", undefined);
  vi.stubEnv("AWS_CONFIG_FILE", path.join(folder, "none"));
  const { AWS_REGION: _, ...env } = CASE_ENV;
  const api = await createAthenaClient({ ...env, AWS_ENDPOINT_URL: front.url });
  const engine = createAthenaEngine({ api, workgroup: "turnaway", database: "turnaway" });
  const { error } = await outcomeOf(engine.run(ASK));
  expect(error!.message).toBe(
    "no AWS region (athena): neither AWS_REGION nor the profile names one. Set AWS_REGION to the region of the workgroup.",
  );
  expect(error!.exitCode).toBe(2);
  api.destroy();
});
