import path from "node:path";

import { startServer, waitFor } from "../trino/server-process.ts";
import type { MotoTools } from "./install-moto.ts";

/** A moto that runs, with every service that it has. */
export interface Moto {
  /** The value of AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Forgets everything that was made. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts moto on a free port of the loopback interface.
 *
 * @throws Error with the end of its output when it does not come up.
 */
export async function startMotoServer(
  { command, packages }: MotoTools,
  signal: AbortSignal,
): Promise<Moto> {
  const server = startServer({
    name: "moto",
    command,
    args: ["-u", path.join(import.meta.dirname, "serve-aws.py")],
    env: { ...process.env, PYTHONPATH: packages },
  });
  try {
    const url = await waitFor(server, async () => RUNNING_ON.exec(server.output())?.[1], {
      signal,
      patienceMs: 120_000,
    });
    return {
      url,
      async reset() {
        const { ok, status } = await fetch(`${url}/moto-api/reset`, { method: "POST" });
        if (!ok) throw new Error(`moto did not reset: ${status}`);
      },
      stop: () => server.stop(2000),
    };
  } catch (error) {
    await server.stop(2000);
    throw error;
  }
}

const RUNNING_ON = /Running on (http:\/\/127\.0\.0\.1:\d+)/;
