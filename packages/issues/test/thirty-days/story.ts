/** A trouble of the story: what a detection sees, and on which days of November. */
export interface Trouble {
  readonly detection: string;
  readonly scope: "internal" | "egress" | "ingress" | "pipeline";
  readonly client: string | null;
  readonly server: string | null;
  readonly port: number | null;
  readonly refusedAt: "client" | "server" | null;
  readonly clientInterface?: string;
  readonly serverInterface?: string;
  /** Per day. */
  readonly records: number;
  readonly observed: number;
  readonly spread?: number;
  readonly sample?: string;
  readonly days: readonly number[];
  /** Seen only by a later run of its first day, when its file has come. */
  readonly isLate?: boolean;
}

/** What is so on one day, besides the troubles. */
export interface Day {
  readonly date: number;
  /** For the reader of the transcript. */
  readonly happens: string;
  readonly logs?: "damaged" | "none";
  /** What people do at the site after the run of that day. */
  readonly people?: "comment" | "edit" | "not-planned" | "label";
  /** The report is made a second time, with files that came late. */
  readonly isRepeated?: boolean;
}

export const ORDERS: Trouble = {
  detection: "newly-rejected",
  scope: "internal",
  client: "10.0.3.7",
  server: "10.0.9.20",
  port: 5432,
  refusedAt: "server",
  clientInterface: "eni-orders-api",
  serverInterface: "eni-orders-db",
  records: 2311,
  observed: 2311,
  spread: 1,
  sample: "10.0.3.7",
  days: range(2, 4),
};

export const PAYMENTS: Trouble = {
  detection: "egress-denied",
  scope: "egress",
  client: "10.0.5.8",
  server: "203.0.113.50",
  port: 443,
  refusedAt: "client",
  clientInterface: "eni-payments",
  records: 864,
  observed: 864,
  spread: 1,
  sample: "203.0.113.50",
  days: range(2, 12),
};

/** A host that nobody owns looks around: from the 4th, for more than a fortnight. */
export const SCAN: Trouble = {
  detection: "port-scan",
  scope: "internal",
  client: "10.0.7.66",
  server: "10.0.9.20",
  port: null,
  refusedAt: "server",
  clientInterface: "eni-unknown",
  serverInterface: "eni-orders-db",
  records: 1024,
  observed: 412,
  days: range(4, 20),
};

export const ADMIN: Trouble = {
  detection: "admin-port-open",
  scope: "ingress",
  client: null,
  server: "10.0.2.10",
  port: 22,
  refusedAt: null,
  serverInterface: "eni-bastion",
  records: 37,
  observed: 37,
  spread: 9,
  sample: "198.51.100.23",
  days: [20, 21, 24, ...range(26, 28)],
};

export const GAP: Trouble = {
  detection: "coverage-gap",
  scope: "pipeline",
  client: null,
  server: null,
  port: null,
  refusedAt: null,
  records: 0,
  observed: 5,
  sample: "missing-hours",
  days: [26],
};

export const REPLIES: Trouble = {
  detection: "reply-rejected",
  scope: "internal",
  client: "10.0.4.11",
  server: "10.0.9.30",
  port: 6379,
  refusedAt: "client",
  clientInterface: "eni-billing",
  serverInterface: "eni-cache",
  records: 540,
  observed: 540,
  spread: 1,
  days: range(27, 29),
};

export const LATE: Trouble = {
  detection: "egress-denied",
  scope: "egress",
  client: "10.0.4.11",
  server: "203.0.113.77",
  port: 587,
  refusedAt: "client",
  clientInterface: "eni-billing",
  records: 96,
  observed: 96,
  spread: 1,
  sample: "203.0.113.77",
  days: range(28, 29),
  isLate: true,
};

export const TROUBLES = [ORDERS, PAYMENTS, SCAN, ADMIN, GAP, REPLIES, LATE] as const;

export const DAYS: readonly Day[] = [
  { date: 1, happens: "Nothing is refused that should not be." },
  {
    date: 2,
    happens:
      "A deploy breaks orders-api's way to its database, and payments can't reach its provider.",
  },
  { date: 3, happens: "Both go on." },
  { date: 4, happens: "A host that nobody knows scans the database." },
  { date: 5, happens: "The way to the database is open again.", people: "comment" },
  { date: 6, happens: "Nothing changes.", people: "edit" },
  { date: 7, happens: "The team makes egress-denied a high severity in turnaway.yml." },
  { date: 8, happens: "The scan is muted until the 16th: a test by the security team." },
  { date: 9, happens: "The mute ends in a week." },
  { date: 10, happens: "Nothing changes." },
  { date: 11, happens: "Two files are damaged.", logs: "damaged" },
  { date: 12, happens: "The logs are whole again, payments still can't reach its provider." },
  { date: 13, happens: "Payments can. What is left is muted: the first clear day." },
  { date: 14, happens: "The second clear day, as many as configured." },
  { date: 15, happens: "Still clear, and the issue is closed." },
  { date: 16, happens: "The last day of the mute." },
  { date: 17, happens: "The mute is over, and the scan goes on." },
  { date: 18, happens: "Nothing changes.", people: "not-planned" },
  { date: 19, happens: "The scan goes on; a person closed the issue as not planned." },
  { date: 20, happens: "SSH is open to the internet: that is new.", people: "label" },
  { date: 21, happens: "The scan is over." },
  { date: 22, happens: "SSH is closed: the first clear day." },
  { date: 23, happens: "The second clear day." },
  { date: 24, happens: "SSH is open again." },
  { date: 25, happens: "No logs are delivered at all.", logs: "none" },
  { date: 26, happens: "Logs come again after five hours." },
  { date: 27, happens: "A network ACL refuses the cache's answers to billing." },
  {
    date: 28,
    happens: "The report is made, and again when late files have come: billing can't send mail.",
    isRepeated: true,
  },
  { date: 29, happens: "SSH is closed." },
  { date: 30, happens: "All is mended: a clear day." },
];

export function dateOf(day: number): string {
  return `2026-11-${String(day).padStart(2, "0")}`;
}

/** `turnaway.yml` of a day. */
export function configOn(day: number): string {
  return [
    "name: production",
    "report:",
    "  timezone: Europe/Berlin",
    ...(day >= 7 ? ["  detections:", "    egress-denied: { severity: high }"] : []),
    "",
  ].join("\n");
}

/** `mutes.yml` of a day: nobody takes out what is over. */
export function mutesOn(day: number): string {
  if (day < 8) return "";
  return [
    "- match: { client: 10.0.7.66, detection: port-scan }",
    "  reason: Penetration test of November",
    "  owner: team-security",
    "  until: 2026-11-16",
    "",
  ].join("\n");
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
