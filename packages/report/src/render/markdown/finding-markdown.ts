import type { Finding, Severity } from "@turnaway/core";
import { markdownCode } from "../../escape/markdown-code.ts";
import { markdownText } from "../../escape/markdown-text.ts";
import {
  endedMuteSpans,
  findingFacts,
  muteSpans,
  subjectSpans,
  type FactContext,
} from "../finding-facts.ts";
import { writeSpans, type Span, type SpanWriter } from "../spans.ts";
import { capitalised, counted } from "../words.ts";

/** A finding as a heading, its title and a list of facts. */
export function fullFinding(finding: Finding, context: FactContext): string {
  const subject = subjectSpans(finding);
  const title = markdownText(finding.title);
  const head = subject.length === 0 ? title : markdownSpans(subject);
  const facts = findingFacts(finding, context).map(
    ({ label, spans }) => `- **${label}** ${markdownSpans(spans)}`,
  );
  return [
    `#### ${severityText(finding.severity)} · ${head}`,
    "",
    `${subject.length === 0 ? "" : `${title} · `}${markdownCode(finding.detection)}`,
    "",
    ...facts,
  ].join("\n");
}

/** A finding as one item of a list. */
export function briefFinding(finding: Finding): string {
  const owner = finding.owner === null ? "" : ` · ${markdownCode(finding.owner)}`;
  // What is about the logs counts hours or interfaces, which its title says.
  const records = finding.scope === "pipeline" ? "" : ` · ${counted(finding.records, "record")}`;
  return `${listHead(finding)}${records}${owner}${markdownSpans(endedMuteSpans(finding))}`;
}

/** A muted finding as one item of a list, with who muted it, why and until when. */
export function mutedFinding(finding: Finding, today: string): string {
  return `${listHead(finding)} · ${markdownSpans(muteSpans(finding, today))}`;
}

export function markdownSpans(spans: readonly Span[]): string {
  return writeSpans(spans, MARKDOWN);
}

const MARKDOWN: SpanWriter = {
  words: (text) => text,
  value: markdownCode,
  link: (text, url) => `[${markdownCode(text)}](<${url}>)`,
  prose: markdownText,
  command: markdownCode,
};

function listHead(finding: Finding): string {
  const subject = subjectSpans(finding);
  const head = subject.length === 0 ? markdownText(finding.title) : markdownSpans(subject);
  return `- ${severityText(finding.severity)} · ${head} · ${markdownCode(finding.detection)}`;
}

// The word carries the meaning; the sign only helps to find it.
const SIGNS: Record<Severity, string> = {
  critical: "🔴",
  high: "🟠",
  medium: "🟡",
  low: "🔵",
  info: "⚪",
};

function severityText(severity: Severity): string {
  return `${SIGNS[severity]} ${capitalised(severity)}`;
}
