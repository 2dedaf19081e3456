import type { Report } from "@turnaway/core";
import { renderIssue, type Room } from "@turnaway/report";

/** A summary of a step that is larger is dropped as a whole. */
const SUMMARY_ROOM: Room = { units: 1_000_000, bytes: 1_000_000 };

/** The report as the summary of the job, by whole rows: what has no room is counted. */
export function summaryOf(
  report: Report,
  options: { readonly sources: readonly string[]; readonly defang: boolean },
): string {
  return renderIssue(report, { ...options, room: SUMMARY_ROOM, maxComments: 0 }).body;
}
