import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A loopback port that nobody listens on.
 *
 * It lies below the range from which systems take ports for outgoing connections, so that
 * none of those takes it before the server does.
 */
export async function findFreePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

const [LOWEST, HIGHEST] = [20_000, 32_000];

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch {
    return false;
  }
  server.close();
  await once(server, "close");
  return true;
}
