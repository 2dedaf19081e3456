import type { Owned, Row } from "@turnaway/core";

import type { Sighting } from "./sightings.ts";

/** Where interfaces live and whose they are, as last logged. */
export interface Interfaces {
  /** The end that a finding is about: the one that refused, else the inside one that is known. */
  place(sighting: Sighting): Owned;
}

/** From the rows of the interfaces statement. */
export function indexInterfaces(rows: readonly Row[]): Interfaces {
  const byId = new Map(rows.map((row) => [row["interface_id"] as string, row]));
  return {
    place(sighting) {
      const [id, address] = concernedEnd(sighting);
      const row = id === null ? undefined : byId.get(id);
      const text = (column: string): string | null => (row?.[column] as string | null) ?? null;
      const tag = text("owner");
      return {
        address,
        interface: id,
        account: text("account_id"),
        vpc: text("vpc_id"),
        subnet: text("subnet_id"),
        instance: text("instance_id"),
        tags: tag === null ? [] : [tag],
      };
    },
  };
}

function concernedEnd(s: Sighting): [id: string | null, address: string | null] {
  const client: [string | null, string | null] = [s.client_interface_id, s.client];
  const server: [string | null, string | null] = [s.server_interface_id, s.server];
  const preferClient =
    s.refused_at === "client" ||
    s.scope === "egress" ||
    s.detection === "port-scan" ||
    s.detection === "host-sweep";
  const [first, second] = preferClient ? [client, server] : [server, client];
  return first[0] === null && first[1] === null ? second : first;
}
