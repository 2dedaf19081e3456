import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Hands out the identity of a job, as the service of Actions does. */
export interface TokenIssuer {
  /** As the runner sets it; more parameters are appended. */
  readonly url: string;
  /** The query of every request with the right token. */
  readonly asked: URLSearchParams[];
  close(): Promise<void>;
}

export const ISSUER_TOKEN = "issuer-token";

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const asked: URLSearchParams[] = [];
  const server = createServer(({ url = "/", headers }, response) => {
    if (headers.authorization !== `bearer ${ISSUER_TOKEN}`)
      return void response.writeHead(401).end();
    asked.push(new URL(url, "http://localhost").searchParams);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ value: "header.payload.signature" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/idtoken?api-version=2.0`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
