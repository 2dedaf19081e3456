import { createServer, request } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** A forward proxy on loopback, as a company has one: it says what was asked of it. */
export interface Proxy {
  readonly url: string;
  /** `host:port` that a tunnel or an answer was asked of, each once, in the order of the alphabet. */
  places(): readonly string[];
  close(): Promise<void>;
}

/** @param ports where each `host:port` really is on this machine; others are refused */
export async function startProxy(ports: Readonly<Record<string, number>>): Promise<Proxy> {
  const places = new Set<string>();
  const open = new Set<Socket>();
  const server = createServer((asked, response) => {
    if (!URL.canParse(asked.url ?? "")) return void response.writeHead(400).end();
    const { hostname, port, pathname, search } = new URL(asked.url!);
    const place = `${hostname}:${port || 80}`;
    places.add(place);
    const there = ports[place];
    if (there === undefined) return void response.writeHead(403).end();
    const { method, headers } = asked;
    const to = { host: "127.0.0.1", port: there, path: pathname + search, method, headers };
    const passed = request(to, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => response.destroy());
    asked.pipe(passed);
  });
  server.on("connect", ({ url = "" }, client: Socket) => {
    places.add(url);
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
    places: () => [...places].toSorted(),
    async close() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
