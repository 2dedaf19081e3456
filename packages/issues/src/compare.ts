import { EXPIRY_NOTICE_DAYS, SEVERITIES, addDays, dayOf } from "@turnaway/core";
import type { Finding, Report } from "@turnaway/core";
import type { ReportChanges } from "@turnaway/report";
import { MOST_FINDINGS, stateKey, type IssueState, type StateFinding } from "./issue-state.ts";
import type { OurIssue } from "./our-issues.ts";

/** The day that a report is about: the one that its last second falls in. */
export function reportDay({ window }: Pick<Report, "window">): string {
  return dayOf(Date.parse(window.end) / 1000 - 1, window.timezone);
}

export function openFindings(report: Report): readonly Finding[] {
  return report.findings.filter(({ status }) => status === "new" || status === "ongoing");
}

/**
 * What is different from what the issue showed last.
 *
 * Nothing is resolved by not looking: with a verdict of `partial` or `no-data` a finding is gone
 * only if the report itself says so. What became muted is not gone either.
 */
export function compare(
  report: Report,
  { state, day }: Pick<OurIssue, "state" | "day">,
): ReportChanges {
  if (state === undefined) return compareWithHistory(report, day);
  const open = openFindings(report);
  const expiring = expiringMutes(report).filter(({ key }) => !state.expiring.has(stateKey(key)));
  return {
    added: open.filter((finding) => isNew(finding, state)),
    resolved: resolvedSince(report, state),
    worse: open.flatMap((finding) => {
      const from = state.findings.get(stateKey(finding.key))?.severity;
      return from !== undefined && rank(finding.severity) < rank(from) ? [{ finding, from }] : [];
    }),
    verdict: state.verdict === report.verdict ? null : { from: state.verdict, to: report.verdict },
    expiring,
  };
}

export function isChange(changes: ReportChanges): boolean {
  const { added, resolved, worse, verdict, expiring } = changes;
  return added.length + resolved.length + worse.length + expiring.length > 0 || verdict !== null;
}

/** The findings for the next state: the open ones, and those that this report could not see. */
export function nextFindings(
  report: Report,
  state: IssueState | undefined,
): Pick<IssueState, "findings" | "omitted"> {
  const open = openFindings(report);
  const kept = open.slice(0, MOST_FINDINGS);
  const findings = new Map<string, StateFinding>(
    kept.map(({ key, firstSeen, severity }) => [
      stateKey(key),
      { firstSeen: Date.parse(firstSeen) / 1000, severity },
    ]),
  );
  const omitted = open.length - kept.length;
  if (state === undefined || isWhole(report)) return { findings, omitted };
  const said = new Set(report.findings.map(({ key }) => stateKey(key)));
  for (const [key, finding] of state.findings) if (!said.has(key)) findings.set(key, finding);
  return { findings, omitted };
}

/** Muted findings whose mute ends within the week. */
export function expiringMutes(report: Report): readonly Finding[] {
  const last = addDays(reportDay(report), EXPIRY_NOTICE_DAYS);
  return report.findings.filter(
    ({ status, mute }) => status === "muted" && mute !== null && mute.until <= last,
  );
}

/**
 * What the report's own history, which comes from the rollup, says of the days since the one that
 * the issue showed. Of that very day nothing is said twice.
 */
function compareWithHistory(report: Report, day: string | undefined): ReportChanges {
  if (day === reportDay(report)) return NO_CHANGES;
  const resolved = report.findings.filter(({ status }) => status === "resolved");
  return {
    added: openFindings(report).filter((finding) =>
      day === undefined ? finding.status === "new" : firstDayOf(finding, report) > day,
    ),
    resolved: resolved.map((finding) => ({ key: finding.key, finding })),
    worse: [],
    verdict: null,
    expiring: expiringMutes(report),
  };
}

const NO_CHANGES: ReportChanges = {
  added: [],
  resolved: [],
  worse: [],
  verdict: null,
  expiring: [],
};

function firstDayOf({ firstSeen }: Finding, { window }: Pick<Report, "window">): string {
  return dayOf(Date.parse(firstSeen) / 1000, window.timezone);
}

// A state that had to leave findings out can't tell new from left out; then the report decides.
function isNew(finding: Finding, state: IssueState): boolean {
  const known = state.findings.has(stateKey(finding.key));
  return !known && (state.omitted === 0 || finding.status === "new");
}

function resolvedSince(report: Report, state: IssueState): ReportChanges["resolved"] {
  const byKey = new Map(report.findings.map((finding) => [stateKey(finding.key), finding]));
  return [...state.findings.keys()].flatMap((key) => {
    const finding = byKey.get(key) ?? null;
    const gone = finding === null ? isWhole(report) : finding.status === "resolved";
    return gone ? [{ key, finding }] : [];
  });
}

function isWhole({ verdict }: Report): boolean {
  return verdict === "clear" || verdict === "findings";
}

function rank(severity: Finding["severity"]): number {
  return SEVERITIES.indexOf(severity);
}
