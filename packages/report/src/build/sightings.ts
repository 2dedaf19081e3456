import type { Row } from "@turnaway/core";

/**
 * What a detection saw in one period: a row of the uniform columns that every
 * detection answers with. See packages/sql/detections/README.md.
 */
export interface Sighting {
  readonly detection: string;
  readonly period: number;
  readonly scope: "internal" | "egress" | "ingress" | "pipeline";
  readonly client: string | null;
  readonly server: string | null;
  readonly protocol: number | null;
  readonly service_port: number | null;
  readonly records: number | bigint;
  readonly packets: number | bigint;
  readonly bytes: number | bigint;
  readonly first_seen: number | null;
  readonly last_seen: number | null;
  readonly refused_at: "client" | "server" | "both" | null;
  readonly client_interface_id: string | null;
  readonly server_interface_id: string | null;
  readonly observed: number | bigint | null;
  readonly expected: number | bigint | null;
  readonly since: number | null;
  readonly spread: number | null;
  readonly sample: string | null;
}

/** Rows of the detections statement, as they are. */
export function toSightings(rows: readonly Row[]): Sighting[] {
  return rows.map((row) => row as unknown as Sighting);
}

/** Rows of the coverage-gap statement: about the logs, so they have no ends. */
export function gapsToSightings(rows: readonly Row[]): Sighting[] {
  return rows.map((row) => ({
    detection: "coverage-gap",
    period: Number(row["period"]),
    scope: "pipeline",
    client: null,
    server: null,
    protocol: null,
    service_port: null,
    records: 0,
    packets: 0,
    bytes: 0,
    first_seen: row["first_seen"] as number | null,
    last_seen: row["last_seen"] as number | null,
    refused_at: null,
    client_interface_id: row["interface_id"] as string | null,
    server_interface_id: null,
    observed: row["observed"] as number,
    expected: row["expected"] as number,
    since: null,
    spread: null,
    sample: row["sample"] as string,
  }));
}
