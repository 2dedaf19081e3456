import { listSqlFiles } from "@turnaway/sql";
import fc from "fast-check";
import { expect, test } from "vitest";

import { sampleSighting } from "../../test/sample-sighting.ts";
import { findingKey } from "./finding-key.ts";
import type { Sighting } from "./sightings.ts";

test.each<[key: string, columns: string, own: Partial<Sighting>]>([
  ["newly-rejected/10.0.9.20/tcp/5432", "server protocol port", { detection: "newly-rejected" }],
  ["port-scan/10.0.3.7/10.0.9.20", "client server", { detection: "port-scan" }],
  [
    "host-sweep/10.0.3.7/tcp/445",
    "client protocol port",
    { detection: "host-sweep", service_port: 445 },
  ],
  [
    "unusual-protocol/a/b/gre",
    "client server protocol",
    { detection: "unusual-protocol", client: "a", server: "b", protocol: 47 },
  ],
  [
    "admin-port-open/fd12::a/tcp/22",
    "server protocol port",
    { detection: "admin-port-open", server: "fd12::a", service_port: 22 },
  ],
  [
    "block-public-access/egress/10.0.3.7/tcp/443",
    "scope client server protocol port",
    { detection: "block-public-access", scope: "egress", server: null, service_port: 443 },
  ],
  [
    "coverage-gap/silent-interface/eni-client",
    "sample interface",
    { detection: "coverage-gap", sample: "silent-interface" },
  ],
  [
    "coverage-gap/skipdata",
    "sample interface",
    { detection: "coverage-gap", sample: "skipdata", client_interface_id: null },
  ],
])("%s is made of %s", (key, columns, own) => {
  expect(findingKey(sampleSighting(own), columns.split(" "))).toBe(key);
});

test("every detection makes its key of columns that a sighting has", () => {
  const named = sampleSighting({ sample: "skipdata" });
  for (const { name, detection } of listSqlFiles("detections")) {
    const columns = detection!.key.split(" ");
    const parts = findingKey(named, columns).split("/");
    expect({ name, parts: parts.length }).toEqual({ name, parts: columns.length + 1 });
  }
});

test("counts, times and evidence never move a key", () => {
  const count = fc.nat();
  const varying = fc.record({
    period: count,
    records: count,
    packets: count,
    bytes: count,
    first_seen: count,
    last_seen: count,
    observed: count,
    expected: count,
    since: count,
    spread: count,
  });
  fc.assert(
    fc.property(varying, (own) => {
      for (const { detection } of listSqlFiles("detections")) {
        const columns = detection!.key.split(" ");
        expect(findingKey(sampleSighting(own), columns)).toBe(
          findingKey(sampleSighting(), columns),
        );
      }
    }),
  );
});
