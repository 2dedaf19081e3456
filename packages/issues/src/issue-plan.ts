import type { ReportChanges } from "@turnaway/report";

/** What to do at GitHub, in order. Each step is safe to find half done by the next run. */
export interface IssuePlan {
  readonly actions: readonly IssueAction[];
  /** The issue that shows the report; null when there is none yet, or none is wanted. */
  readonly issue: number | null;
  /** Why something is done or left, for the log and for `dry-run`. */
  readonly notes: readonly string[];
  /** An issue whose comments have to be read before the plan is final. */
  readonly unread: number | null;
}

export type IssueAction =
  | { readonly kind: "ensure-label"; readonly label: string }
  | {
      readonly kind: "create-issue";
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
      readonly assignees: readonly string[];
      /** What it tells people of; absent for an issue that is about no report. */
      readonly says?: ReportChanges;
    }
  | {
      readonly kind: "create-comment";
      readonly issue: number;
      readonly body: string;
      /** What it tells people of; absent for a comment that only continues the body. */
      readonly says?: ReportChanges | undefined;
    }
  | {
      readonly kind: "update-comment";
      readonly issue: number;
      readonly comment: number;
      readonly body: string;
    }
  | { readonly kind: "delete-comment"; readonly issue: number; readonly comment: number }
  | {
      readonly kind: "update-issue";
      readonly issue: number;
      readonly why: string;
      readonly fields: IssueFields;
    }
  | { readonly kind: "add-labels"; readonly issue: number; readonly labels: readonly string[] }
  | {
      readonly kind: "add-assignees";
      readonly issue: number;
      readonly assignees: readonly string[];
    };

export interface IssueFields {
  readonly title?: string;
  readonly body?: string;
  readonly state?: "open" | "closed";
  readonly stateReason?: "completed" | "duplicate" | "reopened";
}

/**
 * What a plan tells people of, for whoever passes it on; undefined when it only brings texts up to
 * date. Ask the first plan of a delivery: a run that finds the comment made says nothing again.
 */
export function newsOf({ actions }: IssuePlan): ReportChanges | undefined {
  return actions.flatMap((action) => ("says" in action ? (action.says ?? []) : []))[0];
}

/** A plan to leave everything as it is. */
export function leave(issue: number | null, ...notes: string[]): IssuePlan {
  return { actions: [], issue, notes, unread: null };
}

/** One line for each step, as `dry-run` prints it. */
export function describePlan({ actions, notes }: IssuePlan): string[] {
  const steps = actions.map(describeAction);
  return [...notes, ...(steps.length === 0 ? ["nothing to do on GitHub"] : steps)];
}

function describeAction(action: IssueAction): string {
  switch (action.kind) {
    case "ensure-label":
      return `make sure that the label ${action.label} exists`;
    case "create-issue":
      return `create an issue: ${action.title} (${action.body.length} characters)`;
    case "create-comment":
      return `comment on #${action.issue} (${action.body.length} characters)`;
    case "update-comment":
      return `update comment ${action.comment} of #${action.issue}`;
    case "delete-comment":
      return `delete comment ${action.comment} of #${action.issue}: the report fits without it`;
    case "update-issue":
      return `update #${action.issue}: ${action.why}`;
    case "add-labels":
      return `label #${action.issue}: ${action.labels.join(", ")}`;
    case "add-assignees":
      return `assign #${action.issue}: ${action.assignees.join(", ")}`;
  }
}
