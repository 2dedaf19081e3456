import { describe, expect, test } from "vitest";

import { explains, type Incident } from "./incident.ts";
import type { FlowRecord } from "./record.ts";
import { simulate } from "./simulation.ts";

const DAYS = Array.from({ length: 9 }, (_, index) => `2026-11-${10 + index}`);

/** What a record of the incident looks like, beside having its ends. */
const SIGNS: Readonly<Record<string, (record: FlowRecord) => boolean>> = {
  "broken-security-group": refused,
  "closed-port-opened": accepted,
  "nacl-drops-replies": refused,
  "inside-port-scan": refused,
  "host-sweep": refused,
  "egress-denied": refused,
  "internal-denied": refused,
  "block-public-access": (record) => record["reject-reason"] === "BPA" && record.bytes === null,
  "encryption-control": (record) => record["reject-reason"] === "EC",
  "admin-port-open": (record) =>
    accepted(record) && String(record.srcaddr).startsWith("198.51.100."),
  "unusual-protocol": (record) => record.protocol === 47,
  scanners: refused,
};

describe.each([1, 2, 3])("with seed %i", (seed) => {
  const simulation = simulate({
    seed,
    startDay: DAYS[0]!,
    days: 9,
    format: "rich",
    recordsPerDay: 15_000,
  });
  const records = DAYS.flatMap((day) => [...simulation.records(day)]);
  const byDay = Map.groupBy(records, dayOf);

  test.each(simulation.incidents.filter(({ kind }) => kind in SIGNS))(
    "$kind is seen on its days, from its first second, and on no other",
    (incident) => {
      const days = DAYS.filter((day) => signs(incident, byDay.get(day) ?? []).length > 0);
      expect(days).toEqual(incident.days);
      const first = Math.min(
        ...signs(incident, byDay.get(incident.day)!).map(({ start }) => Number(start)),
      );
      expect(first).toBeGreaterThanOrEqual(Date.parse(incident.from) / 1000);
    },
  );
});

describe("an incident", () => {
  const simulation = simulate({
    seed: 5,
    startDay: DAYS[0]!,
    days: 9,
    format: "rich",
    recordsPerDay: 15_000,
  });
  const records = DAYS.flatMap((day) => [...simulation.records(day)]);
  const one = (kind: string) => simulation.incidents.find((incident) => incident.kind === kind)!;
  const between = ({ client, server, port }: Incident) =>
    records.filter(
      (record) =>
        (record.srcaddr === client && record.dstaddr === server && record.dstport === port) ||
        (record.srcaddr === server && record.dstaddr === client && record.srcport === port),
    );
  const from = (incident: Incident) =>
    between(incident).filter(
      ({ start }) => Number(start) >= Date.parse(incident.from) / 1000 + 1200,
    );

  test("of a security group is accepted at the client's end, refused at the server's, unanswered", () => {
    const seen = from(one("broken-security-group")).map(viewOf);
    expect(new Set(seen)).toEqual(new Set(["egress ACCEPT request", "ingress REJECT request"]));
  });

  test("of a security group has a history of accepts on every day before", () => {
    const incident = one("broken-security-group");
    const before = DAYS.filter((day) => day < incident.day);
    for (const day of before)
      expect(between(incident).some((record) => dayOf(record) === day && accepted(record))).toBe(
        true,
      );
  });

  test("of a network ACL is refused on the way back, once at each end", () => {
    const views = simulation.incidents
      .filter(({ kind }) => kind === "nacl-drops-replies")
      .map((incident) =>
        [...new Set(from(incident).map((record) => replyView(record, incident)))].sort(),
      );
    expect(views).toEqual([
      [
        "egress ACCEPT reply",
        "egress ACCEPT request",
        "ingress ACCEPT request",
        "ingress REJECT reply",
      ],
      ["egress ACCEPT request", "egress REJECT reply", "ingress ACCEPT request"],
    ]);
  });

  test("of an upload is fifty times the usual volume of its pair", () => {
    const incident = one("exfiltration");
    const volume = (day: string) =>
      between(incident)
        .filter((record) => record.srcaddr === incident.client && dayOf(record) === day)
        .filter((record) => record["interface-type"] === "-")
        .reduce((sum, { bytes }) => sum + Number(bytes), 0);
    const usual = DAYS.filter((day) => day !== incident.day).map(volume);
    expect(volume(incident.day) / Math.max(...usual)).toBeGreaterThan(30);
    expect(Math.max(...usual) / Math.min(...usual)).toBeLessThan(1.3);
  });

  test("of a spike has twenty times the refusals of its usual days", () => {
    const { server, port, day } = one("spike");
    const count = (on: string) =>
      records.filter(
        (record) => record.dstaddr === server && record.dstport === port && dayOf(record) === on,
      ).length;
    const usual = DAYS.filter((other) => other !== day).map(count);
    expect(count(day) / Math.max(...usual)).toBeGreaterThan(15);
    expect(Math.min(...usual)).toBeGreaterThan(20);
  });

  test("of a port scan has 400 ports; of a sweep, more than a hundred hosts", () => {
    const scan = one("inside-port-scan");
    const sweep = one("host-sweep");
    const scanned = records.filter(
      (r) => r.srcaddr === scan.client && r.dstaddr === scan.server && refused(r),
    );
    expect(new Set(scanned.map(({ dstport }) => dstport)).size).toBeGreaterThan(395);
    const swept = records.filter(
      (r) => r.srcaddr === sweep.client && r.dstport === sweep.port && refused(r),
    );
    expect(new Set(swept.map(({ dstaddr }) => dstaddr)).size).toBeGreaterThan(100);
  });

  test("of a gap leaves three hours of its day without a record, and files missing", () => {
    const { day } = one("coverage-gap");
    const hours = new Set(records.filter((r) => dayOf(r) === day).map((r) => hourOf(r)));
    expect([...Array(24).keys()].filter((hour) => !hours.has(hour))).toEqual([18, 19, 20]);
    expect([...simulation.files(day)].length).toBeLessThan(288 - 30);
  });

  test("of lost records is SKIPDATA on its day only", () => {
    const skipped = records.filter((record) => record["log-status"] === "SKIPDATA");
    expect(new Set(skipped.map(dayOf))).toEqual(new Set(one("skip-data").days));
    expect(new Set(skipped.map((record) => record["interface-id"])).size).toBe(3);
  });

  test("of late packets is refused replies without SYN, each after an accepted one", () => {
    const incident = one("late-packets");
    const refusals = between(incident).filter(refused);
    expect(refusals.length).toBeGreaterThan(100);
    for (const late of refusals) {
      expect(late.srcaddr).toBe(incident.server);
      expect(Number(late["tcp-flags"]) & 2).toBe(0);
      const same = between(incident).find(
        (r) => accepted(r) && r.srcaddr === late.srcaddr && r.dstport === late.dstport,
      );
      expect(Number(same?.start)).toBeLessThan(Number(late.start));
    }
  });
});

