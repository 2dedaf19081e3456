import { addDays, type Finding, type Report, type Verdict } from "@turnaway/core";
import { sampleReport } from "@turnaway/report";

/** A finding of a test: what is there on a day, by a short name. */
export interface Trouble {
  readonly name: string;
  readonly severity?: Finding["severity"];
  readonly status?: Finding["status"];
  readonly day?: number;
  readonly owner?: string | null;
  readonly mute?: Finding["mute"];
}

/** The report of one day in November or December 2026, with just these findings. */
export function dayReport(
  day: string,
  troubles: readonly Trouble[] = [],
  verdict?: Verdict,
): Report {
  const findings = troubles.map((trouble) => finding(day, trouble));
  const open = findings.filter(({ status }) => status === "new" || status === "ongoing");
  const count = (status: Finding["status"]): number =>
    findings.filter((each) => each.status === status).length;
  const found = open.length === 0 ? "clear" : "findings";
  return {
    ...sampleReport("clear"),
    verdict: verdict ?? found,
    headline: headline(verdict ?? found, count("new"), count("ongoing")),
    window: { start: `${day}T00:00:00Z`, end: `${addDays(day, 1)}T00:00:00Z`, timezone: "UTC" },
    counts: {
      new: count("new"),
      ongoing: count("ongoing"),
      resolved: count("resolved"),
      muted: count("muted"),
    },
    findings,
    trend: [],
  };
}

function headline(verdict: Verdict, fresh: number, ongoing: number): string {
  switch (verdict) {
    case "clear":
      return "Nothing was turned away that should not have been.";
    case "findings":
      return `${fresh} new, ${ongoing} still there.`;
    case "partial":
      return "Part of the logs could not be read.";
    case "no-data":
      return "No flow-log records were found for this window, so nothing can be said about it.";
  }
}

function finding(day: string, trouble: Trouble): Finding {
  const { name, severity = "high", status = "new", owner = "team-orders", mute = null } = trouble;
  const [first] = sampleReport().findings;
  return {
    ...first!,
    key: `internal-denied/${name}/tcp/5432`,
    detection: "internal-denied",
    severity,
    status,
    day: trouble.day ?? (status === "ongoing" ? 2 : 1),
    firstSeen: `${addDays(day, 1 - (trouble.day ?? (status === "ongoing" ? 2 : 1)))}T10:00:00Z`,
    lastSeen: `${day}T23:00:00Z`,
    client: "10.0.3.7",
    server: name,
    owner,
    title: `10.0.3.7 is refused at ${name}:5432`,
    trace: `10.0.3.7->${name}:5432`,
    mute,
    evidence: {},
  };
}
