import type { EvidenceValue, Finding } from "@turnaway/core";
import { serviceText } from "./services.ts";
import { joinSpans, type Fact, type Span } from "./spans.ts";
import { daysBetween, type Clock } from "./times.ts";
import { bytesText, counted, wordsOf } from "./words.ts";

/** What a human format needs besides the report. */
export interface FactContext {
  readonly clock: Clock;
  /** The day that the report ends on, for the ends of mutes. */
  readonly today: string;
  /** The sources that were read, to complete each `turnaway trace` line. */
  readonly sources: readonly string[];
  /** How a text with addresses in it is written: as it is, or defanged. */
  readonly show: (text: string) => string;
}

/** Who, to what: `10.0.3.7 → 10.0.9.20 · 5432/tcp (postgres)`. Empty for findings about the logs. */
export function subjectSpans(finding: Finding): Span[] {
  const service = serviceText(finding);
  const { client, server } = finding;
  const ends: Span[] =
    client !== null && server !== null
      ? [{ value: client }, " → ", { value: server }]
      : client !== null
        ? [{ value: client }, " → several servers"]
        : server !== null
          ? ["several clients → ", { value: server }]
          : [];
  if (service === null) return ends;
  return ends.length === 0 ? [{ value: service }] : [...ends, " · ", { value: service }];
}

/** Since when, how often, whose, where refused, why, what next, and the line that shows more. */
export function findingFacts(finding: Finding, context: FactContext): Fact[] {
  const facts: (Fact | undefined)[] = [
    sinceFact(finding, context.clock),
    { label: "How often", spans: [amountText(finding)] },
    { label: "Whose", spans: ownerSpans(finding) },
    refusedFact(finding),
    { label: "Why", spans: [{ prose: finding.why }] },
    { label: "Next", spans: [{ prose: finding.next }] },
    evidenceFact(finding, context.clock),
    muteFact(finding, context.today),
    finding.trace === null
      ? undefined
      : {
          label: "More",
          spans: [{ command: traceCommand(context.show(finding.trace), context.sources) }],
        },
  ];
  return facts.filter((fact) => fact !== undefined);
}

/** `2,311 records · 4,622 packets · 270.5 KB` */
export function amountText(amount: Pick<Finding, "records" | "packets" | "bytes">): string {
  const { records, packets, bytes } = amount;
  return `${counted(records, "record")} · ${counted(packets, "packet")} · ${bytesText(bytes)}`;
}

/** The owner where one is known, and the AWS ids to look up. */
export function ownerSpans({ owner, ids }: Finding): Span[] {
  const known = ID_KINDS.flatMap((kind): Span[][] => {
    const id = ids[kind];
    return id === null ? [] : [[`${kind === "vpc" ? "VPC" : kind} `, { value: id }]];
  });
  const named: Span[] = owner === null ? ["no owner known"] : [{ value: owner }];
  return joinSpans([named, ...known], " · ");
}

/** Who muted it, why and until when; for an expired mute, that it is over. */
export function muteSpans({ mute, status }: Finding, today: string): Span[] {
  if (mute === null) return ["no mute recorded"];
  const left = daysBetween(today, mute.until);
  const by: Span[] = ["muted by ", { value: mute.owner }, ` until ${mute.until}`];
  if (status === "new" || status === "ongoing") {
    return [
      "back: the mute of ",
      { value: mute.owner },
      ` ended ${mute.until}; its reason was “`,
      { prose: mute.reason },
      "”",
    ];
  }
  const soon =
    left >= 0 && left <= 7 ? ` (ends ${left === 0 ? "today" : `in ${counted(left, "day")}`})` : "";
  return [...by, `${soon}: `, { prose: mute.reason }];
}

/** What one line about a finding adds when it was muted and is back; empty for all others. */
export function endedMuteSpans({ mute, status }: Finding): Span[] {
  const isOpen = status === "new" || status === "ongoing";
  if (mute === null || !isOpen) return [];
  return [" · back: the mute of ", { value: mute.owner }, ` ended ${mute.until}`];
}

/** `turnaway trace '10.0.3.7->10.0.9.20:5432' ./logs`, safe to paste into a shell. */
export function traceCommand(subject: string, sources: readonly string[]): string {
  return ["turnaway trace", ...[subject, ...sources].map(shellWord)].join(" ");
}

const ID_KINDS = ["instance", "interface", "subnet", "vpc", "account"] as const;

const REFUSED_AT = {
  client: "at the client’s interface",
  server: "at the server’s interface",
  both: "at both ends",
  unknown: "at an end that these logs do not show",
} as const;

function sinceFact(finding: Finding, clock: Clock): Fact {
  const [first, last] = [clock.time(finding.firstSeen), clock.time(finding.lastSeen)];
  if (finding.status === "resolved") {
    return { label: "Was there", spans: [`${first} to ${last}`] };
  }
  const day = finding.day > 1 ? ` · day ${finding.day}` : "";
  const seen = last === first ? "" : ` · last seen ${last}`;
  return { label: "Since", spans: [`${first}${seen}${day}`] };
}

function refusedFact({ refusedAt, rule }: Finding): Fact | undefined {
  if (refusedAt === null && rule === null) return undefined;
  const where = refusedAt === null ? [] : [[REFUSED_AT[refusedAt]]];
  const which: Span[][] = rule === null ? [] : [[{ prose: rule }]];
  return { label: "Refused", spans: joinSpans([...where, ...which], ": ") };
}

function evidenceFact({ evidence }: Finding, clock: Clock): Fact | undefined {
  const entries = Object.entries(evidence).filter(([, value]) => value !== null);
  if (entries.length === 0) return undefined;
  const shown = entries
    .slice(0, EVIDENCE_SHOWN)
    .map(([name, value]): Span[] => [
      { prose: wordsOf(name) },
      " ",
      { value: evidenceText(name, value, clock) },
    ]);
  const rest = entries.length - shown.length;
  const more: Span[][] = rest > 0 ? [[`${counted(rest, "more")} in report.json`]] : [];
  return { label: "Evidence", spans: joinSpans([...shown, ...more], " · ") };
}

const EVIDENCE_SHOWN = 8;
const LIST_SHOWN = 8;

function evidenceText(name: string, value: EvidenceValue, clock: Clock): string {
  if (Array.isArray(value)) {
    const shown = value.slice(0, LIST_SHOWN).map((part) => evidenceText(name, part, clock));
    const rest = value.length - shown.length;
    return shown.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  }
  const isCount = typeof value === "number" || typeof value === "bigint";
  if (isCount && name.endsWith("Bytes")) return bytesText(value);
  const text = String(value);
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? clock.time(text) : text;
}

function muteFact(finding: Finding, today: string): Fact | undefined {
  return finding.mute === null ? undefined : { label: "Mute", spans: muteSpans(finding, today) };
}

function shellWord(word: string): string {
  return /^[\w./:@%+,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
