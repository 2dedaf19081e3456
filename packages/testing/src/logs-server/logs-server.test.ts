import { describe, expect, it } from "vitest";

import { discoverFields } from "./insights/discover-fields.ts";
import { MalformedQuery } from "./insights/malformed-query.ts";
import { type LogEvent, runQuery } from "./insights/run-query.ts";

// The evaluator by itself; the server is proven with the real client, where the engine is.

const at = (seconds: number, rest: string): LogEvent => ({
  timestamp: seconds * 1000,
  message: `2 111122223333 ${rest}`,
});

const EVENTS: readonly LogEvent[] = [
  at(100, "eni-a 10.0.0.5 10.0.0.9 40000 443 6 1 60 100 160 REJECT OK"),
  at(110, "eni-a 10.0.0.5 10.0.0.9 40001 443 6 2 120 110 170 REJECT OK"),
  at(120, "eni-b 203.0.113.7 10.0.0.9 53 40000 17 1 70 120 180 ACCEPT OK"),
  at(130, "eni-c fd00::1 2001:db8::1 50000 22 6 1 80 130 190 ACCEPT OK"),
  at(140, "eni-d - - - - - - - 140 200 - NODATA"),
  { timestamp: 150_000, message: "no flow-log record" },
];

function rowsOf(query: string): unknown[][] {
  const { rows, shown } = runQuery(query, EVENTS, (event) => discoverFields(event, "startTime"));
  return rows.map((row) => shown.map((name) => row.get(name)));
}

describe("a query", () => {
  const check: readonly (readonly [does: string, query: string, rows: unknown[][]])[] = [
    [
      "adds up by group, the group of what is absent among them",
      "stats count(*) as n, sum(bytes) as b by action | sort n desc, action asc",
      [
        ["ACCEPT", 2, 150],
        ["REJECT", 2, 180],
        ["-", 1, undefined],
        [undefined, 1, undefined],
      ],
    ],
    [
      "compares numbers as numbers and finds nothing in what is absent or no number",
      "filter dstPort < 443 | stats count(*) as n by dstPort",
      [["22", 1]],
    ],
    [
      "negates a test of what is absent to true",
      "filter not (bytes < 1000) | stats count(*) as n",
      [[2]],
    ],
    [
      "knows the subnets of both families",
      'filter isIpv4InSubnet(srcAddr, "10.0.0.0/8") or isIpv6InSubnet(srcAddr, "fc00::/7") | stats count_distinct(srcAddr) as n',
      [[2]],
    ],
    [
      "adds up twice",
      "filter ispresent(srcPort) | stats count(*) as n by srcAddr, dstAddr | filter n > 1 | stats sum(n) as m, sortsFirst(srcAddr) as s by dstAddr",
      [["10.0.0.9", 2, "10.0.0.5"]],
    ],
    [
      "parses by a glob: the last wildcard takes the rest, a short event has no such fields",
      'parse @message "* * *" as a, b, c | filter not ispresent(b) or a = "no" | fields b as x, c as y',
      [["flow-log", "record"]],
    ],
    [
      "computes",
      "filter ispresent(startTime) | fields startTime - (startTime - 10) % 60 as bucket | stats min(startTime) as f, max(endTime) as l by bucket | sort bucket asc",
      [
        [70, 100, 180],
        [130, 130, 200],
      ],
    ],
    [
      "tests for membership by whole values, and passes over comments",
      '# a comment\nfilter action in ["ACCEPT"]\n # another\n| stats count(*) as n by protocol | sort protocol asc | limit 1',
      [["6", 1]],
    ],
  ];

  it.each(check)("%s", (_does, query, rows) => {
    expect(rowsOf(query)).toEqual(rows);
  });
});

describe("a query that the service would not take, or might not, is refused", () => {
  const check: readonly (readonly [what: string, query: string, message: RegExp])[] = [
    ["an unknown command", "select srcAddr", /unknown command select/],
    ["an unknown function", "filter regexMatch(srcAddr)", /unknown function regexMatch/],
    ["an unknown aggregation", "stats median(bytes) as m", /unknown aggregation median/],
    ["a word too many", "filter action = 'x' 3", /unexpected symbol found 3/],
    ["an open bracket", "filter (action = 'x'", /expected \)/],
    [
      "three stats",
      "stats count(*) as a|stats count(*) as b|stats count(*) as c",
      /too many stats/,
    ],
    ["a sort before a stats", "sort bytes|stats count(*) as n", /have to follow/],
    ["a glob that does not fit its names", 'parse @message "* *" as a', /as many names/],
    ["an expression without a name", "stats count(*) as n by bytes % 2", /needs a name/],
    ["a name that the record has", "fields bytes * 2 as bytes", /there already/],
    ["a name given twice", "fields bytes * 2 as b, bytes as b", /there already/],
    ["an SQL comment", "filter action = 'x' -- y", /unexpected symbol/],
    ["a text that is too long", `filter action = "${"x".repeat(10_000)}"`, /too long/],
  ];

  it.each(check)("%s", (_what, query, message) => {
    expect(() => rowsOf(query)).toThrow(MalformedQuery);
    expect(() => rowsOf(query)).toThrow(message);
  });
});
