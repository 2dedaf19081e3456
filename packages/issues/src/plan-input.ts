import type { Report } from "@turnaway/core";
import type { Observed } from "./observed.ts";
import type { IssueSettings } from "./settings.ts";

/** Everything that a plan is a function of. The report's window is its only clock. */
export interface PlanInput {
  readonly report: Report;
  readonly observed: Observed;
  readonly settings: IssueSettings;
  /** The sources as given, to complete each `turnaway trace` line. */
  readonly sources: readonly string[];
}
