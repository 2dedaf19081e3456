import { isWithin, type Row } from "@turnaway/core";

import type { Sighting } from "./sightings.ts";

/** Protocols whose records carry ports; the others have 0 there. */
const WITH_PORTS: ReadonlySet<unknown> = new Set([6, 17, 33, 132, 136]);

/** Whether an address is inside, by the configured ranges. */
export type IsInside = (address: string | null) => boolean;

export function insideOf(localRanges: readonly string[]): IsInside {
  return (address) => localRanges.some((range) => isWithin(address, range));
}

/**
 * Rows of a detection's Insights query in the uniform columns of detections.
 *
 * What a record alone does not tell stays NULL: Insights sees one interface at a time, so
 * it can't say at which end something was refused, nor whose interface that is.
 */
export function insightsSightings(
  detection: string,
  rows: readonly Row[],
  { period, isInside }: { readonly period: number | null; readonly isInside: IsInside },
): Sighting[] {
  const shape = SHAPES[detection]!;
  return rows.map((row) => ({
    detection,
    period: period ?? Number(row["period"]),
    ...common(row),
    ...shape(row, isInside),
  }));
}

type Shape = (
  row: Row,
  isInside: IsInside,
) => Pick<Sighting, "scope" | "client" | "server" | "observed">;

const SHAPES: Readonly<Record<string, Shape>> = {
  "newly-rejected": (row) => deniedByServer(row),
  "internal-denied": (row) => deniedByServer(row),
  "egress-denied": (row) => ({
    scope: "egress",
    client: text(row, "client"),
    server: onlyOne(row),
    observed: amount(row, "records"),
  }),
  "port-scan": (row, isInside) => ({
    scope: isInside(text(row, "server")) ? "internal" : "egress",
    client: text(row, "client"),
    server: text(row, "server"),
    observed: amount(row, "spread"),
  }),
  "host-sweep": (row, isInside) => ({
    scope: isInside(text(row, "sample")) ? "internal" : "egress",
    client: text(row, "client"),
    server: null,
    observed: amount(row, "spread"),
  }),
  "admin-port-open": (row) => ({
    scope: "ingress",
    client: onlyOne(row),
    server: text(row, "server"),
    observed: amount(row, "records"),
  }),
};

/** Detections that an Insights query answers. */
export function isInsightsDetection(query: string): boolean {
  return query in SHAPES;
}

function deniedByServer(row: Row): ReturnType<Shape> {
  return {
    scope: "internal",
    client: onlyOne(row),
    server: text(row, "server"),
    observed: amount(row, "records"),
  };
}

function common(row: Row): Omit<Sighting, "detection" | "period" | keyof ReturnType<Shape>> {
  const protocol = "protocol" in row ? (row["protocol"] as number | null) : TCP;
  const port = (row["service_port"] as number | null | undefined) ?? null;
  return {
    protocol,
    service_port: WITH_PORTS.has(protocol) ? port : null,
    records: amount(row, "records"),
    packets: amount(row, "packets"),
    bytes: amount(row, "bytes"),
    first_seen: row["first_seen"] as number | null,
    last_seen: row["last_seen"] as number | null,
    refused_at: null,
    client_interface_id: null,
    server_interface_id: null,
    expected: null,
    since: (row["since"] as number | null | undefined) ?? null,
    spread: Number(row["spread"]),
    sample: text(row, "sample"),
  };
}

const TCP = 6;

// The counterpart by name where there is one only.
function onlyOne(row: Row): string | null {
  return Number(row["spread"]) === 1 ? text(row, "sample") : null;
}

function text(row: Row, column: string): string | null {
  const value = row[column] ?? null;
  return value === null ? null : String(value);
}

function amount(row: Row, column: string): number | bigint {
  return (row[column] as number | bigint | null) ?? 0;
}
