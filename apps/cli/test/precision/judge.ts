import type { Finding, Report } from "@turnaway/core";
import { explains, type Incident } from "@turnaway/simulator";

import type { ReportedDays } from "./report-days.ts";

/** How one detection did. Recall is found of planted, precision is explained of findings. */
export interface Tally {
  /** Incidents that it must find. */
  readonly planted: number;
  /** Of these, the ones that it reported as new on their first day. */
  readonly found: number;
  /** What it reported as new, on all days. */
  readonly findings: number;
  /** Of these, the ones that an incident of that day explains. */
  readonly explained: number;
}

/** What came out for one VPC. */
export interface Judgement {
  readonly byDetection: ReadonlyMap<string, Tally>;
  /** Incidents that must be in no finding, by kind. */
  readonly harmless: readonly string[];
  /** A sentence for each thing that the reports got wrong; empty when all is right. */
  readonly mistakes: readonly string[];
}

/** Holds the reports of all days against the labels of what was planted. */
export function judge({ incidents, reports }: ReportedDays): Judgement {
  const planted = incidents.filter(({ expected }) => expected === "finding");
  const fresh = [...reports].flatMap(([day, { findings }]) =>
    findings
      .filter(({ status }) => status === "new")
      .map((finding) => ({
        finding,
        day,
        explained: planted.some((one) => one.days.includes(day) && isAbout(one, finding)),
      })),
  );
  const found = new Set(planted.filter((one) => firstFinding(one, reports) !== undefined));
  const detections = [...planted, ...fresh.map(({ finding }) => finding)].map((d) => d.detection);
  const tally = (detection: string): Tally => {
    const incidentsOf = planted.filter((one) => one.detection === detection);
    const findingsOf = fresh.filter(({ finding }) => finding.detection === detection);
    return {
      planted: incidentsOf.length,
      found: incidentsOf.filter((one) => found.has(one)).length,
      findings: findingsOf.length,
      explained: findingsOf.filter(({ explained }) => explained).length,
    };
  };
  return {
    byDetection: new Map([...new Set(detections)].map((id) => [id, tally(id)])),
    harmless: incidents.filter((one) => one.expected !== "finding").map(({ kind }) => kind),
    mistakes: [
      ...planted.flatMap((one) => mistakesAbout(one, reports)),
      ...fresh
        .filter(({ explained }) => !explained)
        .map(({ day, finding }) => `${day}: ${finding.key} is new, and nothing explains it`),
      ...unannounced(reports),
      ...incidents.flatMap((one) => uncounted(one, reports)),
    ],
  };
}

/** The sum of tallies of several VPCs. */
export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (count: keyof Tally): number => tallies.reduce((all, one) => all + one[count], 0);
  return {
    planted: sum("planted"),
    found: sum("found"),
    findings: sum("findings"),
    explained: sum("explained"),
  };
}

type Reports = ReadonlyMap<string, Report>;

// A gap has no ends to compare, so what kind of gap it is must agree.
const GAP_KEYS: Readonly<Record<string, string>> = {
  "coverage-gap": "coverage-gap/missing-hours",
  "skip-data": "coverage-gap/skipdata",
};

function isAbout(incident: Incident, finding: Finding): boolean {
  const gap = GAP_KEYS[incident.kind];
  return explains(incident, finding) && (gap === undefined || gap === finding.key);
}

function firstFinding(incident: Incident, reports: Reports): Finding | undefined {
  return reports
    .get(incident.day)!
    .findings.find(
      (finding) =>
        finding.status === "new" &&
        finding.detection === incident.detection &&
        isAbout(incident, finding),
    );
}

// New on its first day, then ongoing with the days counted, then resolved once, then
// gone; and on no day told twice.
function mistakesAbout(incident: Incident, reports: Reports): string[] {
  const name = `${incident.kind} (${incident.client} to ${incident.server}, ${incident.port})`;
  const first = firstFinding(incident, reports);
  if (first === undefined) return [`${incident.day}: ${name} is not found`];
  const days = [...reports.keys()].filter((day) => day >= incident.day);
  return days.flatMap((day, index) => {
    const { findings } = reports.get(day)!;
    const own = findings.find(({ key }) => key === first.key);
    const said = own === undefined ? "absent" : `${own.status}, day ${own.day}`;
    const right = lifeOf(incident, index);
    const twice = findings.filter(
      (other) =>
        other.status !== "resolved" && incident.days.includes(day) && isAbout(incident, other),
    );
    return [
      ...(said === right ? [] : [`${day}: ${first.key} is ${said}, not ${right}`]),
      ...(twice.length < 2 ? [] : [`${day}: ${name} is told ${twice.length} times`]),
    ];
  });
}

function lifeOf({ days }: Incident, index: number): string {
  if (index < days.length) return `${index === 0 ? "new" : "ongoing"}, day ${index + 1}`;
  return index === days.length ? `resolved, day ${days.length}` : "absent";
}

// What goes on or has ended was new on some day before.
function unannounced(reports: Reports): string[] {
  const announced = new Set<string>();
  return [...reports].flatMap(([day, { findings }]) => {
    for (const { key, status } of findings) if (status === "new") announced.add(key);
    return findings
      .filter(({ key }) => !announced.has(key))
      .map(({ key, status }) => `${day}: ${key} is ${status}, and was never new`);
  });
}

/** Of 120 planted late packets nearly all are refused on the day that they are planted on. */
const MOST_LATE_PACKETS = 100;

function uncounted({ expected, day }: Incident, reports: Reports): string[] {
  const counted = reports.get(day)!.latePackets!.records;
  if (expected !== "counted-apart" || counted >= MOST_LATE_PACKETS) return [];
  return [`${day}: only ${counted} late packets are counted`];
}
