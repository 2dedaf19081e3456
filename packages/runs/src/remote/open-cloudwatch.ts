import { createCloudwatchClient, createCloudwatchEngine } from "@turnaway/engines/cloudwatch";

import type { Settings } from "../read-settings.ts";
import type { OpenEngine } from "./open-engine.ts";
import { requireLogGroup } from "./require-log-group.ts";

/** Logs Insights over the log group of turnaway.yml, with the usual credentials of AWS. */
export async function openCloudwatch(
  settings: Settings,
  env: NodeJS.ProcessEnv,
): Promise<OpenEngine> {
  const logGroup = requireLogGroup(settings);
  const api = await createCloudwatchClient(env);
  return { engine: createCloudwatchEngine({ api, logGroup }), close: () => api.destroy() };
}
