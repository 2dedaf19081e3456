import { DETECTION_IDS, type DetectionId } from "@turnaway/core";

/**
 * What CloudWatch Logs Insights answers, of a report and beside it, and what it does not.
 *
 * The one table of it: the report says the absent ones by name and reason, the
 * documentation lists them, and a test holds it against the files and the detections.
 */
export type InsightsSection = AnsweredSection | AbsentSection;

export interface AnsweredSection {
  readonly section: string;
  /** Files of `insights/`, by name. */
  readonly by: readonly string[];
  /** In what it differs from the same section out of SQL. */
  readonly but?: string;
}

export interface AbsentSection {
  readonly section: string;
  /** Why, as what it needs. */
  readonly absent: string;
}

export const INSIGHTS_SECTIONS: readonly InsightsSection[] = [
  {
    section: "totals",
    by: ["coverage"],
    but: "as logged: a conversation that two interfaces logged counts twice",
  },
  { section: "trend", by: ["coverage"], but: "as logged, and two periods long" },
  { section: "coverage", by: ["coverage", "interfaces"] },
  {
    section: "noise",
    by: ["noise-sources", "noise-ports"],
    but: "as logged; a record from a server's port to another port is taken for an answer",
  },
  { section: "newly-rejected", by: ["newly-rejected"], but: "inside only, on its first day only" },
  { section: "internal-denied", by: ["internal-denied"], but: "history of one period" },
  { section: "egress-denied", by: ["egress-denied"], but: "history of one period" },
  { section: "port-scan", by: ["port-scan"] },
  { section: "host-sweep", by: ["host-sweep"] },
  { section: "admin-port-open", by: ["admin-port-open"] },
  {
    section: "coverage-gap",
    by: ["coverage"],
    but: "SKIPDATA and hours without records only, not interfaces or tags gone silent",
  },
  { section: "top rejected connections", by: ["top-rejected"], but: "a query, as on every engine" },
  {
    section: "top 20 source addresses with most rejected requests",
    by: ["top-rejected-sources"],
    but: "a query; by the address as logged, elsewhere by client",
  },
  { section: "SSH rejects", by: ["ssh-rejects"], but: "a query; as logged" },
  {
    section: "accepted against rejected over time",
    by: ["accepted-vs-rejected", "totals"],
    but: "queries; as logged",
  },
  {
    section: "newly-accepted",
    absent: "needs days of history, each of which would be scanned and billed again",
  },
  {
    section: "reject-spike",
    absent: "needs days of history, each of which would be scanned and billed again",
  },
  {
    section: "large-transfer",
    absent: "needs days of history, each of which would be scanned and billed again",
  },
  {
    section: "unusual-protocol",
    absent: "needs days of history, each of which would be scanned and billed again",
  },
  { section: "reply-rejected", absent: "needs both directions of a conversation side by side" },
  { section: "late-packet", absent: "needs both directions of a conversation side by side" },
  {
    section: "block-public-access",
    absent: "needs adding up by the host inside, whichever end of a record that is",
  },
  {
    section: "encryption-control",
    absent: "needs adding up by the host inside, whichever end of a record that is",
  },
  { section: "files", absent: "needs files, and a log group has none" },
  {
    section: "owners by tag",
    absent: "needs the interface at each end of a conversation, and a record has one",
  },
];

/** Sections that a report from Insights does not have. */
export function absentSections(): readonly AbsentSection[] {
  return INSIGHTS_SECTIONS.filter((section): section is AbsentSection => "absent" in section);
}

/** Detections that it has. */
export function answeredDetections(): readonly DetectionId[] {
  return DETECTION_IDS.filter((id) =>
    INSIGHTS_SECTIONS.some(({ section, ...rest }) => section === id && "by" in rest),
  );
}
