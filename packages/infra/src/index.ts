export { createApp } from "./app.ts";
export { type Deployment, nameOf, type Place, planDeployment } from "./deployment.ts";
export { assemble, type AssembledStack, type Assembly } from "./deploy/assemble.ts";
export {
  type DeployPlan,
  hasChanges,
  type PreflightNote,
  type StackPlan,
  type ViewPlan,
} from "./deploy/deploy-plan.ts";
export { makePlan, type PlanInput, type PlanPorts } from "./deploy/make-plan.ts";
export { renderPlan } from "./deploy/render-plan.ts";
export type { ChangeKind, ResourceChange } from "./deploy/resource-change.ts";
