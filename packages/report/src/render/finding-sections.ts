import { SEVERITIES, type Finding, type Report } from "@turnaway/core";
import { isPartlyAsked } from "./absent.ts";

/** A status with its findings, most important first: what every human format shows. */
export interface FindingSection {
  readonly status: Finding["status"];
  readonly title: string;
  readonly findings: readonly Finding[];
}

/** How many findings of a section are shown in full, and then as one line each. */
export interface SectionLimits {
  readonly full: number;
  readonly brief: number;
}

/** The rest of a longer section is counted: it is whole in report.json and findings.csv. */
export const SECTION_LIMITS: SectionLimits = { full: 100, brief: 1000 };

/**
 * New, Still there, Gone, Muted; in each: internal, egress, ingress, about the logs.
 *
 * Without data no section is empty, it is unknown: then
 * only those with findings (about the logs) are shown.
 */
export function shownSections(report: Report): FindingSection[] {
  return findingSections(report).filter(
    ({ status, findings }) =>
      findings.length > 0 || (status !== "muted" && report.verdict !== "no-data"),
  );
}

/** What a section says when nothing is in it: silence is only quiet when the logs prove it. */
export function emptyText(status: Finding["status"], report: Report): string {
  // A reader who asked for a few findings has not asked to be told that there are no others.
  if (report.counts[status] > 0) return `${report.counts[status]} left out.`;
  const nothing = `Nothing ${EMPTY_WORDS[status]}`;
  if (report.verdict !== "partial" && isPartlyAsked(report)) return `${nothing} in what was asked.`;
  return report.verdict === "partial"
    ? `${nothing} in what could be read, which is not all of it.`
    : `${nothing}.`;
}

/** A section cut into what is shown in full, shown briefly, and only counted. */
export function shownFindings(
  findings: readonly Finding[],
  { full, brief }: SectionLimits = SECTION_LIMITS,
): { full: readonly Finding[]; brief: readonly Finding[]; omitted: number } {
  return {
    full: findings.slice(0, full),
    brief: findings.slice(full, full + brief),
    omitted: Math.max(0, findings.length - full - brief),
  };
}

/** Consecutive findings of one scope, under that scope's name. */
export function byScope(findings: readonly Finding[]): { title: string; findings: Finding[] }[] {
  const groups: { title: string; findings: Finding[] }[] = [];
  for (const finding of findings) {
    const title = SCOPE_TITLES[finding.scope];
    const last = groups.at(-1);
    if (last?.title === title) last.findings.push(finding);
    else groups.push({ title, findings: [finding] });
  }
  return groups;
}

export const SCOPE_TITLES = {
  internal: "Internal",
  egress: "Out to the internet",
  ingress: "In from the internet",
  pipeline: "The logs themselves",
} as const satisfies Record<Finding["scope"], string>;

function findingSections(report: Report): FindingSection[] {
  return SECTIONS.map(({ status, title }) => ({
    status,
    title,
    findings: report.findings
      .filter((finding) => finding.status === status)
      .sort((a, b) => rank(a) - rank(b)),
  }));
}

const SECTIONS = [
  { status: "new", title: "New" },
  { status: "ongoing", title: "Still there" },
  { status: "resolved", title: "Gone" },
  { status: "muted", title: "Muted" },
] as const;

const EMPTY_WORDS = {
  new: "new",
  ongoing: "still there from earlier days",
  resolved: "gone since the day before",
  muted: "muted",
} as const;

const SCOPES = ["internal", "egress", "ingress", "pipeline"] as const;

// Sorting is stable, so equals stay in the order of the report: the next action first.
function rank(finding: Finding): number {
  return SCOPES.indexOf(finding.scope) * 10 + SEVERITIES.indexOf(finding.severity);
}
