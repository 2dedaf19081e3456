import type { Finding, Report } from "@turnaway/core";
import { sampleFindings } from "./sample-findings.ts";
import { insightsSample } from "./sample-insights.ts";

/** The states that a report can be in, each a sample of its own. */
export const SAMPLE_KINDS = [
  "typical",
  "clear",
  "partial",
  "no-data",
  "only-noise",
  "cloudwatch",
] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/**
 * A made-up report for golden files, previews and tests: the same every time.
 * Addresses are private or reserved for documentation (RFC 5737, 3849).
 */
export function sampleReport(kind: SampleKind = "typical"): Report {
  switch (kind) {
    case "typical":
      return typical(sampleFindings());
    case "clear":
      return quiet({
        verdict: "clear",
        headline: "Nothing was turned away that should not have been on Thursday 19 November 2026.",
      });
    case "only-noise":
      return {
        ...quiet({
          verdict: "clear",
          headline: "Only internet background noise was turned away on Thursday 19 November 2026.",
        }),
        noise: NOISE,
      };
    case "partial":
      return partial();
    case "no-data":
      return noData();
    case "cloudwatch":
      return insightsSample(quiet({ verdict: "findings", headline: "" }));
  }
}

function typical(findings: Finding[]): Report {
  const count = (status: Finding["status"]): number =>
    findings.filter((finding) => finding.status === status).length;
  return {
    ...quiet({
      verdict: "findings",
      headline:
        "4 new: orders-api (10.0.3.7) is refused at its database since 14:05, and 3 more; 3 still there, 1 gone.",
    }),
    totals: BUSY_TOTALS,
    trend: trend(BUSY_TOTALS),
    counts: {
      new: count("new"),
      ongoing: count("ongoing"),
      resolved: count("resolved"),
      muted: count("muted"),
    },
    findings,
    noise: NOISE,
    latePackets: { records: 1204, pairs: 88 },
    notices: ["Owners come from the instance tag `team`; 2 of 14 interfaces have none."],
  };
}

function quiet(words: Pick<Report, "verdict" | "headline">): Report {
  return {
    schema: "turnaway.report/1",
    name: "production",
    ...words,
    window: { start: "2026-11-19T00:00:00Z", end: "2026-11-20T00:00:00Z", timezone: "UTC" },
    totals: QUIET_TOTALS,
    counts: { new: 0, ongoing: 0, resolved: 0, muted: 0 },
    findings: [],
    noise: { records: 0, sources: 0, topPorts: [], topSources: [] },
    latePackets: { records: 0, pairs: 0 },
    trend: trend(QUIET_TOTALS),
    coverage: COVERAGE,
    notices: [],
    receipt: {
      engine: "duckdb",
      queries: [
        { name: "build-rollup", id: null, scannedBytes: 41_233_100, durationMs: 1840 },
        { name: "report", id: null, scannedBytes: 0, durationMs: 212 },
      ],
      scannedBytes: 41_233_100,
      costUsd: 0,
      durationMs: 2304,
      versions: { turnaway: "0.1.0", duckdb: "1.5.6", node: "24.21.0" },
    },
  };
}

function partial(): Report {
  return {
    ...quiet({
      verdict: "partial",
      headline:
        "PARTIAL: nothing was found in the logs that could be read, but 3 files are damaged or missing.",
    }),
    noise: NOISE,
    trend: trend(QUIET_TOTALS).map((day, index) =>
      index === 5 ? { ...day, accepted: 0, rejected: 0, covered: false } : day,
    ),
    coverage: {
      ...COVERAGE,
      malformed: 17,
      skipData: 42,
      hoursWithRecords: 21,
      problems: [
        {
          code: "GZIP_TRUNCATED",
          where:
            "logs/2026/11/19/111122223333_vpcflowlogs_eu-west-1_fl-0a1b2c3d_20261119T1405Z_5f3e.log.gz:48211",
          detail: "the file ends in the middle of a gzip member; 48,210 good lines were kept",
          partial: true,
        },
        {
          code: "HOURS_MISSING",
          where: "2026-11-19T02:00:00Z/2026-11-19T05:00:00Z",
          detail: "no record for 3 hours although 14 interfaces talked before and after",
          partial: true,
        },
        {
          code: "LINE_MALFORMED",
          where: "logs/a|b`c\u001b[31m@ops.log:7",
          detail: "expected 14 fields, found 13: <img src=x onerror=alert(1)> @octocat #42",
          partial: false,
        },
      ],
    },
  };
}

