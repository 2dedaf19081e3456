import { dayWindow, type QueryEngine, type Row } from "@turnaway/core";
import type { ReadCoverage } from "@turnaway/report";
import { DAYS, dateOf, TROUBLES, type Trouble } from "./story.ts";

/** Of October, so that there is something to compare with from the first day on. */
const HISTORY_BEGINS = "2026-10-20";
const ZONE = "Europe/Berlin";

/**
 * The story as the rows that the statements of a report answer with. The SQL that makes such rows
 * of logs is tested elsewhere; all that comes after them is the real thing.
 *
 * @param labels days of the report's periods, oldest first
 * @param isWhole whether the files that come late have come
 */
export function toldEngine(labels: readonly string[], isWhole: boolean): QueryEngine {
  const periods = labels.flatMap((label, period) => (hasLogs(label) ? [{ label, period }] : []));
  const answers: Readonly<Record<string, () => Row[]>> = {
    periods: () => periods.map(({ period }) => trafficRow(period)),
    hours: () => periods.map(({ label, period }) => ({ period, hours: hoursOn(label) })),
    coverage: () => periods.map(({ period }) => ({ period, ...LOGGED })),
    noise: () => NOISE,
    interfaces: () => INTERFACES,
    "coverage-gap": () => seen({ labels, isWhole }, true).map(gapRow),
    detections: () => seen({ labels, isWhole }, false).map(sightingRow),
  };
  return {
    name: "athena",
    dialect: "athena",
    run: async ({ name }) => {
      const rows = answers[name]?.();
      if (rows === undefined) throw new Error(`the story has no answer to ${name}`);
      return { columns: [], rows, stats: { queryId: null, scannedBytes: 0, durationMs: 0 } };
    },
  };
}

/** What the reader of the files says of that day. */
export function readOn(date: string): ReadCoverage {
  const logs = logsOn(date);
  const records = logs === "none" ? 0 : 48_000;
  const detail = "the file ends in the middle of a gzip member";
  const damaged = (file: string): ReadCoverage["problems"][number] => ({
    code: "GZIP_TRUNCATED",
    where: `${date}/${file}.log.gz`,
    detail,
    partial: true,
  });
  return {
    files: logs === "none" ? 0 : 288,
    bytes: records * 9,
    lines: records,
    headers: 0,
    records,
    malformed: 0,
    formats: [],
    problems: logs === "damaged" ? [damaged("T0905Z"), damaged("T0910Z")] : [],
    logged: logs === "none" ? [] : [LOGGED],
    interfaces: logs === "none" ? 0 : 14,
    excluded: 0,
    undated: 0,
  };
}

interface Seen {
  readonly trouble: Trouble;
  readonly period: number;
  readonly date: string;
}

interface Told {
  readonly labels: readonly string[];
  readonly isWhole: boolean;
}

function seen({ labels, isWhole }: Told, ofLogs: boolean): Seen[] {
  return TROUBLES.filter(({ scope }) => (scope === "pipeline") === ofLogs).flatMap((trouble) =>
    trouble.days
      .map((day) => dateOf(day))
      .filter((date) => isWhole || !trouble.isLate || date !== labels.at(-1))
      .map((date) => ({ trouble, date, period: labels.indexOf(date) }))
      .filter(({ period }) => period >= 0),
  );
}

function sightingRow({ trouble, period, date }: Seen): Row {
  const { start } = dayWindow(date, ZONE);
  const isFirst = date === dateOf(trouble.days[0]!);
  return {
    detection: trouble.detection,
    period,
    scope: trouble.scope,
    client: trouble.client,
    server: trouble.server,
    protocol: 6,
    service_port: trouble.port,
    records: trouble.records,
    packets: trouble.records * 2,
    bytes: trouble.records * 120,
    first_seen: start + (isFirst ? 14 * 3600 + 300 : 60),
    last_seen: start + 86_340,
    refused_at: trouble.refusedAt,
    client_interface_id: trouble.clientInterface ?? null,
    server_interface_id: trouble.serverInterface ?? null,
    observed: trouble.observed,
    expected: null,
    since: trouble.detection === "newly-rejected" ? start + 14 * 3600 : null,
    spread: trouble.spread ?? null,
    sample: trouble.sample ?? null,
  };
}

function gapRow({ trouble, period, date }: Seen): Row {
  const { start } = dayWindow(date, ZONE);
  return {
    period,
    first_seen: start,
    last_seen: start + 5 * 3600,
    interface_id: null,
    observed: trouble.observed,
    expected: 24,
    sample: trouble.sample ?? null,
  };
}

function hasLogs(date: string): boolean {
  return date >= HISTORY_BEGINS && logsOn(date) !== "none";
}

function logsOn(date: string): "damaged" | "none" | undefined {
  return DAYS.find((day) => dateOf(day.date) === date)?.logs;
}

function hoursOn(date: string): number {
  return date === dateOf(26) ? 19 : 24;
}

function trafficRow(period: number): Row {
  return {
    period,
    accepted_records: 41_000,
    accepted_packets: 820_000,
    accepted_bytes: 610_000_000,
    rejected_records: 5200,
    rejected_packets: 5400,
    rejected_bytes: 312_000,
    late_records: 140,
    late_pairs: 12,
  };
}

const LOGGED = {
  log_status: "OK",
  action: "ACCEPT",
  records: 48_000,
  packets: 825_400,
  bytes: 610_312_000,
  first_start: null,
  last_end: null,
} as const;

const NOISE: Row[] = [
  { kind: "total", name: null, records: 5100, sources: 812, place: 1 },
  { kind: "port", name: "23/6", records: 1900, sources: 400, place: 1 },
  { kind: "port", name: "3389/6", records: 1100, sources: 210, place: 2 },
  { kind: "source", name: "198.51.100.23", records: 240, sources: 1, place: 1 },
];

const INTERFACES: Row[] = [
  place("eni-orders-api", "team-orders"),
  place("eni-orders-db", "team-orders"),
  place("eni-payments", "team-payments"),
  place("eni-billing", "team-billing"),
  place("eni-cache", "team-billing"),
  place("eni-bastion", "team-platform"),
  place("eni-unknown", null),
];

function place(name: string, owner: string | null): Row {
  return {
    interface_id: name,
    account_id: "111122223333",
    region: "eu-central-1",
    vpc_id: "vpc-0a1b2c3d4e5f60718",
    subnet_id: null,
    instance_id: null,
    owner,
  };
}
