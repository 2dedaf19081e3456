import { defaultConfig, type Finding, type Mute, parseConfig, type Row } from "@turnaway/core";
import { describe, expect, test } from "vitest";

import { sampleSighting } from "../../test/sample-sighting.ts";
import { buildFindings, type FindingsInput } from "./findings.ts";
import { indexInterfaces } from "./interfaces.ts";
import type { Sighting } from "./sightings.ts";

const DAY = "2026-11-19";
const MIDNIGHT = Date.parse(`${DAY}T00:00:00Z`) / 1000;

describe("the order", () => {
  test("is status, scope, severity, count, key: the next action first", () => {
    const rows: readonly Partial<Sighting>[] = [
      { detection: "port-scan", server: "10.0.9.1", service_port: null, period: 0 },
      { detection: "port-scan", server: "10.0.9.1", service_port: null, period: 1 },
      { detection: "internal-denied", server: "10.0.9.2", period: 0 },
      { detection: "internal-denied", server: "10.0.9.3", records: 5, period: 1 },
      { detection: "internal-denied", server: "10.0.9.5", records: 9, period: 1 },
      { detection: "internal-denied", server: "10.0.9.4", records: 5, period: 1 },
      {
        detection: "egress-denied",
        scope: "egress",
        server: "203.0.113.9",
        records: 70,
        period: 1,
      },
      {
        detection: "reject-spike",
        scope: "ingress",
        client: null,
        records: 2n ** 60n,
        server: "10.0.9.6",
        period: 1,
      },
      {
        detection: "newly-accepted",
        scope: "ingress",
        client: "198.51.100.7",
        server: "10.0.9.7",
        period: 1,
      },
      { detection: "newly-rejected", server: "10.0.9.8", period: 1 },
    ];
    const order = [
      "high new newly-rejected/10.0.9.8/tcp/5432",
      "medium new internal-denied/10.0.9.5/tcp/5432",
      "medium new internal-denied/10.0.9.3/tcp/5432",
      "medium new internal-denied/10.0.9.4/tcp/5432",
      "medium new egress-denied/10.0.3.7/tcp/5432",
      "critical new newly-accepted/10.0.9.7/tcp/5432",
      "low new reject-spike/10.0.9.6/tcp/5432",
      "high ongoing port-scan/10.0.3.7/10.0.9.1",
      "medium resolved internal-denied/10.0.9.2/tcp/5432",
    ];
    const list = (sightings: readonly Partial<Sighting>[]): string[] =>
      build(sightings).map(({ severity, status, key }) => `${severity} ${status} ${key}`);
    expect(list(rows)).toEqual(order);
    expect(list(rows.toReversed())).toEqual(order);
  });
});

describe("a mute", () => {
  const seen = [{ period: 1 }];
  const mute = (until: string, match: Mute["match"]): Mute => ({
    match,
    reason: "known",
    owner: "team-a",
    until,
  });

  test.each<
    [name: string, mutes: readonly Mute[], status: Finding["status"], until: string | null]
  >([
    ["in force mutes", [mute("2026-12-01", { client: "10.0.0.0/16" })], "muted", "2026-12-01"],
    ["mutes on its last day", [mute(DAY, { port: 5432 })], "muted", DAY],
    [
      "that ended yesterday is named, and mutes no more",
      [mute("2026-11-18", { port: 5432 })],
      "new",
      "2026-11-18",
    ],
    ["of another port is none", [mute("2026-12-01", { port: 22 })], "new", null],
    [
      "by key mutes that key",
      [mute("2026-12-01", { key: "internal-denied/10.0.9.20/tcp/5432" })],
      "muted",
      "2026-12-01",
    ],
    [
      "that has ended hides none in force",
      [mute("2026-11-18", { port: 5432 }), mute("2026-11-30", { protocol: "tcp" })],
      "muted",
      "2026-11-30",
    ],
  ])("%s", (_name, mutes, status, until) => {
    const [finding] = build(seen, { mutes });
    expect([finding!.status, finding!.mute?.until ?? null]).toEqual([status, until]);
  });

  test("does not stop the days from being counted", () => {
    const mutes = [mute("2026-12-01", { port: 5432 })];
    expect(build([{ period: 0 }, { period: 1 }], { mutes })).toMatchObject([
      { status: "muted", day: 2 },
    ]);
  });
});

