import type { IssueSettings } from "../src/index.ts";

export const SETTINGS: IssueSettings = {
  name: "production",
  issueMode: "rolling",
  title: "Reject report: {name}",
  labels: ["turnaway"],
  assignees: { "team-orders": ["kim"], unowned: ["lee"] },
  notify: "assign",
  onClear: "close",
  clearDays: 1,
  onReturn: "reopen",
};
