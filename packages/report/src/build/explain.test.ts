import { expect, test } from "vitest";

import { sampleSighting } from "../../test/sample-sighting.ts";
import { dropExplained } from "./explain.ts";
import type { Sighting } from "./sightings.ts";

interface Case {
  readonly name: string;
  readonly seen: readonly Partial<Sighting>[];
  /** Which of them are left, by their place. */
  readonly left: readonly number[];
}

const port = (service_port: number): Partial<Sighting> => ({ service_port });

const CASES: readonly Case[] = [
  {
    name: "a rule that broke is not also a denied connection, nor a spike",
    seen: [
      { detection: "newly-rejected" },
      { detection: "internal-denied" },
      { detection: "reject-spike", client: null },
    ],
    left: [0],
  },
  {
    name: "a rule that broke on one port explains nothing on another",
    seen: [{ detection: "newly-rejected" }, { detection: "internal-denied", ...port(6379) }],
    left: [0, 1],
  },
  {
    name: "a rule that broke yesterday explains nothing of today",
    seen: [{ detection: "newly-rejected" }, { detection: "internal-denied", period: 1 }],
    left: [0, 1],
  },
  {
    name: "a way out that broke is not also refused on the way out",
    seen: [
      { detection: "newly-rejected", scope: "egress", server: null },
      { detection: "egress-denied", scope: "egress", server: "203.0.113.9" },
      { detection: "egress-denied", scope: "egress", client: "10.0.3.8", server: null },
    ],
    left: [0, 2],
  },
  {
    name: "a rule that broke inside does not hide what is refused on the way out",
    seen: [
      { detection: "newly-rejected" },
      { detection: "egress-denied", scope: "egress", server: "203.0.113.9" },
    ],
    left: [0, 1],
  },
  {
    name: "a denied service is not also a spike of that service",
    seen: [{ detection: "internal-denied" }, { detection: "reject-spike", client: null }],
    left: [0],
  },
  {
    name: "a port scan is not also a denied connection for each port",
    seen: [
      { detection: "port-scan", service_port: null },
      { detection: "internal-denied", ...port(22) },
      { detection: "internal-denied", ...port(23) },
      { detection: "internal-denied", ...port(22), client: "10.0.3.8" },
    ],
    left: [0, 3],
  },
  {
    name: "a port scan does not hide what several clients are refused",
    seen: [
      { detection: "port-scan", service_port: null },
      { detection: "internal-denied", client: null, spread: 2 },
    ],
    left: [0, 1],
  },
  {
    name: "a host sweep is not also a denied connection for each host",
    seen: [
      { detection: "host-sweep", server: null, ...port(445) },
      { detection: "internal-denied", ...port(445), server: "10.0.9.21" },
      { detection: "egress-denied", ...port(445), server: "203.0.113.9" },
      { detection: "internal-denied", ...port(446) },
    ],
    left: [0, 3],
  },
  {
    name: "a door that opened is not also an open door",
    seen: [{ detection: "newly-accepted" }, { detection: "admin-port-open", client: null }],
    left: [0],
  },
  {
    name: "an upload through a NAT gateway is told once",
    seen: [
      { detection: "large-transfer", client: "10.0.3.7", server: "203.0.113.9" },
      { detection: "large-transfer", client: "10.0.3.7", server: "10.0.0.5" },
      { detection: "large-transfer", client: "10.0.0.5", server: "203.0.113.9" },
    ],
    left: [0],
  },
  {
    name: "a refused reply explains nothing else",
    seen: [{ detection: "reply-rejected" }, { detection: "internal-denied" }],
    left: [0, 1],
  },
];

test.each(CASES)("$name", ({ seen, left }) => {
  const sightings = seen.map(sampleSighting);
  expect(dropExplained(sightings).map((s) => sightings.indexOf(s))).toEqual(left);
});

test("what is left does not depend on the order of the rows", () => {
  for (const { seen, left } of CASES) {
    const sightings = seen.map(sampleSighting);
    const kept = dropExplained(sightings.toReversed()).map((s) => sightings.indexOf(s));
    expect(kept.toSorted((a, b) => a - b)).toEqual(left);
  }
});