describe("whose it is", () => {
  const interfaces = [
    { interface_id: "eni-server", owner: "shop", instance_id: "i-1", vpc_id: "vpc-1" },
    { interface_id: "eni-client", owner: "batch", instance_id: "i-2", vpc_id: "vpc-1" },
  ] as unknown as readonly Row[];

  test.each<[name: string, own: Partial<Sighting>, owner: string | null, instance: string | null]>([
    ["the server's, where the server refused", { refused_at: "server" }, "shop", "i-1"],
    ["the client's, where the client refused", { refused_at: "client" }, "batch", "i-2"],
    [
      "the client's on the way out",
      { detection: "egress-denied", scope: "egress", refused_at: "server" },
      "batch",
      "i-2",
    ],
    [
      "the scanner's, whoever refused",
      { detection: "port-scan", service_port: null },
      "batch",
      "i-2",
    ],
    [
      "the other end's, where this one is none",
      { server: null, server_interface_id: null },
      "batch",
      "i-2",
    ],
    ["nobody's, where that end is not logged", { server_interface_id: null }, null, null],
    [
      "nobody's, where the interface was never described",
      { server_interface_id: "eni-gone" },
      null,
      null,
    ],
  ])("is %s", (_name, own, owner, instance) => {
    const [finding] = build([{ ...own, period: 1 }], { interfaces });
    expect([finding!.owner, finding!.ids.instance]).toEqual([owner, instance]);
  });

  test("is said by the configuration before any tag", () => {
    const config = configOf(
      "report: { owners: [{ match: { cidr: 10.0.9.0/24 }, owner: team-db }] }",
    );
    expect(build([{ period: 1 }], { interfaces, config })).toMatchObject([{ owner: "team-db" }]);
  });
});

