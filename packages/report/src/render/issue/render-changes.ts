import type { Finding, Report, Severity, Verdict } from "@turnaway/core";
import { markdownCode } from "../../escape/markdown-code.ts";
import { markdownText } from "../../escape/markdown-text.ts";
import { briefFinding, mutedFinding } from "../markdown/finding-markdown.ts";
import { factContext, type DefangOption } from "../context.ts";
import { longDay } from "../times.ts";
import { countText } from "../words.ts";
import { byOwner, ownerText } from "./owner-groups.ts";

/** What is different from what the issue said before. */
export interface ReportChanges {
  readonly added: readonly Finding[];
  /** Keys that are no longer there, with the finding where the report still has it. */
  readonly resolved: readonly { readonly key: string; readonly finding: Finding | null }[];
  readonly worse: readonly { readonly finding: Finding; readonly from: Severity }[];
  readonly verdict: { readonly from: Verdict; readonly to: Verdict } | null;
  /** Muted findings whose mute ends within the week, announced once. */
  readonly expiring: readonly Finding[];
}

/** Logins to mention beside an owner's new findings. */
export type Mentions = (owner: string | null) => readonly string[];

export interface ChangesOptions extends DefangOption {
  readonly mentions?: Mentions;
}

/**
 * A comment that says of which day it is, what changed, and only that; rows beyond 50 of a kind
 * are counted. What was muted and is not any more is back, not new.
 */
export function renderChanges(
  report: Report,
  changes: ReportChanges,
  { mentions = () => [], ...options }: ChangesOptions = {},
): string {
  const { today, show } = factContext(report, options);
  const back = changes.added.filter(isBack);
  const fresh = changes.added.filter((finding) => !isBack(finding));
  const blocks = [
    verdictLine(report, changes, today),
    ...titled("New", fresh.length, byOwnerBlocks(fresh, mentions, briefFinding)),
    ...titled(
      "Back: the mute is over",
      back.length,
      byOwnerBlocks(back, mentions, (finding) => mutedFinding(finding, today)),
    ),
    ...titled("Worse", changes.worse.length, [
      list(changes.worse.map(({ finding, from }) => `${briefFinding(finding)} · was ${from}`)),
    ]),
    ...titled("Gone", changes.resolved.length, [
      list(
        changes.resolved.map(({ key, finding }) =>
          finding === null ? `- ${markdownCode(key)}` : briefFinding(finding),
        ),
      ),
    ]),
    ...titled("Mutes that end within a week", changes.expiring.length, [
      list(changes.expiring.map((finding) => mutedFinding(finding, today))),
    ]),
  ];
  return show(blocks.join("\n\n"));
}

const ROWS_SHOWN = 50;

// The headline tells of all; where the verdict is what it was, the changes below say enough.
function verdictLine(
  { headline, counts }: Report,
  { verdict }: ReportChanges,
  today: string,
): string {
  const open = counts.new + counts.ongoing;
  const said =
    verdict === null
      ? `${countText(open)} open now`
      : `**${verdict.from} → ${verdict.to}** · ${markdownText(headline)}`;
  return `${longDay(today)} · ${said}`;
}

function isBack({ status, mute }: Finding): boolean {
  return status === "ongoing" && mute !== null;
}

function byOwnerBlocks(
  findings: readonly Finding[],
  mentions: Mentions,
  row: (finding: Finding) => string,
): string[] {
  return byOwner(findings).flatMap(({ owner, findings: own }) => [
    `**${ownerText(owner)}**${mentionText(mentions(owner))}`,
    list(own.map(row)),
  ]);
}

function titled(title: string, count: number, blocks: readonly string[]): string[] {
  return count === 0 ? [] : [`### ${title} · ${countText(count)}`, ...blocks];
}

function list(rows: readonly string[]): string {
  const rest = rows.length - ROWS_SHOWN;
  const more = rest > 0 ? [`- and ${countText(rest)} more`] : [];
  return [...rows.slice(0, ROWS_SHOWN), ...more].join("\n");
}

function mentionText(logins: readonly string[]): string {
  return logins.length === 0 ? "" : ` ${logins.map((login) => `@${login}`).join(" ")}`;
}
