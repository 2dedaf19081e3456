import { beforeAll, describe, expect, test } from "vitest";

import { formatRecord, type FlowRecord } from "./record.ts";
import { simulate, type Simulation } from "./simulation.ts";

/** What a reader of the rich format can check without knowing how it was made. */
describe("a quiet VPC", () => {
  let simulation: Simulation;
  let records: FlowRecord[];
  let own: Map<string, string>;

  beforeAll(() => {
    simulation = simulate({
      seed: 11,
      startDay: "2026-11-10",
      days: 3,
      format: "rich",
      recordsPerDay: 60_000,
      incidents: "none",
    });
    records = ["2026-11-10", "2026-11-11", "2026-11-12"].flatMap((day) => [
      ...simulation.records(day),
    ]);
    own = new Map(simulation.network.hosts.map((host) => [host.address, host.interfaceId]));
  });

  const accepted = () => records.filter((record) => record.action === "ACCEPT");

  test("logs a conversation inside at both interfaces, with the same sums", () => {
    const { from, until } = simulation.settings;
    const inside = accepted().filter(
      (record) =>
        record.protocol === 6 &&
        own.has(String(record.srcaddr)) &&
        own.has(String(record.dstaddr)) &&
        !isTranslated(record, simulation),
    );
    let compared = 0;
    for (const [flow, list] of Map.groupBy(inside, flowOf)) {
      // A connection that was there before the run, or goes on after it, is cut.
      const whole = list.every(
        ({ start, end }) => Number(start) > from + 60 && Number(end) < until - 60,
      );
      if (!whole || !list.some((record) => (Number(record["tcp-flags"]) & 2) !== 0)) continue;
      const ends = [...Map.groupBy(list, (record) => record["interface-id"]).values()].map(sumOf);
      expect([flow, ends.length]).toEqual([flow, 2]);
      expect([flow, ends[0]]).toEqual([flow, ends[1]]);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(15_000);
  });

  test("never lets the windows of one connection overlap at an interface", () => {
    const windows = Map.groupBy(
      accepted().filter(({ protocol }) => protocol === 6),
      (record) => `${record["interface-id"]} ${record["flow-direction"]} ${flowOf(record)}`,
    );
    let spanning = 0;
    for (const list of windows.values()) {
      const sorted = list.sort((a, b) => Number(a.start) - Number(b.start));
      for (const [index, record] of sorted.slice(1).entries()) {
        expect(Number(record.start)).toBeGreaterThanOrEqual(Number(sorted[index]!.end));
      }
      if (sorted.length > 20) spanning += 1;
    }
    expect(spanning).toBeGreaterThan(10);
  });

  test("has windows of at most ten minutes, sixty seconds on most hosts", () => {
    const lengths = records
      .filter((record) => record["log-status"] === "OK")
      .map((record) => Number(record.end) - Number(record.start));
    expect(Math.min(...lengths.slice(0, 100_000))).toBeGreaterThanOrEqual(0);
    expect(lengths.filter((length) => length > 600)).toEqual([]);
    expect(lengths.filter((length) => length <= 60).length / lengths.length).toBeGreaterThan(0.5);
  });

  test("has a reply to every accepted TCP conversation", () => {
    const flows = new Set(accepted().map(flowOf));
    const unanswered = accepted().filter(
      (record) =>
        record.protocol === 6 && record["tcp-flags"] === 2 && !flows.has(reverseOf(record)),
    );
    // The last minutes of the run may hold requests only.
    const end = simulation.settings.until - 600;
    expect(unanswered.filter((record) => Number(record.start) < end)).toEqual([]);
  });

  test("shows SYN in the first window only, FIN or RST in the last", () => {
    const flows = Map.groupBy(
      accepted().filter((record) => record.protocol === 6),
      (record) => `${record["interface-id"]} ${record["flow-direction"]} ${flowOf(record)}`,
    );
    let long = 0;
    for (const list of flows.values()) {
      const flags = list
        .sort((a, b) => Number(a.start) - Number(b.start))
        .map((record) => Number(record["tcp-flags"]));
      // More than one SYN is more than one connection: a port that was used again.
      if (flags.length < 20 || flags.filter((flag) => (flag & 2) !== 0).length > 1) continue;
      expect(flags.slice(1, -1).every((flag) => flag === 0)).toBe(true);
      long += 1;
    }
    expect(long).toBeGreaterThan(10);
    const seen = new Set(accepted().map((record) => Number(record["tcp-flags"])));
    expect([...seen].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 6, 18, 19]);
  });

  test("shows a NAT gateway's four views as AWS documents them", () => {
    const gateway = simulation.network.byRole("nat-gateway")[0]!;
    const views = records.filter((record) => record["interface-id"] === gateway.interfaceId);
    const shapes = new Set(
      views.map((record) =>
        ["srcaddr", "dstaddr", "pkt-srcaddr", "pkt-dstaddr"]
          .map((field) => placeOf(String(record[field as "srcaddr"]), gateway.address))
          .join(" "),
      ),
    );
    expect([...shapes].sort()).toEqual([
      "gateway inside internet inside",
      "gateway internet gateway internet",
      "inside gateway inside internet",
      "internet gateway internet gateway",
    ]);
    expect(new Set(views.map((record) => record["instance-id"]))).toEqual(new Set(["-"]));
  });

  test("refuses nothing but knocks from the internet and packets that come late", () => {
    const refused = records.filter((record) => record.action === "REJECT");
    const seen = new Set(accepted().map(flowOf));
    for (const record of refused) {
      const knock =
        String(record.srcaddr).startsWith("198.19.") && record["flow-direction"] === "ingress";
      const late =
        (Number(record["tcp-flags"]) & 2) === 0 &&
        seen.has(reverseOf(record)) &&
        seen.has(flowOf(record));
      if (!knock && !late) expect.fail(formatRecord(record, simulation.settings.format));
    }
    const knocks = refused.filter((record) => String(record.srcaddr).startsWith("198.19."));
    expect(new Set(knocks.map((record) => record.srcaddr)).size).toBeGreaterThan(3000);
    expect(knocks.some(({ srcport }) => srcport === 53 || srcport === 443)).toBe(true);
    expect(refused.length).toBeGreaterThan(knocks.length);
  });

  test("talks as much on every day, pair by pair", () => {
    const days = new Map<string, number[]>();
    for (const record of accepted()) {
      const day = Math.floor((Number(record.start) - simulation.settings.from) / 86_400);
      const service = serviceOf(record, simulation);
      if (service === null) continue;
      const sums = days.get(service) ?? [0, 0, 0];
      sums[day]! += Number(record.bytes);
      days.set(service, sums);
    }
    expect(days.size).toBeGreaterThan(800);
    for (const [service, sums] of days) {
      const mean = (sums[0]! + sums[1]! + sums[2]!) / 3;
      for (const sum of sums) {
        if (sum < mean * 0.7 || sum > mean * 1.3) expect.fail(`${service}: ${sums.join(", ")}`);
      }
    }
  });

  test("has text in its tags that must be escaped, and hosts without a tag", () => {
    const tags = new Set(records.map((record) => record["instance-tag"]));
    expect(tags).toContain("%3Cimg%20src%3Dx%3E%7C%60@octo");
    expect(tags).toContain("-");
  });

  test("has IPv6, ICMP both ways, one-way syslog and NTP from port 123 to port 123", () => {
    const some = (test: (record: FlowRecord) => boolean) => records.some(test);
    expect(some(({ type }) => type === "IPv6")).toBe(true);
    const pings = accepted().filter(({ protocol }) => protocol === 1);
    const pairs = new Set(pings.map(flowOf));
    expect(pings.length).toBeGreaterThan(100);
    expect(pings.filter((ping) => !pairs.has(reverseOf(ping)))).toEqual([]);
    expect(some(({ srcport }) => srcport === 514)).toBe(false);
    expect(some(({ dstport }) => dstport === 514)).toBe(true);
    expect(some(({ srcport, dstport }) => srcport === 123 && dstport === 123)).toBe(true);
  });
});

