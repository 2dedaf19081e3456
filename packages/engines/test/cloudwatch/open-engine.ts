import type { QueryEngine } from "@turnaway/core";
import {
  type LogsServer,
  type LogsServerOptions,
  startLogsServer,
} from "@turnaway/testing/logs-server";

import type { Clock } from "../../src/aws/clock.ts";
import { createCloudwatchClient } from "../../src/cloudwatch/cloudwatch-client.ts";
import {
  type CloudwatchEngineOptions,
  createCloudwatchEngine,
} from "../../src/cloudwatch/cloudwatch-engine.ts";

export const LOG_GROUP = "/vpc/flow-logs";

/** The real engine and the real SDK client over HTTP against a server of our own. */
export interface OpenEngine {
  readonly engine: QueryEngine;
  readonly server: LogsServer;
  close(): Promise<void>;
}

export async function openEngine(
  serverOptions: LogsServerOptions,
  engineOptions: Partial<CloudwatchEngineOptions> & { readonly requestMs?: number } = {},
): Promise<OpenEngine> {
  const server = await startLogsServer(serverOptions);
  const { requestMs = 10_000, ...rest } = engineOptions;
  const client = await createCloudwatchClient(
    {
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: server.url,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret",
    },
    { requestMs },
  );
  const engine = createCloudwatchEngine({
    api: client,
    logGroup: LOG_GROUP,
    clock: fastClock(),
    ...rest,
  });
  return {
    engine,
    server,
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

/** A clock on which waiting takes no time but the turn of the event loop, and yet passes. */
export function fastClock(): Clock {
  let skipped = 0;
  return {
    now: () => performance.now() + skipped,
    random: () => 0.5,
    sleep: (milliseconds, signal) => {
      skipped += milliseconds;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        return setImmediate(resolve);
      });
    },
  };
}
