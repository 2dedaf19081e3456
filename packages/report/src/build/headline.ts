import { type Finding, SEVERITIES, type Verdict } from "@turnaway/core";

import { capitalised } from "../render/words.ts";

/** What the headline says besides verdict and findings. */
export interface HeadlineFacts {
  /** Records that were turned away. */
  readonly rejected: bigint;
  /** Whether the engine can't be asked for some detections. Default is false. */
  readonly isPartlyAsked?: boolean;
}

/** One sentence that a tired person understands. */
export function writeHeadline(
  verdict: Verdict,
  findings: readonly Finding[],
  { rejected, isPartlyAsked = false }: HeadlineFacts,
): string {
  const count = (status: Finding["status"]): number =>
    findings.filter((f) => f.status === status).length;
  const fresh = count("new");
  const ongoing = count("ongoing");
  switch (verdict) {
    case "no-data":
      return "No flow-log records were found for this window, so nothing can be said about it.";
    case "partial":
      return fresh + ongoing === 0
        ? "Part of the logs could not be read: nothing to act on was found in the rest."
        : `Part of the logs could not be read. In the rest: ${sayCounts(fresh, ongoing)}.`;
    case "clear":
      if (rejected === 0n) return "Nothing was turned away, and the logs are complete.";
      return isPartlyAsked
        ? "Nothing that was asked for needs you, and the logs are complete. Not every detection was asked."
        : "Nothing needs you: what was turned away is internet noise or known, and the logs are complete.";
    case "findings":
      return `${capitalised(sayCounts(fresh, ongoing))}${worst(findings)}.`;
  }
}

function sayCounts(fresh: number, ongoing: number): string {
  if (fresh === 0) return `nothing new; ${ongoing} known ${plural(ongoing, "trouble")} still there`;
  const still = ongoing === 0 ? "" : `, ${ongoing} still there`;
  return `${fresh} new ${plural(fresh, "trouble")}${still}`;
}

// The list is ordered by where to look; the headline names what is worst, a new one first.
function worst(findings: readonly Finding[]): string {
  const open = findings.filter((f) => f.status === "new" || f.status === "ongoing");
  const fresh = open.filter((f) => f.status === "new");
  const [first] = (fresh.length > 0 ? fresh : open).toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
  );
  return first === undefined ? "" : `. First: ${first.title}`;
}

function plural(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`;
}
