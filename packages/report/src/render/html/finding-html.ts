import type { Finding, Report } from "@turnaway/core";
import { htmlText } from "../../escape/html-text.ts";
import {
  endedMuteSpans,
  findingFacts,
  muteSpans,
  subjectSpans,
  type FactContext,
} from "../finding-facts.ts";
import { byScope, emptyText, shownFindings, type FindingSection } from "../finding-sections.ts";
import { omittedText } from "../problems.ts";
import { capitalised, countText } from "../words.ts";
import { factList, htmlProse, htmlSpans } from "./spans-html.ts";

/** New, Still there or Gone: cards by scope, then a table, then a count of the rest. */
export function findingSection(
  { status, title, findings }: FindingSection,
  report: Report,
  context: FactContext,
): string {
  const { full, brief, omitted } = shownFindings(findings);
  const parts =
    findings.length === 0
      ? [`<p class="empty">${htmlText(emptyText(status, report))}</p>`]
      : [
          ...byScope(full).flatMap((group) => [
            `<h3>${group.title}</h3>`,
            ...group.findings.map((finding) => card(finding, context)),
          ]),
          ...(brief.length > 0 ? [briefTable(brief)] : []),
          ...(omitted > 0 ? [`<p>${omittedText(omitted)}</p>`] : []),
        ];
  return [
    `<section id="${status}" aria-labelledby="${status}-title">`,
    `<h2 id="${status}-title">${title} · ${countText(findings.length)}</h2>`,
    ...parts,
    "</section>",
  ].join("\n");
}

/** Muted findings, collapsed: who to what, who muted them and why. */
export function mutedSection({ status, title, findings }: FindingSection, today: string): string {
  const { full, omitted } = shownFindings(findings);
  const items = full.map(
    (finding) =>
      `<li>${severityBadge(finding)} ${subject(finding)} · <code>${htmlText(finding.detection)}</code> · ${htmlSpans(muteSpans(finding, today))}</li>`,
  );
  return [
    `<details id="${status}">`,
    `<summary><h2>${title} · ${countText(findings.length)}</h2></summary>`,
    `<ul class="muted-list">\n${items.join("\n")}\n</ul>`,
    ...(omitted > 0 ? [`<p>${omittedText(omitted)}</p>`] : []),
    "</details>",
  ].join("\n");
}

function card(finding: Finding, context: FactContext): string {
  const title = subjectSpans(finding).length === 0 ? "" : `<p>${htmlProse(finding.title)}</p>`;
  return [
    `<article class="finding finding-${finding.severity}">`,
    `<p class="kind">${severityBadge(finding)} <span>${htmlText(finding.detection)}</span></p>`,
    `<h4>${subject(finding)}</h4>`,
    title,
    factList(findingFacts(finding, context)),
    "</article>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function briefTable(findings: readonly Finding[]): string {
  const rows = findings.map((finding) =>
    [
      `<tr><td>${severityBadge(finding)}</td>`,
      `<td>${subject(finding)}${htmlSpans(endedMuteSpans(finding))}</td>`,
      `<td>${htmlText(finding.detection)}</td>`,
      `<td class="number">${countText(finding.records)}</td>`,
      `<td>${finding.owner === null ? "" : htmlText(finding.owner)}</td></tr>`,
    ].join(""),
  );
  const head = ["Severity", "Who to what", "Detection", "Records", "Owner"]
    .map((name) => `<th scope="col"${name === "Records" ? ' class="number"' : ""}>${name}</th>`)
    .join("");
  return [
    '<div class="panel scroll">',
    "<table>",
    `<caption>${countText(findings.length)} more, briefly</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${rows.join("\n")}\n</tbody>`,
    "</table>",
    "</div>",
  ].join("\n");
}

function subject(finding: Finding): string {
  const spans = subjectSpans(finding);
  return spans.length === 0 ? htmlProse(finding.title) : htmlSpans(spans);
}

function severityBadge({ severity }: Finding): string {
  return `<span class="badge ${severity}">${capitalised(severity)}</span>`;
}
