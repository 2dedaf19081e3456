import { protocolName } from "@turnaway/core";

import type { Sighting } from "./sightings.ts";

/**
 * The stable key of a trouble: `newly-rejected/10.0.9.20/tcp/5432`.
 *
 * It is made of what names the trouble and of nothing that varies from day to day
 * or between engines. A person can read it, and paste it into `mutes.yml`.
 */
export function findingKey(sighting: Sighting, columns: readonly string[]): string {
  const parts = columns.map((column) => keyPart(sighting, column));
  return [sighting.detection, ...parts.filter((part) => part !== null)].join("/");
}

function keyPart(sighting: Sighting, column: string): string | null {
  switch (column) {
    case "client":
      return sighting.client;
    case "server":
      return sighting.server;
    case "protocol":
      return sighting.protocol === null ? null : protocolName(sighting.protocol);
    case "port":
      return sighting.service_port === null ? null : String(sighting.service_port);
    case "scope":
      return sighting.scope;
    case "sample":
      return sighting.sample;
    case "interface":
      return sighting.client_interface_id;
    default:
      return null;
  }
}
