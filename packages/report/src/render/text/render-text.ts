import type { Report, Verdict } from "@turnaway/core";
import { terminalText } from "../../escape/terminal-text.ts";
import { ABSENT_TITLE, absentFacts } from "../absent.ts";
import { factContext, type RenderOptions } from "../context.ts";
import { countingText } from "../counting.ts";
import type { FactContext } from "../finding-facts.ts";
import {
  byScope,
  emptyText,
  shownSections,
  shownFindings,
  type FindingSection,
} from "../finding-sections.ts";
import {
  coverageFacts,
  latePacketText,
  noiseFacts,
  receiptFacts,
  totalFacts,
  UNKNOWN_TEXT,
} from "../report-facts.ts";
import { omittedText, problemsShown, problemSpans } from "../problems.ts";
import type { Fact } from "../spans.ts";
import { trendRows } from "../trend-rows.ts";
import { verdictText } from "../verdict.ts";
import { countText, counted } from "../words.ts";
import { briefFindingLines, findingLines, mutedLines } from "./finding-text.ts";
import {
  factLines,
  hanging,
  heading,
  plainText,
  textLayout,
  type Paint,
  type TextLayout,
} from "./text-layout.ts";

export interface TextOptions extends RenderOptions {
  /** Whether to write ANSI colour. */
  readonly color: boolean;
  /** Terminal cells a line may take; 100 reads best, 20 is the least. */
  readonly width: number;
}

/** The report for a terminal, ending in a line break. Data never writes a control character. */
export function renderText(report: Report, options: TextOptions): string {
  const layout = textLayout(options);
  const context = factContext(report, options);
  const lines = [
    ...headLines(report, context, layout),
    ...shownSections(report).flatMap((section) =>
      section.status === "muted"
        ? mutedSection(section, context, layout)
        : sectionLines(section, report, { context, layout }),
    ),
    ...(report.verdict === "no-data"
      ? ["", ...hanging(UNKNOWN_TEXT, layout, { first: "" }), ...trendLines(report, layout)]
      : trafficLines(report, layout)),
    ...absentLines(report, layout),
    ...factSection("Coverage, as logged", coverageFacts(report, context.clock), layout),
    ...problemLines(report, layout),
    ...factSection("Receipt", receiptFacts(report), layout),
  ];
  return `${lines.join("\n")}\n`;
}

function trafficLines(report: Report, layout: TextLayout): string[] {
  const late: Fact = { label: "Refused", spans: [latePacketText(report)] };
  return [
    ...factSection("Internet noise", noiseFacts(report), layout),
    ...factSection("Late packets", [late], layout),
    ...trendLines(report, layout),
    ...factSection(`Totals, ${countingText(report)}`, totalFacts(report), layout),
  ];
}

function absentLines(report: Report, layout: TextLayout): string[] {
  const facts = absentFacts(report);
  return facts.length === 0 ? [] : factSection(ABSENT_TITLE, facts, layout);
}

function headLines(report: Report, { clock }: FactContext, layout: TextLayout): string[] {
  const { colors } = layout;
  const verdict = verdictText(report, clock);
  const paint = VERDICT_PAINTS[report.verdict](layout);
  const wrapped = (text: string, style?: Paint): string[] =>
    hanging(text, layout, { first: "", ...(style === undefined ? {} : { paint: style }) });
  return [
    ...wrapped(terminalText(report.headline, 500), colors.bold),
    "",
    ...wrapped(verdict.word, paint),
    ...wrapped(plainText(verdict.meaning)),
    ...problemsShown(verdict.problems).flatMap((problem) =>
      hanging(plainText(problemSpans(problem)), layout, { first: "  ! ", paint: colors.yellow }),
    ),
    ...wrapped(
      `${terminalText(report.name)} · ${clock.window(report.window)} · times in ${clock.zone}`,
      colors.dim,
    ),
    ...report.notices.flatMap((notice) =>
      hanging(plainText([{ prose: notice }]), layout, { first: "Note: " }),
    ),
  ];
}

function sectionLines(
  section: FindingSection,
  report: Report,
  { context, layout }: { context: FactContext; layout: TextLayout },
): string[] {
  const lines = heading(`${section.title} · ${countText(section.findings.length)}`, layout);
  if (section.findings.length === 0) {
    return [...lines, ...hanging(emptyText(section.status, report), layout, { first: "  " })];
  }
  const { full, brief, omitted } = shownFindings(section.findings);
  for (const group of byScope(full)) {
    lines.push("", layout.colors.bold(group.title));
    for (const [index, finding] of group.findings.entries()) {
      if (index > 0) lines.push("");
      lines.push(...findingLines(finding, context, layout));
    }
  }
  for (const group of byScope(brief)) {
    lines.push("", layout.colors.underline(`${group.title}, briefly`));
    for (const finding of group.findings) lines.push(...briefFindingLines(finding, layout));
  }
  return [...lines, ...omittedLines(omitted, layout)];
}

function mutedSection(section: FindingSection, context: FactContext, layout: TextLayout): string[] {
  const { full, omitted } = shownFindings(section.findings);
  return [
    ...heading(`${section.title} · ${countText(section.findings.length)}`, layout),
    ...full.flatMap((finding) => mutedLines(finding, context.today, layout)),
    ...omittedLines(omitted, layout),
  ];
}

function omittedLines(omitted: number, layout: TextLayout): string[] {
  return omitted === 0 ? [] : ["", ...hanging(omittedText(omitted), layout, { first: "  " })];
}

function factSection(title: string, facts: readonly Fact[], layout: TextLayout): string[] {
  return [...heading(title, layout), ...facts.flatMap((fact) => factLines(fact, layout, "  "))];
}

function trendLines({ trend }: Report, layout: TextLayout): string[] {
  if (trend.length === 0) return [];
  const facts = trendRows(trend).map(({ label, line, last }) => ({
    label,
    spans: [line === "" ? last : `${line}  ${last}`],
  }));
  return factSection(
    `Trend · ${counted(trend.length, "day")} since ${trend[0]!.day}`,
    facts,
    layout,
  );
}

function problemLines({ coverage }: Report, layout: TextLayout): string[] {
  return problemsShown(coverage.problems).flatMap((problem) =>
    factLines({ label: "Problem", spans: problemSpans(problem) }, layout, "  "),
  );
}

const VERDICT_PAINTS: Record<Verdict, (layout: TextLayout) => Paint> = {
  clear:
    ({ colors }) =>
    (text) =>
      colors.bold(colors.green(text)),
  findings:
    ({ colors }) =>
    (text) =>
      colors.bold(colors.red(text)),
  partial:
    ({ colors }) =>
    (text) =>
      colors.bold(colors.inverse(colors.yellow(` ${text} `))),
  "no-data":
    ({ colors }) =>
    (text) =>
      colors.bold(colors.inverse(colors.red(` ${text} `))),
};
