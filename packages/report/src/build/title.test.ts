import { DETECTION_IDS, type Severity } from "@turnaway/core";
import { describe, expect, test } from "vitest";

import { sampleSighting } from "../../test/sample-sighting.ts";
import type { Sighting } from "./sightings.ts";
import { findingSeverity, findingTitle } from "./title.ts";

type Own = Partial<Sighting> & { readonly detection: string };

const inside = { client: "10.0.3.7", server: "10.0.9.20" };

const TITLES: readonly (readonly [title: string, own: Own])[] = [
  [
    "10.0.3.7 to 10.0.9.20 5432/tcp is refused, was let through before",
    { detection: "newly-rejected" },
  ],
  [
    "4 clients to 10.0.9.20 5432/tcp is refused, was let through before",
    { detection: "newly-rejected", client: null, spread: 4 },
  ],
  [
    "10.0.3.7 to 3 servers 443/tcp is refused, was let through before",
    { detection: "newly-rejected", scope: "egress", server: null, spread: 3, service_port: 443 },
  ],
  [
    "198.51.100.7 to 10.0.9.20 22/tcp is let through, was refused before",
    { detection: "newly-accepted", client: "198.51.100.7", service_port: 22 },
  ],
  ["10.0.3.7 to 10.0.9.20 5432/tcp is refused inside", { detection: "internal-denied" }],
  [
    "10.0.3.7 to several servers 6667/tcp is refused on the way out",
    { detection: "egress-denied", server: null, spread: null, service_port: 6667 },
  ],
  [
    "10.0.3.7 to 10.0.9.20 5432/tcp is answered, and the answer refused",
    { detection: "reply-rejected" },
  ],
  [
    "10.0.3.7 tried 400 ports of 10.0.9.20",
    { detection: "port-scan", observed: 400, service_port: null },
  ],
  [
    "10.0.3.7 tried 180 hosts on 445/tcp",
    { detection: "host-sweep", observed: 180, server: null, service_port: 445 },
  ],
  [
    "10.0.9.20 8443/tcp refused 900 records, 40 is usual",
    { detection: "reject-spike", client: null, observed: 900, expected: 40, service_port: 8443 },
  ],
  [
    "10.0.9.20 22/tcp is open to the internet",
    { detection: "admin-port-open", client: null, service_port: 22 },
  ],
  [
    "203.0.113.77 to 10.0.9.20 443/tcp is refused by Block Public Access",
    { detection: "block-public-access", client: "203.0.113.77", service_port: 443 },
  ],
  [
    "10.0.3.7 to 10.0.9.20 9092/tcp is refused for want of encryption",
    { detection: "encryption-control", service_port: 9092 },
  ],
  [
    "10.0.3.7 to 203.0.113.9 443/tcp moved far more data than ever",
    { detection: "large-transfer", server: "203.0.113.9", service_port: 443 },
  ],
  [
    "10.0.3.7 to 10.0.9.20 uses gre for the first time",
    { detection: "unusual-protocol", protocol: 47, service_port: null },
  ],
  [
    "AWS lost records: 12 SKIPDATA of 900 records",
    { detection: "coverage-gap", sample: "skipdata", observed: 12, expected: 900 },
  ],
  [
    "3 of 24 hours have no records at all",
    { detection: "coverage-gap", sample: "missing-hours", observed: 3, expected: 24 },
  ],
  [
    "eni-client was silent for 5 hours",
    { detection: "coverage-gap", sample: "silent-interface", observed: 5 },
  ],
  ["No record carries an owner tag any more", { detection: "coverage-gap", sample: "tags-gone" }],
];

describe("the title", () => {
  test.each(TITLES)("%s", (title, own) => {
    expect(findingTitle(sampleSighting({ ...inside, ...own }))).toBe(title);
  });

  test("says of every detection something that no other says", () => {
    const written = new Set(TITLES.map(([, { detection }]) => detection));
    expect(DETECTION_IDS.filter((id) => !written.has(id))).toEqual(["late-packet"]);
    const titles = [...written].map((detection) => findingTitle(sampleSighting({ detection })));
    expect(new Set(titles).size).toBe(written.size);
  });

  test("keeps the digits of a count past 2^53", () => {
    const title = findingTitle(sampleSighting({ detection: "port-scan", observed: 2n ** 60n }));
    expect(title).toContain("tried 1152921504606846976 ports");
  });
});

test.each<[severity: Severity, usual: Severity, own: Own]>([
  ["high", "high", { detection: "newly-rejected" }],
  ["low", "high", { detection: "newly-rejected", scope: "ingress" }],
  ["high", "high", { detection: "newly-rejected", scope: "egress" }],
  ["critical", "high", { detection: "newly-accepted", scope: "ingress" }],
  ["high", "high", { detection: "newly-accepted", scope: "internal" }],
  ["low", "medium", { detection: "reject-spike", scope: "ingress" }],
  ["medium", "medium", { detection: "reject-spike", scope: "internal" }],
  ["low", "medium", { detection: "coverage-gap", scope: "pipeline", sample: "tags-gone" }],
  ["medium", "medium", { detection: "coverage-gap", scope: "pipeline", sample: "skipdata" }],
  ["critical", "critical", { detection: "admin-port-open", scope: "ingress" }],
])("severity is %s, where %s is usual, of %o", (severity, usual, own) => {
  expect(findingSeverity(sampleSighting(own), usual)).toBe(severity);
});
