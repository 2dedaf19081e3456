import {
  type AthenaEngineOptions,
  createAthenaClient,
  createAthenaEngine,
  readCallerAccount,
} from "@turnaway/engines/athena";

import type { Settings } from "../read-settings.ts";
import type { OpenEngine } from "./open-engine.ts";

/** Athena with the usual credentials of AWS, in the workgroup and database of turnaway.yml. */
export async function openAthena(settings: Settings, env: NodeJS.ProcessEnv): Promise<OpenEngine> {
  const { options, close } = await athenaOptions(settings, env);
  return { engine: createAthenaEngine(options), close };
}

/** What the engine and the doctor need. */
export async function athenaOptions(
  { config }: Settings,
  env: NodeJS.ProcessEnv,
): Promise<{ options: AthenaEngineOptions; close: () => void }> {
  const { workgroup, database, scanLimitBytes } = config.athena;
  const api = await createAthenaClient(env);
  const readAccount = (): Promise<string | null> => readCallerAccount(env, api);
  return {
    options: { api, workgroup, database, scanLimitBytes, readAccount, env },
    close: () => api.destroy(),
  };
}
