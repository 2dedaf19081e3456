export { createApp } from "./app.ts";
export { type Deployment, nameOf, type Place, planDeployment } from "./deployment.ts";
export { type AppliedStack, applyPlan, type ApplyOptions } from "./deploy/apply-deployment.ts";
export { assemble, type AssembledStack, type Assembly } from "./deploy/assemble.ts";
export { connectToolkit, type Say } from "./deploy/connect-toolkit.ts";
export {
  type DeployPlan,
  hasChanges,
  type PreflightNote,
  type StackPlan,
  type ViewPlan,
} from "./deploy/deploy-plan.ts";
export {
  type DeploymentStatus,
  deploymentStatus,
  type FlowLogStatus,
  type StackStatus,
} from "./deploy/deployment-status.ts";
export { detectDrift, type DriftedStack } from "./deploy/detect-drift.ts";
export { destroyDeployment } from "./deploy/destroy-deployment.ts";
export { hasCredentials } from "./deploy/has-credentials.ts";
export { makePlan, type PlanInput, type PlanPorts } from "./deploy/make-plan.ts";
export { type Destruction, planDestruction } from "./deploy/plan-destruction.ts";
export type { Allowed } from "./deploy/refuse-plan.ts";
export { renderPlan } from "./deploy/render-plan.ts";
export type { ChangeKind, ResourceChange } from "./deploy/resource-change.ts";
