import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A forward proxy on loopback, as a company has one: it opens tunnels, and says to where. */
export interface Proxy {
  readonly url: string;
  /** `host:port` of each tunnel that was asked for, in the order of arrival. */
  readonly tunnels: string[];
  close(): Promise<void>;
}

/** @param ports where each `host:port` really is on this machine; others are refused */
export async function startProxy(ports: Readonly<Record<string, number>>): Promise<Proxy> {
  const tunnels: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((_, response) => void response.writeHead(405).end());
  server.on("connect", ({ url = "" }, client: Socket) => {
    tunnels.push(url);
    const port = ports[url];
    if (port === undefined) return void client.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const there = connect(port, "127.0.0.1");
    for (const [one, other] of [
      [client, there],
      [there, client],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.pipe(other);
    }
    client.write("HTTP/1.1 200 Connection Established\r\n\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels,
    async close() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