function flowOf(record: FlowRecord): string {
  return `${record.srcaddr}:${record.srcport} ${record.dstaddr}:${record.dstport} ${record.protocol}`;
}

function reverseOf(record: FlowRecord): string {
  return `${record.dstaddr}:${record.dstport} ${record.srcaddr}:${record.srcport} ${record.protocol}`;
}

/** Whether an end is a NAT gateway, which logs the flow under other names on its other side. */
function isTranslated({ srcaddr, dstaddr }: FlowRecord, { network }: Simulation): boolean {
  return network
    .byRole("nat-gateway")
    .some(({ address }) => address === srcaddr || address === dstaddr);
}

function sumOf(records: readonly FlowRecord[]): { packets: number; bytes: number } {
  const total = (field: "packets" | "bytes") =>
    records.reduce((sum, record) => sum + Number(record[field]), 0);
  return { packets: total("packets"), bytes: total("bytes") };
}

function placeOf(address: string, gateway: string): string {
  if (address === gateway) return "gateway";
  return address.startsWith("10.0.") ? "inside" : "internet";
}

/** Pair and service as the client's interface saw it; null for any other view. */
function serviceOf(record: FlowRecord, { network }: Simulation): string | null {
  const client = network.hosts.find(({ interfaceId }) => interfaceId === record["interface-id"]);
  if (client?.address !== record.srcaddr || record["interface-type"] === "nat_gateway") return null;
  const port = Number(record.dstport);
  if (!KNOWN_PORTS.has(port) || Number(record.srcport) < 1024) return null;
  if (KNOWN_PORTS.has(Number(record.srcport)) && Number(record.srcport) !== 443) return null;
  return `${record.srcaddr} ${record.dstaddr} ${port}`;
}

const KNOWN_PORTS = new Set([
  8080, 50_051, 8081, 30_080, 5432, 6379, 9092, 9100, 22, 443, 80, 587, 53, 514,
]);
