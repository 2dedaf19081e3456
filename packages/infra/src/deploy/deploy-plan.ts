import type { CostEstimate } from "../cost/estimate-cost.ts";
import type { Place } from "../deployment.ts";
import type { ChangeKind, ResourceChange } from "./resource-change.ts";

/** Everything that `deploy apply` would do, as a value. */
export interface DeployPlan {
  readonly name: string;
  /** Whether live stacks were looked at; else everything counts as new. */
  readonly compared: boolean;
  /** Why not, for people; null where they were. */
  readonly notCompared: string | null;
  readonly stacks: readonly StackPlan[];
  readonly views: readonly ViewPlan[];
  readonly cost: CostEstimate;
  /** What has to be true in AWS and GitHub, and whether it is. */
  readonly preflight: readonly PreflightNote[];
  /** Subjects of the tokens that the roles trust, by role. */
  readonly subjects: Readonly<Record<string, string>>;
  /** Policy statements that the owner of an existing bucket has to merge; null for a new one. */
  readonly policyToMerge: string | null;
}

/** What happens to one stack. */
export interface StackPlan extends Place {
  readonly name: string;
  readonly state: "new" | "changed" | "unchanged";
  readonly changes: readonly ResourceChange[];
}

/** What happens to one view of the catalogue. */
export interface ViewPlan {
  readonly name: string;
  readonly state: "new" | "changed" | "unchanged" | "left-over" | "foreign";
}

/** What was looked at before anything is changed. */
export interface PreflightNote {
  readonly level: "ok" | "warning" | "error";
  readonly what: string;
  /** What to do; null where nothing is. */
  readonly fix: string | null;
  /** Where something of an earlier deployment is there, and comes back into its stack. */
  readonly takesBack?: boolean;
}

/** A change with the stack it belongs to. */
export interface PlacedChange extends ResourceChange {
  readonly stack: string;
}

/** The changes of such kinds, over all stacks. */
export function changesOf(plan: DeployPlan, kinds: readonly ChangeKind[]): PlacedChange[] {
  return plan.stacks.flatMap(({ name, changes }) =>
    changes
      .filter(({ what }) => kinds.includes(what))
      .map((change) => ({ ...change, stack: name })),
  );
}

/** Whether applying the plan would change anything in AWS. */
export function hasChanges(plan: DeployPlan): boolean {
  return (
    plan.stacks.some(({ state }) => state !== "unchanged") ||
    plan.views.some(({ state }) => state === "new" || state === "changed")
  );
}
