export { deliverReport, type Delivery, type DeliveryRequest } from "./deliver-report.ts";
export type { GithubAccess } from "./github/github-client.ts";
export {
  describePlan,
  newsOf,
  type IssueAction,
  type IssueFields,
  type IssuePlan,
} from "./issue-plan.ts";
export type { CommentSeen, IssueSeen, Observed } from "./observed.ts";
export { planIssue } from "./plan-issue.ts";
export type { PlanInput } from "./plan-input.ts";
export type { IssueSettings } from "./settings.ts";
export { runMute, type MuteOutcome, type MuteRequest } from "./mute/run-mute.ts";
export type { FileChanges } from "./pull/commit-files.ts";
export { keepPull, type PullRequest } from "./pull/keep-pull.ts";
export type { KeptPull } from "./pull/propose-files.ts";
export { keepComment, type CommentRequest, type KeptComment } from "./workflow/keep-comment.ts";
export { keepIssue, type IssueRequest, type KeptIssue } from "./workflow/keep-issue.ts";
export { lastScheduledSuccess } from "./workflow/last-success.ts";
