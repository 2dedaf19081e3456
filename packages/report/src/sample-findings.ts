import type { Finding } from "@turnaway/core";

/** One finding of most kinds: long IPv6, hostile owner, an expired mute, a mute in force. */
export function sampleFindings(): Finding[] {
  return [
    brokenDeploy(),
    longAddresses(),
    possibleImplant(),
    openAdminPort(),
    droppedReplies(),
    scanFromInside(),
    expiredMute(),
    goneSince(),
    mutedScanner(),
  ];
}

const DAY_START = "2026-11-19T00:00:11Z";
const DAY_END = "2026-11-19T23:58:04Z";

function finding(own: Partial<Finding> & Pick<Finding, "key" | "detection" | "title">): Finding {
  return {
    severity: "high",
    status: "new",
    day: 1,
    scope: "internal",
    firstSeen: DAY_START,
    lastSeen: DAY_END,
    client: null,
    server: null,
    protocol: "tcp",
    port: null,
    records: 1,
    packets: 1,
    bytes: 40,
    owner: null,
    why: "",
    next: "",
    trace: null,
    refusedAt: null,
    rule: null,
    ids: { account: "111122223333", vpc: null, subnet: null, instance: null, interface: null },
    mute: null,
    evidence: {},
    ...own,
  };
}

function brokenDeploy(): Finding {
  return finding({
    key: "newly-rejected:10.0.3.7>10.0.9.20:6:5432",
    detection: "newly-rejected",
    severity: "critical",
    firstSeen: "2026-11-19T14:05:09Z",
    client: "10.0.3.7",
    server: "10.0.9.20",
    port: 5432,
    records: 2311,
    packets: 4622,
    bytes: 277_320,
    owner: "team-orders",
    title: "10.0.3.7 was accepted at 10.0.9.20:5432 for 12 days and is refused since 14:05",
    why: "A connection that worked every day stopped working, so something that people use is broken now.",
    next: "Look for a change at 14:05: first the security group of the database, then the deploy of orders-api.",
    trace: "10.0.3.7->10.0.9.20:5432",
    refusedAt: "server",
    rule: "its security group’s ingress, or its subnet’s network ACL inbound",
    ids: {
      account: "111122223333",
      vpc: "vpc-0a1b2c3d4e5f60718",
      subnet: "subnet-0fedcba9876543210",
      instance: "i-0123456789abcdef0",
      interface: "eni-0aa11bb22cc33dd44",
    },
    evidence: { refusedRecords: 2311, lastAccept: "2026-11-19T14:04:51Z", counterparts: 1 },
  });
}

function longAddresses(): Finding {
  return finding({
    key: "internal-denied:fd12>fd12:6:443",
    detection: "internal-denied",
    severity: "medium",
    client: "fd12:3456:789a:bcde:f012:3456:789a:bcde",
    server: "fd12:3456:789a:ffff:ffff:ffff:ffff:fffe",
    port: 443,
    records: 9_007_199_254_740_993n,
    packets: 9_007_199_254_740_993n,
    bytes: 540_431_955_284_459_580n,
    owner: "</td>|`x`<script>alert(1)</script> @org/team #42 \u202egpj.exe\u200b --> ::error::x",
    title:
      "fd12:3456:789a:bcde:f012:3456:789a:bcde is refused at fd12:3456:789a:ffff:ffff:ffff:ffff:fffe:443",
    why: "Inside hosts that are refused again and again point to a broken deploy or a missing rule.",
    next: "Ask the owner whether this is meant; add the rule or stop the caller.",
    trace: "fd12:3456:789a:bcde:f012:3456:789a:bcde->[fd12:3456:789a:ffff:ffff:ffff:ffff:fffe]:443",
    refusedAt: "client",
    rule: "its security group’s egress, or its subnet’s network ACL outbound",
    evidence: { refusedRecords: 9_007_199_254_740_993n, clients: 1 },
  });
}

function possibleImplant(): Finding {
  return finding({
    key: "egress-denied:10.0.5.99>203.0.113.66:6:4444",
    detection: "egress-denied",
    scope: "egress",
    client: "10.0.5.99",
    server: "203.0.113.66",
    port: 4444,
    records: 288,
    packets: 864,
    bytes: 51_840,
    owner: "team-batch",
    title: "10.0.5.99 tries to reach 203.0.113.66:4444 every 5 minutes and is refused",
    why: "Inside hosts rarely need a new port on the internet: a rule is missing, or the host runs what it should not.",
    next: "Find the process on the host before you open the port.",
    trace: "10.0.5.99->203.0.113.66:4444",
    refusedAt: "client",
    rule: "its security group’s egress, or its subnet’s network ACL outbound",
    evidence: { refusedRecords: 288, servers: 1 },
    ids: {
      account: "111122223333",
      vpc: "vpc-0a1b2c3d4e5f60718",
      subnet: null,
      instance: "i-0bad0bad0bad0bad0",
      interface: "eni-0ee55ff66aa77bb88",
    },
  });
}

