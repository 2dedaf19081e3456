import type { Problem, Report } from "@turnaway/core";
import { askedText, hasFiles, isPartlyAsked } from "./absent.ts";
import type { Span } from "./spans.ts";
import type { Clock } from "./times.ts";
import { countText, counted } from "./words.ts";

/** The verdict as a reader must understand it, before any number. */
export interface VerdictText {
  /** `Clear`, `Findings`, `PARTIAL` or `NO DATA`. */
  readonly word: string;
  /** What the verdict means here and what it rests on. */
  readonly meaning: readonly Span[];
  /** What makes the report not whole; empty unless it is PARTIAL or without data. */
  readonly problems: readonly Problem[];
  /** Set when the report must not be read as "all is quiet". */
  readonly warning: boolean;
}

export function verdictText(report: Report, clock: Clock): VerdictText {
  const problems = report.coverage.problems.filter((problem) => problem.partial);
  switch (report.verdict) {
    case "clear":
      return verdict("Clear", [
        `No findings${isPartlyAsked(report) ? " in what was asked" : ""}, and the logs prove it: ${coverageProof(report, clock)}.${askedText(report)}`,
      ]);
    case "findings":
      return verdict("Findings", [
        `${countsText(report)}. Seen in ${coverageProof(report, clock)}.${askedText(report)}`,
      ]);
    case "partial":
      return { ...verdict("PARTIAL", partialMeaning(report, clock)), problems, warning: true };
    case "no-data":
      return { ...verdict("NO DATA", noDataMeaning(report, clock)), problems, warning: true };
  }
}

/** `3 new, 2 still there (day 4 at most), 1 gone, 1 muted` */
export function countsText({ counts }: Report): string {
  return `${counts.new} new, ${counts.ongoing} still there, ${counts.resolved} gone, ${counts.muted} muted`;
}

function verdict(word: string, meaning: readonly Span[]): VerdictText {
  return { word, meaning, problems: [], warning: false };
}

function partialMeaning(report: Report, clock: Clock): Span[] {
  // By the counts: a format may render the findings apart, and ask for the rest without them.
  const quiet = report.counts.new + report.counts.ongoing === 0;
  const caution = quiet
    ? "Nothing was found in what could be read, and that does not prove that nothing was refused."
    : `${countsText(report)} in what could be read; there may be more.`;
  return [
    "This report is not whole. What could be read is below; what could not be read is not counted. ",
    `${caution} Read: ${coverageProof(report, clock)}.${askedText(report)}`,
  ];
}

function noDataMeaning(report: Report, clock: Clock): Span[] {
  const { coverage } = report;
  const newest =
    coverage.lastEnd === null ? "" : ` The newest record ends ${clock.time(coverage.lastEnd)}.`;
  return [
    "No flow-log record of this window was read, so nothing is known about it. ",
    "That is not the same as a quiet day: look at the flow logs first. ",
    `${hasFiles(report) ? `${counted(coverage.files, "file")} and ${counted(coverage.lines, "line")}` : counted(coverage.lines, "log event")} were read.${newest}`,
  ];
}

function coverageProof(report: Report, clock: Clock): string {
  const { coverage } = report;
  const { hoursWithRecords, hours, interfaces, records, files, malformed, skipData } = coverage;
  const parts = [
    `${countText(hoursWithRecords)} of ${counted(hours, "hour")} with records from ${counted(interfaces, "interface")}`,
    `${counted(records, "record")}${hasFiles(report) ? ` in ${counted(files, "file")}` : ""}`,
    `${countText(malformed)} malformed and ${countText(skipData)} skipped by AWS`,
  ];
  if (coverage.lastEnd !== null) parts.push(`newest record ends ${clock.time(coverage.lastEnd)}`);
  return parts.join("; ");
}
