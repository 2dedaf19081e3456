import type { Report } from "@turnaway/core";
import { hasFiles, reasonAbsent } from "./absent.ts";
import { serviceText } from "./services.ts";
import { joinSpans, type Fact, type Span } from "./spans.ts";
import type { Clock } from "./times.ts";
import { bytesText, countText, counted, dollarsText } from "./words.ts";

/** The parts of a report that are about all of it, as labelled lines. */

/** What stands in place of findings, noise and totals when no record was read. */
export const UNKNOWN_TEXT =
  "New, still there and gone findings, noise and totals are unknown: there were no records to look at.";

/** Internet background noise in one block. */
export function noiseFacts({ noise }: Report): Fact[] {
  const facts: Fact[] = [
    {
      label: "Refused",
      spans: [
        Number(noise.records) === 0
          ? "none"
          : `${counted(noise.records, "record")} from ${counted(noise.sources, "source")}; expected, nothing to do`,
      ],
    },
  ];
  if (noise.topPorts.length > 0)
    facts.push({ label: "Top ports", spans: topSpans(noise.topPorts.map(withService)) });
  if (noise.topSources.length > 0) {
    facts.push({ label: "Top sources", spans: topSpans(noise.topSources) });
  }
  return facts;
}

/** Rejects of packets that came after their connection closed, in one line. */
export function latePacketText(report: Report): string {
  if (report.latePackets === null) return notAskedText(reasonAbsent(report, "late-packet"));
  const { records, pairs } = report.latePackets;
  return Number(records) === 0
    ? "No late packets."
    : `${counted(records, "refused record")} of ${counted(pairs, "pair")} came after the connection closed: harmless, not findings.`;
}

/** Accepted and refused, counted as the report says. */
export function totalFacts({ totals }: Report): Fact[] {
  return (["rejected", "accepted"] as const).map((action) => {
    const { records, packets, bytes } = totals[action];
    return {
      label: action === "rejected" ? "Refused" : "Accepted",
      spans: [
        `${counted(records, "record")} · ${counted(packets, "packet")} · ${bytesText(bytes)}`,
      ],
    };
  });
}

/** What was read, as logged, before any counting once. */
export function coverageFacts(report: Report, clock: Clock): Fact[] {
  const { coverage } = report;
  const span = [coverage.firstStart, coverage.lastEnd].map((time) =>
    time === null ? "none" : clock.time(time),
  );
  const facts: Fact[] = [
    {
      label: "Read",
      spans: [
        hasFiles(report)
          ? `${counted(coverage.files, "file")} · ${bytesText(coverage.bytes)} · ${counted(coverage.lines, "line")} · ${counted(coverage.headers, "header")}`
          : counted(coverage.lines, "log event"),
      ],
    },
    {
      label: "Records",
      spans: [
        `${countText(coverage.records)} · OK ${countText(coverage.ok)} · NODATA ${countText(coverage.noData)} · SKIPDATA ${countText(coverage.skipData)} · malformed ${countText(coverage.malformed)} · excluded ${countText(coverage.excluded)}`,
      ],
    },
    {
      label: "As logged",
      spans: [
        `ACCEPT ${countText(coverage.accept)} (${bytesText(coverage.acceptBytes)}) · REJECT ${countText(coverage.reject)} (${bytesText(coverage.rejectBytes)})`,
      ],
    },
    {
      label: "Hours",
      spans: [
        `${countText(coverage.hoursWithRecords)} of ${countText(coverage.hours)} have records · ${counted(coverage.interfaces, "interface")}`,
      ],
    },
    { label: "Oldest", spans: [`${span[0]} (start of the first record)`] },
    { label: "Newest", spans: [`${span[1]} (end of the last record)`] },
  ];
  return [...facts, ...coverage.formats.map((format) => formatFact(format, hasFiles(report)))];
}

/** What it cost and how to repeat it: the only part that may differ from run to run. */
export function receiptFacts({ receipt }: Report): Fact[] {
  const versions = Object.entries(receipt.versions).map(([name, version]): Span[] => [
    { value: `${name} ${version}` },
  ]);
  return [
    {
      label: "Engine",
      spans: [
        { value: receipt.engine },
        ` · ${bytesText(receipt.scannedBytes)} scanned · ${dollarsText(receipt.costUsd)} · ${secondsText(receipt.durationMs)}${queuedText(receipt.queries)}`,
      ],
    },
    ...(versions.length > 0 ? [{ label: "Versions", spans: joinSpans(versions, " · ") }] : []),
    ...receipt.queries.map(queryFact),
  ];
}

function notAskedText(reason: string | undefined): string {
  return reason === undefined ? "Not asked." : `Not asked: ${reason}.`;
}

function topSpans(entries: Report["noise"]["topPorts"]): Span[] {
  return joinSpans(
    entries.map(({ name, records }) => [{ value: name }, ` ${countText(records)}`]),
    " · ",
  );
}

// `23/tcp` to `23/tcp (telnet)`
function withService(entry: Report["noise"]["topPorts"][number]): typeof entry {
  const [, port, protocol] = /^(\d+)\/(\w+)$/.exec(entry.name) ?? [];
  if (port === undefined || protocol === undefined) return entry;
  return { ...entry, name: serviceText({ port: Number(port), protocol }) ?? entry.name };
}

function formatFact(format: Report["coverage"]["formats"][number], inFiles: boolean): Fact {
  const files = inFiles ? ` · ${counted(format.files, "file")}` : "";
  return {
    label: "Format",
    spans: [{ value: format.fields }, `${files} · ${counted(format.records, "record")}`],
  };
}

function queryFact(query: ReceiptQuery): Fact {
  const { name, id, scannedRecords, costUsd, consoleUrl } = query;
  const parts = [
    bytesText(query.scannedBytes),
    ...(scannedRecords === undefined ? [] : [counted(scannedRecords, "record")]),
    ...(costUsd === undefined ? [] : [dollarsText(costUsd)]),
    `${secondsText(query.durationMs)}${queuedText([query])}`,
  ];
  return {
    label: "Query",
    spans: [
      { value: name },
      ...(id === null ? [] : [" ", { value: id, url: consoleUrl }]),
      ` · ${parts.join(" · ")}`,
    ],
  };
}

// Of queries in slices the waits are added up, so it need not be a part of the time.
function queuedText(queries: readonly ReceiptQuery[]): string {
  const known = queries.flatMap(({ queuedMs }) => queuedMs ?? []);
  if (known.length === 0) return "";
  return `, queued ${secondsText(known.reduce((all, one) => all + one, 0))}`;
}

type ReceiptQuery = Report["receipt"]["queries"][number];

function secondsText(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1)} s`;
}
