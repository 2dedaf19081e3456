import type { Report, Verdict } from "@turnaway/core";
import { htmlText } from "../../escape/html-text.ts";
import { ABSENT_TITLE, absentFacts } from "../absent.ts";
import { factContext, type RenderOptions } from "../context.ts";
import { countingText } from "../counting.ts";
import type { FactContext } from "../finding-facts.ts";
import { shownSections } from "../finding-sections.ts";
import { problemsShown, problemSpans } from "../problems.ts";
import {
  coverageFacts,
  latePacketText,
  noiseFacts,
  receiptFacts,
  totalFacts,
  UNKNOWN_TEXT,
} from "../report-facts.ts";
import type { Fact } from "../spans.ts";
import { verdictText } from "../verdict.ts";
import { countText } from "../words.ts";
import { findingSection, mutedSection } from "./finding-html.ts";
import { factList, htmlProse, htmlSpans } from "./spans-html.ts";
import { STYLE } from "./style.ts";
import { trendPanel } from "./trend-html.ts";

/**
 * The report as one HTML file that asks nothing of the network: no script, inline
 * style and charts, for screens wide and narrow, light and dark, paper and speech.
 */
export async function renderHtml(report: Report, options: RenderOptions = {}): Promise<string> {
  const context = factContext(report, options);
  const trend = await trendPanel(report);
  const sections = shownSections(report).map((section) =>
    section.status === "muted"
      ? mutedSection(section, context.today)
      : findingSection(section, report, context),
  );
  const title = `${report.name}: reject report, ${context.clock.window(report.window)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${htmlText(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${head(report, context)}
<main>
${[...sections, ...trafficParts(report, trend), ...absent(report), coverage(report, context), receipt(report)].join("\n")}
</main>
<footer><p>Made by Turnaway from VPC Flow Logs. Times in ${htmlText(context.clock.zone)}.</p></footer>
</body>
</html>
`;
}

function head(report: Report, { clock }: FactContext): string {
  const verdict = verdictText(report, clock);
  return [
    "<header>",
    `<p class="place">Reject report · ${htmlText(report.name)} · ${htmlText(clock.window(report.window))} · times in ${htmlText(clock.zone)}</p>`,
    `<h1>${htmlProse(report.headline)}</h1>`,
    `<p><span class="badge ${BADGES[report.verdict]}">${verdict.word}</span></p>`,
    verdict.warning
      ? alert(report, verdict)
      : `<p class="meaning">${htmlSpans(verdict.meaning)}</p>`,
    ...report.notices.map((notice) => `<p class="meaning">Note: ${htmlProse(notice)}</p>`),
    ...(report.verdict === "no-data" ? [] : [tiles(report)]),
    "</header>",
  ].join("\n");
}

function alert(report: Report, verdict: ReturnType<typeof verdictText>): string {
  const items = problemsShown(verdict.problems).map(
    (problem) => `<li>${htmlSpans(problemSpans(problem))}</li>`,
  );
  return [
    `<section class="alert ${report.verdict}" aria-labelledby="alert-title">`,
    `<h2 id="alert-title">What is missing</h2>`,
    `<p>${htmlSpans(verdict.meaning)}</p>`,
    ...(items.length > 0 ? [`<ul>\n${items.join("\n")}\n</ul>`] : []),
    "</section>",
  ].join("\n");
}

function tiles({ counts }: Report): string {
  const tile = (id: keyof Report["counts"], label: string): string => {
    const content = `<b>${countText(counts[id])}</b><span>${label}</span>`;
    // Without muted findings there is no such section to go to.
    const isLink = id !== "muted" || counts.muted > 0;
    return isLink ? `<li><a href="#${id}">${content}</a></li>` : `<li><div>${content}</div></li>`;
  };
  const items = [
    tile("new", "new"),
    tile("ongoing", "still there"),
    tile("resolved", "gone"),
    tile("muted", "muted"),
  ];
  return `<nav aria-label="Findings"><ul class="tiles">\n${items.join("\n")}\n</ul></nav>`;
}

function trafficParts(report: Report, trend: string): string[] {
  if (report.verdict === "no-data") return [`<p class="empty">${UNKNOWN_TEXT}</p>`, trend];
  return [
    panel("noise", "Internet noise", factList(noiseFacts(report))),
    panel("late-packets", "Late packets", `<p>${htmlProse(latePacketText(report))}</p>`),
    trend,
    panel("totals", `Totals, ${countingText(report)}`, factList(totalFacts(report))),
  ];
}

function absent(report: Report): string[] {
  const facts = absentFacts(report);
  return facts.length === 0 ? [] : [panel("absent", ABSENT_TITLE, factList(facts))];
}

function coverage(report: Report, { clock }: FactContext): string {
  const problems = problemsShown(report.coverage.problems).map((problem): Fact => ({
    label: "Problem",
    spans: problemSpans(problem),
  }));
  const facts = [...coverageFacts(report, clock), ...problems];
  return collapsed("coverage", "Coverage, as logged", factList(facts));
}

function receipt(report: Report): string {
  return collapsed("receipt", "Receipt", factList(receiptFacts(report)));
}

function panel(id: string, title: string, content: string): string {
  return `<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
<div class="panel">${content}</div>
</section>`;
}

function collapsed(id: string, title: string, content: string): string {
  return `<details id="${id}">
<summary><h2>${title}</h2></summary>
${content}
</details>`;
}

const BADGES: Record<Verdict, string> = {
  clear: "clear",
  findings: "critical",
  partial: "high",
  "no-data": "critical",
};
