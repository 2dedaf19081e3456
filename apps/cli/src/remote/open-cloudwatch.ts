import { TurnawayError } from "@turnaway/core";
import { createCloudwatchClient, createCloudwatchEngine } from "@turnaway/engines/cloudwatch";

import type { Settings } from "../read-settings.ts";
import type { OpenEngine } from "./open-engine.ts";

/** Logs Insights over the log group of turnaway.yml, with the usual credentials of AWS. */
export async function openCloudwatch(
  settings: Settings,
  env: NodeJS.ProcessEnv,
): Promise<OpenEngine> {
  const logGroup = requireLogGroup(settings);
  const api = await createCloudwatchClient(env);
  return { engine: createCloudwatchEngine({ api, logGroup }), close: () => api.destroy() };
}

/** The log group of the configuration. @throws TurnawayError CONFIG where it names none. */
export function requireLogGroup({ config }: Settings): string {
  const { logGroup } = config.cloudwatch;
  if (logGroup !== null) return logGroup;
  throw new TurnawayError("CONFIG", {
    what: "no log group",
    where: "cloudwatch.logGroup",
    why: "the configuration names none",
    fix: "set it to the log group that the flow log writes to",
  });
}
