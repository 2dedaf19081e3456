import { describePlan, planIssue, type IssueAction, type IssuePlan } from "../src/index.ts";
import type { IssueSeen, IssueSettings } from "../src/index.ts";
import type { Report } from "@turnaway/core";
import { SETTINGS } from "./sample-settings.ts";

export const BOT = "github-actions[bot]";

interface WorldComment {
  readonly id: number;
  readonly issue: number;
  readonly author: string;
  body: string;
}

export type WorldIssue = { -readonly [Key in keyof IssueSeen]: IssueSeen[Key] };

/**
 * GitHub as a plan sees it, without the network: plans are done at once and nothing fails. A test
 * changes it as a person at the site would.
 */
export class World {
  readonly issues: WorldIssue[] = [];
  readonly comments: WorldComment[] = [];
  readonly assigned: { issue: number; login: string }[] = [];
  now = "2026-11-20T08:00:00Z";

  plan(report: Report, settings: Partial<IssueSettings> = {}): IssuePlan {
    const comments = new Map(
      this.issues.map(({ number }) => [
        number,
        this.comments.filter(({ issue }) => issue === number),
      ]),
    );
    return planIssue({
      report,
      observed: { author: BOT, issues: structuredClone(this.issues), comments },
      settings: { ...SETTINGS, ...settings },
      sources: [],
    });
  }

  /** Plans and does until there is nothing left to do; returns what was done, in short. */
  deliver(report: Report, settings: Partial<IssueSettings> = {}): string[] {
    const done: string[] = [];
    for (let round = 1; round <= 5; round += 1) {
      const plan = this.plan(report, settings);
      if (plan.actions.length === 0) return done.length > 0 ? done : describePlan(plan);
      for (const action of plan.actions) {
        done.push(describe(action));
        this.apply(action);
        if (action.kind === "create-issue") break;
      }
    }
    throw new Error(`does not settle: ${done.join("; ")}`);
  }

  issue(number: number): WorldIssue {
    const issue = this.issues.find((each) => each.number === number);
    if (issue === undefined) throw new Error(`no #${number}`);
    return issue;
  }

  add(fields: Partial<WorldIssue>): WorldIssue {
    const number = (this.issues.at(-1)?.number ?? 0) + 1;
    const issue: WorldIssue = {
      number,
      url: `https://github.com/octo/network/issues/${number}`,
      author: BOT,
      isPullRequest: false,
      title: "Issue",
      body: "",
      state: "open",
      stateReason: null,
      closedAt: null,
      closedBy: null,
      labels: [],
      ...fields,
    };
    this.issues.push(issue);
    return issue;
  }

  close(number: number, by: string, stateReason: "completed" | "not_planned" | "duplicate"): void {
    Object.assign(this.issue(number), {
      state: "closed",
      stateReason,
      closedAt: this.now,
      closedBy: by,
    });
  }

  reopen(number: number): void {
    Object.assign(this.issue(number), {
      state: "open",
      stateReason: "reopened",
      closedAt: null,
      closedBy: null,
    });
  }

  private apply(action: IssueAction): void {
    switch (action.kind) {
      case "create-issue": {
        const { number } = this.add({ ...action, labels: [...action.labels] });
        for (const login of action.assignees) this.assigned.push({ issue: number, login });
        return;
      }
      case "update-issue": {
        const { body, title, state, stateReason } = action.fields;
        const issue = this.issue(action.issue);
        issue.body = body ?? issue.body;
        issue.title = title ?? issue.title;
        if (state === "open") this.reopen(action.issue);
        if (state === "closed") this.close(action.issue, BOT, stateReason as "completed");
        return;
      }
      case "create-comment": {
        const id = (this.comments.at(-1)?.id ?? 0) + 1;
        this.comments.push({ id, issue: action.issue, author: BOT, body: action.body });
        return;
      }
      case "update-comment":
        this.comments.find(({ id }) => id === action.comment)!.body = action.body;
        return;
      case "delete-comment":
        this.comments.splice(
          this.comments.findIndex(({ id }) => id === action.comment),
          1,
        );
        return;
      case "add-labels":
        this.issue(action.issue).labels = [...this.issue(action.issue).labels, ...action.labels];
        return;
      case "add-assignees":
        for (const login of action.assignees) this.assigned.push({ issue: action.issue, login });
        return;
      case "ensure-label":
        return;
    }
  }
}

/** What a reader of the test wants to see of a step: `comment #1: clear → findings, New · 1`. */
function describe(action: IssueAction): string {
  switch (action.kind) {
    case "ensure-label":
      return `label ${action.label}`;
    case "create-issue":
      return [`create ${action.title}`, ...action.assignees.map((login) => `for ${login}`)].join(
        ", ",
      );
    case "create-comment":
      return `comment #${action.issue}: ${gist(action.body)}`;
    case "update-comment":
      return `comment #${action.issue} again: ${gist(action.body)}`;
    case "delete-comment":
      return `delete a comment of #${action.issue}`;
    case "update-issue":
      return `#${action.issue}: ${action.why}`;
    case "add-labels":
      return `label #${action.issue}: ${action.labels.join(", ")}`;
    case "add-assignees":
      return `assign #${action.issue}: ${action.assignees.join(", ")}`;
  }
}

// Its sentence, its change of verdict, its headings.
function gist(body: string): string {
  const parts = body
    .split("\n")
    .flatMap(
      (line) =>
        /^(?:Closed|Opened)\b.*(?=\.$)/.exec(line)?.[0] ??
        / · \*\*([a-z-]+ → [a-z-]+)\*\*/.exec(line)?.[1] ??
        /^### (.*)$/.exec(line)?.[1] ??
        /@\w+/.exec(line)?.[0] ??
        [],
    );
  return parts.join(", ");
}