describe("a claim", () => {
  const incident = {
    expected: "finding",
    detection: "newly-rejected",
    alsoExplains: ["internal-denied"],
    client: "10.0.1.1",
    server: "10.0.2.2",
    protocol: "tcp",
    port: 5432,
    echoes: [{ client: "10.0.0.9", server: "10.0.2.2" }],
  } as unknown as Incident;
  const claim = {
    detection: "newly-rejected",
    client: "10.0.1.1",
    server: "10.0.2.2",
    protocol: "tcp",
    port: 5432,
  };

  test.each([
    ["with its ends", {}, true],
    ["of a detection that is right as well", { detection: "internal-denied" }, true],
    ["without a port", { port: null }, true],
    ["with one end open", { client: null }, true],
    ["by its echo", { client: "10.0.0.9" }, true],
    ["of another detection", { detection: "port-scan" }, false],
    ["about another port", { port: 22 }, false],
    ["about another server", { server: "10.0.2.3" }, false],
    ["about nobody", { client: null, server: null }, false],
  ])("%s: explained %#", (_, difference, expected) => {
    expect(explains(incident, { ...claim, ...difference })).toBe(expected);
  });

  test("is never explained by noise", () => {
    expect(explains({ ...incident, expected: "noise" }, claim)).toBe(false);
  });
});

function signs(incident: Incident, records: readonly FlowRecord[]): FlowRecord[] {
  const { client, server, port } = incident;
  const sign = SIGNS[incident.kind]!;
  return records.filter((record) => {
    const ends = [
      [record.srcaddr, record.dstaddr, record.dstport],
      [record.dstaddr, record.srcaddr, record.srcport],
    ];
    const fits = ends.some(
      ([from, to, at]) =>
        (client === null || from === client) &&
        (server === null || to === server) &&
        (port === null || at === port),
    );
    return fits && sign(record);
  });
}

function refused(record: FlowRecord): boolean {
  return record.action === "REJECT";
}

function accepted(record: FlowRecord): boolean {
  return record.action === "ACCEPT";
}

function viewOf(record: FlowRecord): string {
  const isReply = (Number(record["tcp-flags"]) & 16) !== 0;
  return `${record["flow-direction"]} ${record.action} ${isReply ? "reply" : "request"}`;
}

function replyView(record: FlowRecord, { server }: Incident): string {
  return `${record["flow-direction"]} ${record.action} ${record.srcaddr === server ? "reply" : "request"}`;
}

function dayOf({ start }: FlowRecord): string {
  return new Date(Number(start) * 1000).toISOString().slice(0, 10);
}

function hourOf({ start }: FlowRecord): number {
  return new Date(Number(start) * 1000).getUTCHours();
}
