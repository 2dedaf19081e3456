import { leave, type IssuePlan } from "./issue-plan.ts";
import { planDaily } from "./plan-daily.ts";
import type { PlanInput } from "./plan-input.ts";
import { planRolling } from "./plan-rolling.ts";

/**
 * What has to be done so that GitHub shows this report: a pure function of the report, of what is
 * on GitHub and of the settings. Where all is done the plan is empty, so it can be made again
 * after any failure.
 */
export function planIssue(input: PlanInput): IssuePlan {
  switch (input.settings.issueMode) {
    case "rolling":
      return planRolling(input);
    case "daily":
      return planDaily(input);
    case "none":
      return leave(null, "issue-mode is none");
  }
}
