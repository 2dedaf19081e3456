import type { Sighting } from "../src/build/sightings.ts";

/** A refused connection inside, in period 0; the rest as given. */
export function sampleSighting(own: Partial<Sighting> = {}): Sighting {
  return {
    detection: "internal-denied",
    period: 0,
    scope: "internal",
    client: "10.0.3.7",
    server: "10.0.9.20",
    protocol: 6,
    service_port: 5432,
    records: 10,
    packets: 20,
    bytes: 1200,
    first_seen: 1_000_000,
    last_seen: 1_003_600,
    refused_at: "server",
    client_interface_id: "eni-client",
    server_interface_id: "eni-server",
    observed: 10,
    expected: null,
    since: null,
    spread: 1,
    sample: null,
    ...own,
  };
}
