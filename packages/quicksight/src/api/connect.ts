import type { DashboardTarget } from "@turnaway/dashboards";
import { clientSettings, type Environment } from "@turnaway/core/aws-clients";
import { type Clock, readRegion, SYSTEM_CLOCK } from "@turnaway/engines/aws";

import { partitionOf } from "../wanted/names.ts";
import { type Caller, readCaller } from "./caller.ts";
import type { QuickSightApi } from "./quicksight-api.ts";
import type { QuickSightSession } from "./session.ts";

export interface ConnectOptions {
  readonly env: Environment;
  readonly signal: AbortSignal;
  /** Name of the deployment: `name` of the configuration. */
  readonly deployment: string;
  /** Where the dashboards lie; null leaves it to the environment. */
  readonly region: string | null;
  /** Null for the account of whoever asks, of which STS is then asked. */
  readonly account: string | null;
  /** Default: the machine's. */
  readonly clock?: Clock;
  /** Milliseconds without an answer after which a request is given up. Default is 30 seconds. */
  readonly requestMs?: number;
}

/**
 * A session with QuickSight by the SDK's default chain of credentials.
 *
 * @throws TurnawayError CONFIG where nothing names a region, or nobody is signed in and the
 * account is not given.
 */
export async function connectQuickSight(options: ConnectOptions): Promise<QuickSightSession> {
  const { env, signal, deployment, clock = SYSTEM_CLOCK, requestMs } = options;
  const { QuickSight } = await import("@aws-sdk/client-quicksight");
  const settings = clientSettings(env, {
    endpointVariable: "AWS_ENDPOINT_URL_QUICKSIGHT",
    requestMs,
  });
  const clientOf = (region: string): QuickSightApi => new QuickSight({ ...settings, region });
  const api = options.region === null ? new QuickSight(settings) : clientOf(options.region);
  const region =
    options.region ?? (await readRegion(api, { engine: "QuickSight", of: "the dashboards" }));
  let caller: Promise<Caller> | undefined;
  const whoAsks = (): Promise<Caller> => (caller ??= readCaller(env, { region, signal }));
  const account = options.account ?? (await whoAsks()).account;
  const target: DashboardTarget = {
    partition: partitionOf(region),
    region,
    account,
    prefix: `turnaway-${deployment}-`,
  };
  return { api, apiIn: clientOf, target, deployment, clock, signal, caller: whoAsks };
}