describe("a finding", () => {
  test("takes the severity that the configuration gives its detection", () => {
    const config = configOf("report: { detections: { internal-denied: { severity: critical } } }");
    expect(build([{ period: 1 }], { config })).toMatchObject([{ severity: "critical" }]);
  });

  test("begins where its run began, and was last seen in this period", () => {
    const rows = [
      { period: 0, first_seen: MIDNIGHT - 40_000, last_seen: MIDNIGHT - 100 },
      { period: 1, first_seen: MIDNIGHT + 5, last_seen: MIDNIGHT + 7200 },
    ];
    expect(build(rows)).toMatchObject([
      { day: 2, firstSeen: "2026-11-18T12:53:20Z", lastSeen: "2026-11-19T02:00:00Z" },
    ]);
  });

  test("without times of its own has those of the window", () => {
    expect(build([{ period: 1, first_seen: null, last_seen: null }])).toMatchObject([
      { firstSeen: `${DAY}T00:00:00Z`, lastSeen: `${DAY}T00:00:00Z` },
    ]);
  });

  test.each<[trace: string | null, own: Partial<Sighting>]>([
    ["10.0.3.7->10.0.9.20:5432", {}],
    ["10.0.9.20:5432", { client: null }],
    ["10.0.3.7", { detection: "host-sweep", server: null }],
    ["10.0.3.7->10.0.9.20", { detection: "port-scan", service_port: null }],
    ["fd12::1->[fd12::2]:443", { client: "fd12::1", server: "fd12::2", service_port: 443 }],
    [
      null,
      {
        detection: "coverage-gap",
        scope: "pipeline",
        client: null,
        server: null,
        sample: "skipdata",
      },
    ],
  ])("is traced by %s", (trace, own) => {
    expect(build([{ ...own, period: 1 }])).toMatchObject([{ trace }]);
  });

  test.each<[refusedAt: Finding["refusedAt"], rule: RegExp | null, own: Partial<Sighting>]>([
    ["server", /^ingress of the server's security group, or inbound/, {}],
    ["client", /^egress of the client's security group, or outbound/, { refused_at: "client" }],
    ["both", null, { refused_at: "both" }],
    ["unknown", null, { refused_at: null }],
    [
      "client",
      /^inbound of the client's subnet's network ACL$/,
      { detection: "reply-rejected", refused_at: "client" },
    ],
    ["server", /^outbound of the server's subnet's network ACL$/, { detection: "reply-rejected" }],
    ["server", /^VPC Block Public Access$/, { detection: "block-public-access" }],
    ["server", /^VPC encryption controls$/, { detection: "encryption-control" }],
    [null, null, { detection: "large-transfer", refused_at: null }],
    [null, null, { detection: "admin-port-open", refused_at: null }],
  ])("was refused at %s by %s", (refusedAt, rule, own) => {
    const [finding] = build([{ ...own, period: 1 }]);
    expect(finding!.refusedAt).toBe(refusedAt);
    if (rule === null) expect(finding!.rule).toBeNull();
    else expect(finding!.rule).toMatch(rule);
  });

  test("names its evidence as the header of its detection does, times as times", () => {
    const own = {
      detection: "newly-rejected",
      client: null,
      observed: 2n ** 60n,
      since: MIDNIGHT - 60,
      spread: 3,
    };
    const [finding] = build([{ ...own, sample: "10.0.3.7", period: 1 }]);
    expect(finding!.evidence).toEqual({
      refusedRecords: 2n ** 60n,
      lastAccept: "2026-11-18T23:59:00Z",
      counterparts: 3,
      oneCounterpart: "10.0.3.7",
    });
  });

  test.each<[name: string, own: Partial<Sighting>, evidence: readonly string[]]>([
    [
      "what is not known",
      { client: null, observed: null, spread: 3, sample: "10.0.3.8" },
      ["clients", "oneClient"],
    ],
    [
      "the only client",
      { client: null, spread: 1, sample: "10.0.3.8" },
      ["refusedRecords", "clients"],
    ],
    ["the client that it names", { spread: 3, sample: "10.0.3.7" }, ["refusedRecords", "clients"]],
    [
      "the server that it names",
      { detection: "egress-denied", spread: 3, sample: "10.0.9.20" },
      ["refusedRecords", "servers"],
    ],
  ])("leaves %s out of its evidence", (_name, own, evidence) => {
    const [finding] = build([{ ...own, period: 1 }]);
    expect(Object.keys(finding!.evidence)).toEqual(evidence);
  });

  test("of a gap keeps its kind, which no end of it names", () => {
    const gap = { detection: "coverage-gap", client: null, server: null, spread: null } as const;
    const own = { ...gap, observed: 3, expected: 24, sample: "missing-hours" };
    expect(build([{ ...own, period: 1 }])[0]!.evidence).toEqual({
      gap: "missing-hours",
      count: 3,
      outOf: 24,
    });
  });
});

interface Given {
  readonly mutes?: readonly Mute[];
  readonly interfaces?: readonly Row[];
  readonly config?: FindingsInput["config"];
}

function build(rows: readonly Partial<Sighting>[], given: Given = {}): Finding[] {
  return buildFindings({
    sightings: rows.map(sampleSighting),
    config: given.config ?? defaultConfig(),
    mutes: given.mutes ?? [],
    interfaces: indexInterfaces(given.interfaces ?? []),
    periods: { last: 1, covered: new Set([0, 1]) },
    windowStart: MIDNIGHT,
    day: DAY,
  });
}

function configOf(yaml: string): FindingsInput["config"] {
  return parseConfig(yaml, "turnaway.yml").config;
}
