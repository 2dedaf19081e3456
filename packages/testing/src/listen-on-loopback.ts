import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a server listens, and how it ends. */
export interface Listening {
  /** `http://127.0.0.1:PORT`, on a port that was free. */
  readonly url: string;
  /** Breaks off what is still being answered. */
  readonly close: () => Promise<void>;
}

/** Starts a server that nobody outside this machine can reach. */
export async function listenOnLoopback(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
