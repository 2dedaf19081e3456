import { isWithin, LOCAL_RANGES, type Row } from "@turnaway/core";

import { instant } from "./case-time.ts";

/** Short names of the columns that nearly every case of a detection gives. */
const SHORT: Readonly<Record<string, string>> = {
  port: "service_port",
  accepted: "accepted_records",
  rejected: "rejected_records",
  replies: "reply_rejected_records",
  late: "late_records",
};

/** A row of `traffic_rollup` from the columns that matter to a case. */
export function fillTrafficRow(given: Row): Row {
  const row = withLongNames(given);
  const count = (column: string): number => Number(row[`${column}_records`] ?? 0);
  const { day, hour } = timeOf(row);
  const refused = count("rejected") + count("reply_rejected");
  const amounts = ["accepted", "rejected", "reply_rejected", "late"].map((kind) => ({
    [`${kind}_records`]: count(kind),
    [`${kind}_packets`]: count(kind),
    [`${kind}_bytes`]: count(kind) * 100,
  }));
  return {
    protocol: 6,
    scope: scopeOf(row),
    clients: 1,
    is_lone: false,
    decided_by: "known-port",
    sent_bytes: 0,
    logged_records: count("accepted") + refused + count("late"),
    refused_at: refused > 0 ? "server" : null,
    first_accept: count("accepted") > 0 ? hour : null,
    last_accept: count("accepted") > 0 ? hour : null,
    first_reject: refused > 0 ? hour : null,
    last_reject: refused > 0 ? hour : null,
    ...(Object.assign({}, ...amounts) as Row),
    ...row,
    day,
    hour,
  };
}

/** A row of `coverage_rollup` from the columns that matter to a case. */
export function fillCoverageRow(given: Row): Row {
  const { day, hour } = timeOf(given);
  return {
    log_status: "OK",
    action: given["log_status"] === undefined ? "ACCEPT" : null,
    records: 1,
    packets: 1,
    bytes: 100,
    first_start: hour,
    last_end: hour + 59,
    ...given,
    day,
    hour,
  };
}

function withLongNames(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [SHORT[name] ?? name, value]),
  );
}

// A case of days names the day alone; it is then nine o'clock.
function timeOf(row: Row): { day: string; hour: number } {
  const given = row["hour"] as number | undefined;
  const day = (row["day"] as string | undefined) ?? dayOfHour(given ?? instant("d0T09:00")!);
  const hour = given ?? Date.parse(`${day}T09:00:00Z`) / 1000;
  return { day, hour };
}

function dayOfHour(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

function scopeOf(row: Row): string {
  const isLocal = (address: unknown): boolean =>
    LOCAL_RANGES.some((range) => isWithin(address as string | null, range));
  // A row without a client stands for folded clients, and those are outside.
  if (isLocal(row["client"])) return isLocal(row["server"]) ? "internal" : "egress";
  return isLocal(row["server"]) ? "ingress" : "transit";
}
