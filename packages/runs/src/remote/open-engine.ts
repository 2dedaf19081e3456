import type { QueryEngine } from "@turnaway/core";

import type { RemoteEngine } from "../choose-engine.ts";
import type { Ports } from "../ports.ts";
import type { Settings } from "../read-settings.ts";

/** An engine, and what has to be closed after it. */
export interface OpenEngine {
  readonly engine: QueryEngine;
  readonly close: () => void;
}

/**
 * Opens an engine as turnaway.yml says, hands it to `use`, and closes it. Each adapter is
 * loaded here, on first use: no other command pays for SDKs that it does not need.
 *
 * @throws TurnawayError CONFIG for what the configuration or the environment lacks.
 */
export async function withEngine<T>(
  name: RemoteEngine,
  settings: Settings,
  ports: Ports,
  use: (engine: QueryEngine) => Promise<T>,
): Promise<T> {
  const { engine, close } = await openEngine(name, settings, ports);
  try {
    return await use(engine);
  } finally {
    close();
  }
}

async function openEngine(
  name: RemoteEngine,
  settings: Settings,
  { env }: Ports,
): Promise<OpenEngine> {
  switch (name) {
    case "athena":
      return (await import("./open-athena.ts")).openAthena(settings, env);
    case "trino":
      return (await import("./open-trino.ts")).openTrino(settings, env);
    case "cloudwatch":
      return (await import("./open-cloudwatch.ts")).openCloudwatch(settings, env);
  }
}
