import type { DashboardTarget } from "@turnaway/dashboards";
import type { Clock } from "@turnaway/engines/aws";

import type { Caller } from "./caller.ts";
import type { QuickSightApi } from "./quicksight-api.ts";

/** QuickSight in one account and region, and whatever a call needs beside it. */
export interface QuickSightSession {
  readonly api: QuickSightApi;
  /** Users and groups are kept in a region of their own. */
  apiIn(region: string): QuickSightApi;
  readonly target: DashboardTarget;
  /** Name of the deployment, which its assets are tagged with. */
  readonly deployment: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Who asks; STS is asked once. */
  caller(): Promise<Caller>;
}
