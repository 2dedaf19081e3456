import type { Report, Verdict } from "@turnaway/core";
import { markdownCode } from "../../escape/markdown-code.ts";
import { markdownText } from "../../escape/markdown-text.ts";
import type { FactContext } from "../finding-facts.ts";
import { problemsShown, problemSpans } from "../problems.ts";
import { verdictText } from "../verdict.ts";
import { markdownSpans } from "./finding-markdown.ts";
import type { MarkdownSection } from "./section.ts";

/** Headline, verdict and window, what makes the report partial, counts, notices. */
export function headSection(
  report: Report,
  { clock }: FactContext,
  timezoneNote = `times in ${clock.zone}`,
): MarkdownSection {
  const verdict = verdictText(report, clock);
  const place = `${markdownCode(report.name)} · ${clock.window(report.window)} · ${markdownText(timezoneNote)}`;
  const meaning = markdownSpans(verdict.meaning);
  const problems = problemsShown(verdict.problems).map(
    (problem) => `> - ${markdownSpans(problemSpans(problem))}`,
  );
  const blocks = [
    `# ${markdownText(report.headline)}`,
    `${SIGNS[report.verdict]} **${verdict.word}** · ${place}`,
    verdict.warning
      ? [
          `> [!${ALERTS[report.verdict]}]`,
          `> **${verdict.word}.** ${meaning}`,
          ...(problems.length === 0 ? [] : [">", ...problems]),
        ].join("\n")
      : meaning,
    ...report.notices.map((notice) => `_Note:_ ${markdownText(notice)}`),
  ];
  return { id: "head", header: blocks.join("\n\n"), rows: [], footer: "" };
}

const SIGNS: Record<Verdict, string> = {
  clear: "🟢",
  findings: "🔴",
  partial: "🟠",
  "no-data": "⚫",
};

// GitHub draws these as coloured boxes.
const ALERTS: Record<Verdict, string> = {
  clear: "NOTE",
  findings: "NOTE",
  partial: "WARNING",
  "no-data": "CAUTION",
};
