export { renderChanges, type ChangesOptions, type ReportChanges } from "./render-changes.ts";
export { renderIssue, type IssueOptions, type IssueText } from "./render-issue.ts";
export { fits, ISSUE_ROOM, minus, type Room } from "./room.ts";
