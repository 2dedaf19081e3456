import { expect, test } from "vitest";

import { sampleSighting } from "../../test/sample-sighting.ts";
import { relayedLegs } from "./relayed-legs.ts";
import type { Sighting } from "./sightings.ts";

interface Case {
  readonly name: string;
  /** `client>server bytes`; behind it a period, a port or a detection of its own. */
  readonly transfers: readonly (readonly [
    ends: string,
    bytes: number | bigint,
    own?: Partial<Sighting>,
  ])[];
  /** Ends of the legs. */
  readonly legs: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: "an upload through a NAT gateway is one transfer and two legs",
    transfers: [
      ["host>net", 6000],
      ["host>nat", 6000],
      ["nat>net", 6000],
    ],
    legs: ["host>nat", "nat>net"],
  },
  {
    name: "sums of other windows differ by a tenth at most",
    transfers: [
      ["host>net", 1000],
      ["host>nat", 1100],
      ["nat>net", 900],
    ],
    legs: ["host>nat", "nat>net"],
  },
  {
    name: "a leg that moved more than that is a transfer of its own, and so is its other half",
    transfers: [
      ["host>net", 1000],
      ["host>nat", 1101],
      ["nat>net", 1000],
    ],
    legs: [],
  },
  {
    name: "a relay that was seen from both sides only is two transfers",
    transfers: [
      ["host>proxy", 1000],
      ["proxy>net", 1000],
    ],
    legs: [],
  },
  {
    name: "one leg alone is a transfer",
    transfers: [
      ["host>net", 1000],
      ["host>nat", 1000],
    ],
    legs: [],
  },
  {
    name: "another port is another transfer",
    transfers: [
      ["host>net", 1000],
      ["host>nat", 1000, { service_port: 22 }],
      ["nat>net", 1000],
    ],
    legs: [],
  },
  {
    name: "another period is another transfer",
    transfers: [
      ["host>net", 1000],
      ["host>nat", 1000],
      ["nat>net", 1000, { period: 1 }],
    ],
    legs: [],
  },
  {
    name: "another detection is left alone",
    transfers: [
      ["host>net", 10],
      ["host>nat", 10],
      ["nat>net", 10],
    ].map(([ends, bytes]) => [ends as string, bytes as number, { detection: "newly-accepted" }]),
    legs: [],
  },
  {
    name: "a host that talks to itself is not its own relay",
    transfers: [
      ["host>net", 1000],
      ["host>host", 1000],
    ],
    legs: [],
  },
  {
    name: "counts past 2^53 are compared exactly",
    transfers: [
      ["host>net", 2n ** 60n],
      ["host>nat", 2n ** 60n],
      ["nat>net", 2n ** 60n + 1n],
    ],
    legs: ["host>nat", "nat>net"],
  },
];

test.each(CASES)("$name", ({ transfers, legs }) => {
  const sightings = transfers.map(([ends, bytes, own]) => {
    const [client, server] = ends.split(">") as [string, string];
    return sampleSighting({ detection: "large-transfer", client, server, bytes, ...own });
  });
  const found = relayedLegs(sightings);
  expect([...found].map((s) => `${s.client}>${s.server}`).toSorted()).toEqual(legs);
});
