import type { Finding, Severity } from "@turnaway/core";
import {
  endedMuteSpans,
  findingFacts,
  muteSpans,
  subjectSpans,
  type FactContext,
} from "../finding-facts.ts";
import { countText } from "../words.ts";
import { factLines, hanging, plainText, type Paint, type TextLayout } from "./text-layout.ts";
import { padText } from "./wrap.ts";

/** A finding in full: severity and who to what, then a line for each fact. */
export function findingLines(finding: Finding, context: FactContext, layout: TextLayout): string[] {
  const wide = layout.labelWidth > 0;
  const indent = " ".repeat(wide ? SEVERITY_WIDTH + 2 : 2);
  const subject = plainText(subjectSpans(finding));
  const title = plainText([{ prose: finding.title }]);
  const first = `${subject === "" ? title : subject}  ${plainText([{ value: finding.detection }])}`;
  const lines = wide
    ? withSeverity(finding.severity, first, layout)
    : [
        severityPaint(finding.severity, layout)(`  ${finding.severity.toUpperCase()}`),
        ...hanging(first, layout, { first: indent, paint: layout.colors.bold }),
      ];
  if (subject !== "") lines.push(...hanging(title, layout, { first: indent }));
  for (const fact of findingFacts(finding, context)) {
    lines.push(...factLines(fact, layout, indent));
  }
  return lines;
}

/** A finding in one line, for the long tail of a section. */
export function briefFindingLines(finding: Finding, layout: TextLayout): string[] {
  const subject = plainText(subjectSpans(finding)) || plainText([{ prose: finding.title }]);
  const owner = finding.owner === null ? "" : plainText([" · ", { value: finding.owner }]);
  const detection = plainText([{ value: finding.detection }]);
  return withSeverity(
    finding.severity,
    `${subject} · ${detection} · ${countText(finding.records)} records${owner}${plainText(endedMuteSpans(finding))}`,
    layout,
  );
}

/** A muted finding: who to what, and why it is silent. */
export function mutedLines(finding: Finding, today: string, layout: TextLayout): string[] {
  const subject = plainText(subjectSpans(finding)) || plainText([{ prose: finding.title }]);
  const text = `${subject} · ${plainText([{ value: finding.detection }])} · ${plainText(muteSpans(finding, today))}`;
  return withSeverity(finding.severity, text, layout, (line) => line);
}

const SEVERITY_WIDTH = "  CRITICAL".length;

function withSeverity(
  severity: Severity,
  text: string,
  layout: TextLayout,
  paint: Paint = layout.colors.bold,
): string[] {
  const label = padText(`  ${severity.toUpperCase()}`, SEVERITY_WIDTH + 2);
  const [head = "", ...rest] = hanging(text, layout, { first: label, paint });
  return [head.replace(label, severityPaint(severity, layout)(label)), ...rest];
}

function severityPaint(severity: Severity, { colors }: TextLayout): Paint {
  const paints: Record<Severity, Paint> = {
    critical: (text) => colors.bold(colors.red(text)),
    high: colors.red,
    medium: colors.yellow,
    low: colors.cyan,
    info: colors.dim,
  };
  return paints[severity];
}
