import { dayOf, isoTime, type Finding, type Report } from "@turnaway/core";
import { stateKey, type IssueState } from "./issue-state.ts";

/**
 * The report with findings that began before its own history does.
 *
 * A report looks back a fortnight or what is configured; the issue remembers longer. A run that
 * was there on the day that the issue shows is the run that it remembers the beginning of.
 */
export function withLongerHistory(report: Report, state: IssueState | undefined): Report {
  if (state === undefined) return report;
  const { timezone } = report.window;
  const findings = report.findings.map((finding): Finding => {
    // Not of those that are gone: with this report they leave the state, and a rerun would not know.
    if (finding.status !== "ongoing") return finding;
    const known = state.findings.get(stateKey(finding.key))?.firstSeen;
    const began = Date.parse(finding.firstSeen) / 1000;
    const beganOn = dayOf(began, timezone);
    if (known === undefined || known >= began || beganOn > state.day) return finding;
    const day = finding.day + daysBetween(dayOf(known, timezone), beganOn);
    return { ...finding, firstSeen: isoTime(known), day };
  });
  return { ...report, findings };
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