function noData(): Report {
  const nothing = { records: 0, packets: 0, bytes: 0 };
  return {
    ...quiet({
      verdict: "no-data",
      headline: "NO DATA: no flow-log record of Thursday 19 November 2026 could be read.",
    }),
    totals: { accepted: nothing, rejected: nothing },
    trend: trend(QUIET_TOTALS).map((day, index) =>
      index < EARLIER_REFUSED.length ? day : { ...day, accepted: 0, rejected: 0, covered: false },
    ),
    coverage: {
      ...COVERAGE,
      files: 0,
      bytes: 0,
      lines: 0,
      headers: 0,
      records: 0,
      ok: 0,
      noData: 0,
      skipData: 0,
      accept: 0,
      reject: 0,
      acceptBytes: 0,
      rejectBytes: 0,
      firstStart: null,
      lastEnd: null,
      excluded: 0,
      interfaces: 0,
      hoursWithRecords: 0,
      formats: [],
      problems: [
        {
          code: "NO_RECORDS",
          where: "s3://example-flow-logs/AWSLogs/111122223333/vpcflowlogs/eu-west-1/2026/11/19/",
          detail: "the prefix of the day holds no file",
          partial: true,
        },
      ],
    },
  };
}

const BUSY_TOTALS: Report["totals"] = {
  accepted: { records: 1_204_331, packets: 48_112_904, bytes: 61_200_345_678 },
  rejected: { records: 24_872, packets: 31_220, bytes: 1_742_880 },
};

const QUIET_TOTALS: Report["totals"] = {
  accepted: { records: 1_180_040, packets: 47_000_112, bytes: 60_004_112_000 },
  rejected: { records: 9120, packets: 9344, bytes: 402_112 },
};

const NOISE: Report["noise"] = {
  records: 18_402,
  sources: 3127,
  topPorts: [
    { name: "23/tcp", records: 6120 },
    { name: "22/tcp", records: 3304 },
    { name: "445/tcp", records: 2011 },
  ],
  topSources: [
    { name: "198.51.100.23", records: 912 },
    { name: "203.0.113.80", records: 640 },
    { name: "2001:db8:ffff:ffff:ffff:ffff:ffff:fffe", records: 77 },
  ],
};

const EARLIER_REFUSED = [
  8120, 9044, 7990, 8210, 8003, 4120, 4410, 8890, 9120, 8770, 8400, 8655, 9010,
];

function trend(totals: Report["totals"]): Report["trend"] {
  const earlier = EARLIER_REFUSED.map((rejected, index) => ({
    accepted: 1_100_000 + ((index * 37_117) % 140_000),
    rejected,
  }));
  const today = { accepted: totals.accepted.records, rejected: totals.rejected.records };
  return [...earlier, today].map((amounts, index) => ({
    day: `2026-11-${String(index + 6).padStart(2, "0")}`,
    ...amounts,
    covered: true,
  }));
}

const COVERAGE: Report["coverage"] = {
  files: 288,
  bytes: 41_233_100,
  lines: 1_240_288,
  headers: 288,
  records: 1_240_000,
  ok: 1_239_800,
  noData: 200,
  skipData: 0,
  malformed: 0,
  accept: 1_204_331,
  reject: 35_469,
  acceptBytes: 61_200_345_678,
  rejectBytes: 1_742_880,
  firstStart: "2026-11-19T00:00:02Z",
  lastEnd: "2026-11-19T23:59:58Z",
  excluded: 0,
  interfaces: 14,
  hoursWithRecords: 24,
  hours: 24,
  formats: [
    {
      fields:
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status",
      files: 288,
      records: 1_240_000,
    },
  ],
  problems: [],
};
