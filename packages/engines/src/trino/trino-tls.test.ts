import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { createTrinoEngine } from "./trino-engine.ts";

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.runIf(hasOpenssl)("a server with a certificate of its own", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-tls-"));
  let server: Server;
  let ca: string;
  const sessions = new Set<string>();

  beforeAll(async () => {
    const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")];
    const subject = ["-subj", "/CN=trino", "-addext", "subjectAltName=DNS:localhost"];
    const files = ["-keyout", key, "-out", cert];
    execFileSync(
      "openssl",
      ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...subject, ...files],
      { stdio: "ignore" },
    );
    ca = readFileSync(cert, "utf8");
    server = createServer({ key: readFileSync(key), cert: ca }, (request, response) => {
      const { remotePort, authorization } = {
        remotePort: request.socket.remotePort,
        authorization: request.headers.authorization,
      };
      sessions.add(`${remotePort} ${authorization}`);
      const more = request.method === "POST" ? { nextUri: `${url()}/v1/next` } : {};
      response.end(JSON.stringify({ id: "q1", columns: [], data: [], ...more }));
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });

  const url = (): string => `https://localhost:${(server.address() as AddressInfo).port}`;
  const run = (options: { ca?: string }): Promise<unknown> =>
    createTrinoEngine({
      url: url(),
      auth: { type: "basic", user: "ann", password: "secret" },
      ...options,
    }).run({ name: "q", sql: "SELECT 1" });

  test("is trusted with its authority, over one connection", async () => {
    await run({ ca });
    expect([...sessions]).toHaveLength(1);
  });

  test("gets no password without it", async () => {
    sessions.clear();
    await expect(run({})).rejects.toThrow(/self.signed certificate.*authority/s);
    expect([...sessions]).toEqual([]);
  });
});
