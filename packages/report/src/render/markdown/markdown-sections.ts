import type { Finding, Report } from "@turnaway/core";
import { defang } from "../../mask/defang.ts";
import { ABSENT_TITLE, absentFacts } from "../absent.ts";
import { factContext, type DefangOption, type RenderOptions } from "../context.ts";
import { countingText } from "../counting.ts";
import type { FactContext } from "../finding-facts.ts";
import {
  byScope,
  emptyText,
  SECTION_LIMITS,
  shownFindings,
  shownSections,
  type FindingSection,
  type SectionLimits,
} from "../finding-sections.ts";
import { omittedText, problemsShown, problemSpans } from "../problems.ts";
import {
  coverageFacts,
  latePacketText,
  noiseFacts,
  receiptFacts,
  totalFacts,
  UNKNOWN_TEXT,
} from "../report-facts.ts";
import type { Fact } from "../spans.ts";
import { countText } from "../words.ts";
import { briefFinding, fullFinding, markdownSpans, mutedFinding } from "./finding-markdown.ts";
import { headSection } from "./head-markdown.ts";
import type { MarkdownRow, MarkdownSection, MarkdownSectionId } from "./section.ts";
import { trendMarkdown } from "./trend-markdown.ts";

export interface MarkdownOptions extends RenderOptions, DefangOption {
  /** In place of "times in ZONE", for example to name a second zone. */
  readonly timezoneNote?: string;
  /** Findings a section shows, in full and as one line each. Default 100 and 1,000. */
  readonly limits?: Partial<Record<Finding["status"], SectionLimits>>;
}

/**
 * The Markdown report in order, as sections of whole rows.
 *
 * To fit a size, measure the rows and ask again with smaller `limits`: the footers
 * then count what was left out.
 */
export function markdownSections(report: Report, options: MarkdownOptions = {}): MarkdownSection[] {
  const context = factContext(report, options);
  const findings = shownSections(report).map((section) => {
    const limits = options.limits?.[section.status] ?? SECTION_LIMITS;
    return section.status === "muted"
      ? mutedSection(section, context, limits)
      : findingSection(section, report, { context, limits });
  });
  return [
    headSection(report, context, options.timezoneNote),
    ...findings,
    ...trafficSections(report),
    ...absentSections(report),
    coverageSection(report, context),
    collapsed("receipt", "Receipt", factRows(receiptFacts(report))),
  ].map((section) => (options.defang === true ? defanged(section) : section));
}

function defanged(section: MarkdownSection): MarkdownSection {
  const rows = section.rows.map((row) => ({ ...row, text: defang(row.text) }));
  return { ...section, header: defang(section.header), rows };
}

function findingSection(
  section: FindingSection,
  report: Report,
  { context, limits }: { context: FactContext; limits: SectionLimits },
): MarkdownSection {
  const { status, title, findings } = section;
  const header = `## ${title} · ${countText(findings.length)}`;
  if (findings.length === 0) {
    return {
      id: status,
      header: `${header}\n\n${emptyText(status, report)}`,
      rows: [],
      footer: "",
    };
  }
  const { full, brief, omitted } = shownFindings(findings, limits);
  const rows = [
    ...byScope(full).flatMap((group) =>
      group.findings.map((finding, index) => {
        const scope = index === 0 ? `### ${group.title}\n\n` : "";
        return { key: finding.key, text: scope + fullFinding(finding, context), sameList: false };
      }),
    ),
    ...byScope(brief).flatMap((group) =>
      group.findings.map((finding, index) => {
        const scope = index === 0 ? `### ${group.title}, briefly\n\n` : "";
        return { key: finding.key, text: scope + briefFinding(finding), sameList: index > 0 };
      }),
    ),
  ];
  return { id: status, header, rows, footer: omitted === 0 ? "" : omittedText(omitted) };
}

function mutedSection(
  { status, title, findings }: FindingSection,
  context: FactContext,
  { full }: SectionLimits,
): MarkdownSection {
  const { full: shown, omitted } = shownFindings(findings, { full, brief: 0 });
  const rows = shown.map((finding, index) => ({
    key: finding.key,
    text: mutedFinding(finding, context.today),
    sameList: index > 0,
  }));
  const section = collapsed(status, `${title} · ${countText(findings.length)}`, rows);
  return omitted === 0
    ? section
    : { ...section, footer: `${omittedText(omitted)}\n\n${section.footer}` };
}

function trafficSections(report: Report): MarkdownSection[] {
  const trend: MarkdownSection[] =
    report.trend.length === 0
      ? []
      : [{ id: "trend", header: trendMarkdown(report.trend), rows: [], footer: "" }];
  if (report.verdict === "no-data") {
    return [{ id: "unknown", header: UNKNOWN_TEXT, rows: [], footer: "" }, ...trend];
  }
  return [
    open("noise", "Internet noise", factRows(noiseFacts(report))),
    {
      id: "late-packets",
      header: `## Late packets\n\n${latePacketText(report)}`,
      rows: [],
      footer: "",
    },
    ...trend,
    open("totals", `Totals, ${countingText(report)}`, factRows(totalFacts(report))),
  ];
}

function absentSections(report: Report): MarkdownSection[] {
  const facts = absentFacts(report);
  return facts.length === 0 ? [] : [open("absent", ABSENT_TITLE, factRows(facts))];
}

function coverageSection(report: Report, context: FactContext): MarkdownSection {
  const problems = problemsShown(report.coverage.problems).map((problem) => ({
    label: "Problem",
    spans: problemSpans(problem),
  }));
  const rows = factRows([...coverageFacts(report, context.clock), ...problems]);
  return collapsed("coverage", "Coverage, as logged", rows);
}

function open(id: MarkdownSectionId, title: string, rows: readonly MarkdownRow[]): MarkdownSection {
  return { id, header: `## ${title}`, rows, footer: "" };
}

function collapsed(
  id: MarkdownSectionId,
  title: string,
  rows: readonly MarkdownRow[],
): MarkdownSection {
  return {
    id,
    header: `<details>\n<summary><b>${title}</b></summary>`,
    rows,
    footer: "</details>",
  };
}

function factRows(facts: readonly Fact[]): MarkdownRow[] {
  return facts.map(({ label, spans }, index) => ({
    key: null,
    text: `- **${label}** ${markdownSpans(spans)}`,
    sameList: index > 0,
  }));
}