function openAdminPort(): Finding {
  return finding({
    key: "admin-port-open:0.0.0.0/0>10.0.1.5:6:22",
    detection: "admin-port-open",
    severity: "critical",
    scope: "ingress",
    server: "10.0.1.5",
    port: 22,
    records: 37,
    packets: 812,
    bytes: 96_204,
    title: "10.0.1.5:22 accepts connections from 14 internet addresses",
    why: "A shell that the internet can reach is found by scanners within minutes.",
    next: "Close 22 to the internet in the security group; use Session Manager or a VPN.",
    trace: "10.0.1.5:22",
    evidence: { acceptedRecords: 37, clients: 14, oneClient: "198.51.100.7" },
  });
}

function droppedReplies(): Finding {
  return finding({
    key: "reply-rejected:10.0.3.0>10.0.7.14:17:53",
    detection: "reply-rejected",
    status: "ongoing",
    day: 4,
    firstSeen: "2026-11-16T08:12:40Z",
    client: "10.0.3.31",
    server: "10.0.7.14",
    protocol: "udp",
    port: 53,
    records: 18_220,
    packets: 18_220,
    bytes: 2_405_040,
    owner: "team-network",
    title: "Replies of 10.0.7.14:53 to 10.0.3.31 are refused on their way back",
    why: "Security groups let replies through, so a stateless network ACL drops them and requests time out.",
    next: "Open the ephemeral ports 1024 to 65535 outbound in the network ACL of the server’s subnet.",
    trace: "10.0.3.31->10.0.7.14:53",
    refusedAt: "server",
    rule: "its subnet’s network ACL outbound",
    evidence: { refusedReplies: 18_220, acceptedRecords: 18_377, clients: 1 },
  });
}

function scanFromInside(): Finding {
  return finding({
    key: "port-scan:10.0.5.99>10.0.9.20",
    detection: "port-scan",
    severity: "critical",
    status: "ongoing",
    day: 2,
    firstSeen: "2026-11-18T22:40:00Z",
    client: "10.0.5.99",
    server: "10.0.9.20",
    records: 412,
    packets: 412,
    bytes: 16_480,
    title: "10.0.5.99 tried 400 ports of 10.0.9.20",
    why: "Inside hosts do not scan each other unless somebody runs a scanner or got in.",
    next: "Isolate the host unless a scan was announced.",
    trace: "10.0.5.99->10.0.9.20",
    refusedAt: "both",
    rule: "a security group or a network ACL at either end",
    evidence: { refusedPorts: 400, lowestPort: "21" },
  });
}

function expiredMute(): Finding {
  return finding({
    key: "internal-denied:10.0.8.8>10.0.2.2:6:9200",
    detection: "internal-denied",
    severity: "low",
    status: "ongoing",
    day: 31,
    firstSeen: "2026-10-20T06:00:00Z",
    client: "10.0.8.8",
    server: "10.0.2.2",
    port: 9200,
    records: 96,
    packets: 96,
    bytes: 5760,
    owner: "team-search",
    title: "10.0.8.8 is refused at 10.0.2.2:9200",
    why: "Inside hosts that are refused again and again point to a broken deploy or a missing rule.",
    next: "Remove the old index job from 10.0.8.8.",
    trace: "10.0.8.8->10.0.2.2:9200",
    refusedAt: "unknown",
    evidence: { refusedRecords: 96, clients: 1 },
    mute: { reason: "old index job, removal planned", owner: "kim", until: "2026-11-18" },
  });
}

function goneSince(): Finding {
  return finding({
    key: "reject-spike:10.0.1.9:6:443",
    detection: "reject-spike",
    severity: "medium",
    status: "resolved",
    day: 3,
    scope: "ingress",
    firstSeen: "2026-11-16T03:00:00Z",
    lastSeen: "2026-11-18T11:20:00Z",
    server: "10.0.1.9",
    port: 443,
    records: 61_002,
    packets: 61_002,
    bytes: 2_440_080,
    owner: "team-edge",
    title: "Refusals at 10.0.1.9:443 are back to their usual 40 a day",
    why: "For two days they were 500 times the usual.",
    next: "Nothing, unless it comes back.",
    trace: "10.0.1.9:443",
    evidence: { refusedRecords: 61_002, usualRecords: 40, clients: 512, oneClient: "198.51.100.7" },
  });
}

function mutedScanner(): Finding {
  return finding({
    key: "host-sweep:10.0.4.4:6:443",
    detection: "host-sweep",
    status: "muted",
    day: 9,
    firstSeen: "2026-11-11T01:00:00Z",
    client: "10.0.4.4",
    port: 443,
    records: 254,
    packets: 254,
    bytes: 10_160,
    owner: "team-security",
    title: "10.0.4.4 tried 254 hosts on port 443",
    why: "One client over many hosts is a sweep.",
    next: "Nothing while the mute lasts.",
    trace: "10.0.4.4",
    evidence: { refusingHosts: 254, oneHost: "10.0.2.10" },
    mute: { reason: "our own vulnerability scanner", owner: "kim", until: "2026-11-24" },
  });
}
