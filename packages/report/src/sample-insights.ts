import type { Finding, Report } from "@turnaway/core";
import { absentSections } from "@turnaway/sql";

/** A report from CloudWatch Logs Insights: as logged, two periods, without what it can't be asked. */
export function insightsSample(base: Report): Report {
  return {
    ...base,
    verdict: "findings",
    headline: "2 new troubles, 2 still there. First: 10.0.32.12 22/tcp is open to the internet.",
    totals: {
      accepted: { records: 60_580_700, packets: 2_170_184_300, bytes: 1_207_864_144_000 },
      rejected: { records: 21_675_200, packets: 34_296_100, bytes: 2_089_012_400 },
    },
    counted: "as-logged",
    counts: { new: 2, ongoing: 2, resolved: 0, muted: 0 },
    findings: [switchedOff(), openPort(), refusedInside(), refusedOnTheWayOut()],
    noise: {
      records: 6_304_300,
      sources: 38_012,
      topPorts: [{ name: "23/tcp", records: 612_400 }],
      topSources: [{ name: "192.0.2.66", records: 383_100 }],
    },
    latePackets: null,
    trend: [
      { day: "2026-11-18", accepted: 59_112_400, rejected: 20_904_800, covered: true },
      { day: "2026-11-19", accepted: 60_580_700, rejected: 21_675_200, covered: true },
    ],
    coverage: COVERAGE,
    absent: absentSections().map(({ section, absent }) => ({ section, reason: absent })),
    notices: [
      "Asked of CloudWatch Logs Insights, which counts as logged: what two interfaces logged is in the figures twice. It is compared with the period before alone.",
    ],
    receipt: {
      engine: "cloudwatch",
      queries: [
        query("coverage", "9fa32fa2-394f-406b-9058-022e32a4e260", 1),
        query("interfaces", "608d6075-4804-4e41-a51d-a63f576e0468", 0.5),
        query("newly-rejected", "4b2e4fb8-3a04-402d-a34a-4d63e359bdde", 1),
      ],
      scannedBytes: 46_173_270_000,
      costUsd: 0.230_866,
      durationMs: 29_750,
      versions: { turnaway: "0.1.0", node: "24.21.0" },
    },
  };
}

function query(name: string, id: string, share: number): Report["receipt"]["queries"][number] {
  const scannedBytes = share * 18_469_308_000;
  return {
    name,
    id,
    scannedBytes,
    scannedRecords: share * 168_480_200,
    durationMs: 7000 + share * 3500,
    queuedMs: 1270,
    costUsd: Math.round(scannedBytes * 0.005e-3) / 1e6,
  };
}

const COVERAGE: Report["coverage"] = {
  files: 0,
  bytes: 0,
  lines: 84_240_100,
  headers: 0,
  records: 84_240_100,
  ok: 82_255_900,
  noData: 1_984_200,
  skipData: 0,
  malformed: 0,
  accept: 60_580_700,
  reject: 21_675_200,
  acceptBytes: 1_207_864_144_000,
  rejectBytes: 2_089_012_400,
  firstStart: "2026-11-19T00:00:00Z",
  lastEnd: "2026-11-20T00:00:05Z",
  excluded: 0,
  interfaces: 480,
  hoursWithRecords: 24,
  hours: 24,
  formats: [
    {
      fields:
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status",
      files: 0,
      records: 84_240_100,
    },
  ],
  problems: [],
};

function finding(
  own: Omit<Finding, "owner" | "rule" | "ids" | "mute" | "protocol"> & Partial<Finding>,
): Finding {
  const ids = { account: null, vpc: null, subnet: null, instance: null, interface: null };
  return { protocol: "tcp", owner: null, rule: null, ids, mute: null, ...own };
}

function switchedOff(): Finding {
  return finding({
    key: "newly-rejected/10.0.96.10/tcp/5432",
    detection: "newly-rejected",
    severity: "high",
    status: "new",
    day: 1,
    scope: "internal",
    firstSeen: "2026-11-19T12:08:31Z",
    lastSeen: "2026-11-19T23:55:35Z",
    client: "10.0.48.14",
    server: "10.0.96.10",
    port: 5432,
    records: 181,
    packets: 451,
    bytes: 27_060,
    title: "10.0.48.14 to 10.0.96.10 5432/tcp is refused, was let through before",
    why: "Something that worked has been switched off - a security group, a network ACL or a route changed, or a host moved. Whoever depends on it is down.",
    next: "Find the change to the rule at the end that refused, made shortly before the first reject. Undo it, or tell the owner of the client.",
    trace: "10.0.48.14->10.0.96.10:5432",
    refusedAt: "unknown",
    evidence: { refusedRecords: 181, lastAccept: "2026-11-19T11:29:17Z", counterparts: 1 },
  });
}

function openPort(): Finding {
  return finding({
    key: "admin-port-open/10.0.32.12/tcp/22",
    detection: "admin-port-open",
    severity: "critical",
    status: "new",
    day: 1,
    scope: "ingress",
    firstSeen: "2026-11-19T06:32:30Z",
    lastSeen: "2026-11-19T23:48:20Z",
    client: null,
    server: "10.0.32.12",
    port: 22,
    records: 67,
    packets: 3328,
    bytes: 399_360,
    title: "10.0.32.12 22/tcp is open to the internet",
    why: "Anybody on the internet reaches a port that gives control of the host or its data.",
    next: "Close the port in the security group of the server, or allow only the addresses that need it - better, use Session Manager or a VPN.",
    trace: "10.0.32.12:22",
    refusedAt: null,
    evidence: { acceptedRecords: 67, clients: 8, oneClient: "198.51.100.40" },
  });
}

function refusedInside(): Finding {
  return finding({
    key: "internal-denied/10.0.112.11/tcp/6379",
    detection: "internal-denied",
    severity: "medium",
    status: "ongoing",
    day: 2,
    scope: "internal",
    firstSeen: "2026-11-18T08:15:04Z",
    lastSeen: "2026-11-19T23:59:31Z",
    client: "10.0.144.11",
    server: "10.0.112.11",
    port: 6379,
    records: 250,
    packets: 625,
    bytes: 37_500,
    title: "10.0.144.11 to 10.0.112.11 6379/tcp is refused inside",
    why: "A host inside keeps asking another and is turned away - a deploy that points at the wrong place, or a rule that was never written.",
    next: "Ask the owner of the client whether it should talk to this service. If yes, allow it at the end that refused; if no, stop it asking.",
    trace: "10.0.144.11->10.0.112.11:6379",
    refusedAt: "unknown",
    evidence: { refusedRecords: 250, clients: 1 },
  });
}

function refusedOnTheWayOut(): Finding {
  return finding({
    key: "egress-denied/10.0.48.10/tcp/8333",
    detection: "egress-denied",
    severity: "medium",
    status: "ongoing",
    day: 2,
    scope: "egress",
    firstSeen: "2026-11-18T12:42:13Z",
    lastSeen: "2026-11-19T23:59:42Z",
    client: "10.0.48.10",
    server: null,
    port: 8333,
    records: 99,
    packets: 249,
    bytes: 14_940,
    title: "10.0.48.10 to 8333/tcp is refused on the way out",
    why: "A host inside tries to reach the internet and may not. Either a rule is missing, or something on it calls home.",
    next: "See what runs on the client and whether it should reach this service. If yes, allow it; if no, look at the host.",
    trace: "10.0.48.10",
    refusedAt: "unknown",
    evidence: { refusedRecords: 99, servers: 3 },
  });
}
