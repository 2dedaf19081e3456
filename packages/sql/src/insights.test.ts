import {
  DEFAULT_FORMAT,
  DETECTION_IDS,
  type LogFormat,
  parseLogFormat,
  RICH_FORMAT,
  TurnawayError,
} from "@turnaway/core";
import { describe, expect, it } from "vitest";

import {
  composeInsights,
  findInsights,
  type InsightsOptions,
  listInsights,
  ownInsights,
} from "./compose-insights.ts";
import { composeInsightsTrace } from "./compose-insights-trace.ts";
import { insightsName } from "./insights-file.ts";
import { absentSections, answeredDetections, INSIGHTS_SECTIONS } from "./insights-sections.ts";
import { DEFAULT_SETTINGS } from "./macros.ts";
import { parseTraceSubject } from "./trace-subject.ts";

const DAY = 1_763_510_400; // 2025-11-19
const OPTIONS: InsightsOptions = {
  settings: DEFAULT_SETTINGS,
  format: DEFAULT_FORMAT,
  window: { start: DAY - 86_400, end: DAY + 86_400 },
  cut: DAY,
  values: { min_records: 5, min_ports: 25, min_hosts: 15 },
};
const files = listInsights().map((file) => [insightsName(file), file] as const);

describe("every file", () => {
  it.each(files)("%s says what, grain and an order over its columns", (_name, file) => {
    expect(file.what).toMatch(/\S.+\.$/);
    expect(file.grain).toMatch(/^one row per /);
    const ordered = file.order.split(",").map((part) => part.trim().split(" ")[0]);
    const columns = Object.keys(file.columns);
    expect(columns).toEqual(expect.arrayContaining(ordered));
  });

  it.each(files)("%s orders its rows totally: by all that names a row", (_name, file) => {
    const keys = Object.entries(file.columns).filter(([, { merge }]) => merge === "key");
    for (const [column] of keys) expect(file.order).toMatch(new RegExp(`\\b${column}\\b`));
  });

  it.each(files)("%s can be sliced in all of its columns or in none", (_name, file) => {
    const merged = Object.values(file.columns).filter(({ merge }) => merge !== undefined);
    expect([0, Object.keys(file.columns).length]).toContain(merged.length);
  });

  it.each(files)("%s is never sliced when it filters or counts what it added up", (_name, file) => {
    const afterStats = file.text
      .split(/\|\s*stats\b/)
      .slice(1)
      .join("|stats");
    const addsUpOnce = !/\|\s*(stats|filter)\b/.test(afterStats) && !afterStats.includes("|stats");
    expect(Object.values(file.columns).every(({ merge }) => merge !== undefined)).toBe(addsUpOnce);
  });

  const greatestFirst = files.filter(([, { order }]) => /^\w+ desc\b/.test(order));
  it.each(greatestFirst)("%s has the service put the greatest first, too", (_name, file) => {
    expect(file.text.trim().split("\n").at(-1)).toBe(`| sort ${file.order.split(",")[0]}`);
  });

  it.each(files)("%s leaves no placeholder, in the default and the rich format", (_name, file) => {
    for (const format of [DEFAULT_FORMAT, RICH_FORMAT]) {
      const { sql, fields } = composeInsights(file, { ...OPTIONS, format });
      expect(`${sql} ${fields!.map((f) => f.field).join(" ")}`).not.toMatch(/[{}]|undefined|NaN/);
      // The longest text that StartQuery takes.
      expect(sql.length).toBeLessThan(10_000);
    }
  });
});

describe("the table of sections", () => {
  it("says of every detection, once, whether Insights has it", () => {
    const named = INSIGHTS_SECTIONS.map(({ section }) => section);
    for (const id of DETECTION_IDS)
      expect(
        named.filter((name) => name === id),
        id,
      ).toEqual([id]);
    expect(new Set(named).size).toBe(named.length);
  });

  it("has a place for every file", () => {
    const named = INSIGHTS_SECTIONS.flatMap((section) => ("by" in section ? section.by : []));
    expect(new Set(named)).toEqual(new Set(listInsights().map(insightsName)));
  });

  it("names files that there are, and gives a reason for what is absent", () => {
    for (const section of INSIGHTS_SECTIONS) {
      if ("by" in section) for (const name of section.by) expect(findInsights(name)).toBeDefined();
      else expect(section.absent).toMatch(/^needs \w/);
    }
    expect(answeredDetections()).toContain("internal-denied");
    expect(absentSections().map(({ section }) => section)).toContain("reject-spike");
  });
});

describe("composing", () => {
  const compose = (name: string, options: Partial<InsightsOptions> = {}) =>
    composeInsights(findInsights(name), { ...OPTIONS, ...options });

  it("takes the fields that Insights discovers in the default format", () => {
    const { sql } = compose("top-rejected", { limit: 10 });
    expect(sql).toBe(
      [
        "fields coalesce(startTime, start) as start_time, coalesce(endTime, end) as end_time",
        `| filter start_time >= ${DAY - 86_400} and start_time < ${DAY + 86_400} and action = "REJECT"`,
        "| stats count(*) as records, sum(packets) as sum_packets, sum(bytes) as sum_bytes",
        "    by srcAddr, dstAddr, dstPort, protocol",
        "| sort records desc",
        "| limit 10",
      ].join("\n"),
    );
  });

  it("parses the message of any other format, in the order of its fields", () => {
    const format = parseLogFormat(
      "start end action srcaddr dstaddr dstport protocol packets bytes",
    );
    const { sql, fields } = compose("top-rejected", { format });
    expect(sql).toContain(
      'parse @message "* * * * * * * * *" as start_time, end_time, log_action, log_srcaddr, log_dstaddr, log_dstport, log_protocol, log_packets, log_bytes',
    );
    expect(fields!.slice(0, 2)).toMatchObject([
      { column: "srcaddr", field: "log_srcaddr" },
      { column: "dstaddr", field: "log_dstaddr" },
    ]);
  });

  it("takes the true ends where the format has them", () => {
    expect(compose("noise-sources").sql).toContain("by srcAddr");
    expect(compose("noise-sources", { format: RICH_FORMAT }).sql).toContain("by log_pkt_srcaddr");
  });

  it("leaves what a control of the VPC refused to another detection, where the format says it", () => {
    expect(compose("internal-denied").sql).not.toContain("reject_reason");
    expect(compose("internal-denied", { format: RICH_FORMAT }).sql).toContain(
      ' and log_reject_reason = "-"',
    );
  });

  it("asks the same over a slice of the window, with the periods where they were", () => {
    const { textOver } = compose("top-rejected");
    expect(textOver({ start: DAY, end: DAY + 3600 })).toContain(
      `start_time >= ${DAY} and start_time < ${DAY + 3600}`,
    );
  });

  it("knows one period where the window has no other", () => {
    const { sql } = compose("port-scan", { window: { start: DAY, end: DAY + 86_400 } });
    expect(sql).toContain("| fields 1 as period");
  });

  it("takes ranges of both families from the configuration, in their normal form", () => {
    const settings = { ...DEFAULT_SETTINGS, localRanges: ["203.0.113.0/24", "2001:DB8::/32"] };
    expect(compose("noise-sources", { settings }).sql).toContain(
      '(isIpv4InSubnet(dstAddr, "203.0.113.0/24") or isIpv6InSubnet(dstAddr, "2001:db8::/32"))',
    );
  });

  it("refuses a range that is none, whatever it holds", () => {
    const settings = { ...DEFAULT_SETTINGS, localRanges: ['10.0.0.0/8") or true or ("'] };
    expect(() => compose("noise-sources", { settings })).toThrow(/not an address range/);
  });

  it("gives the number of rows that the query says, what the caller says, or all", () => {
    expect(compose("top-rejected-sources").sql).toMatch(/\| limit 20$/);
    expect(compose("top-rejected-sources", { limit: 3 }).sql).toMatch(/\| limit 3$/);
    expect(compose("top-rejected-sources", { limit: null }).sql).not.toContain("| limit");
    expect(compose("top-rejected-sources").textOver(OPTIONS.window)).not.toContain("| limit");
  });

  it("refuses a format that lacks a field, and names the field", () => {
    const format = parseLogFormat("srcaddr dstaddr protocol start end action");
    const refusal = (): unknown => compose("internal-denied", { format });
    expect(refusal).toThrow(TurnawayError);
    expect(refusal).toThrow(/it lacks (.*)srcport, dstport/);
    expect(refusal).not.toThrow(/it lacks .*(within|min_records)/);
  });

  it("leaves a person's own text alone", () => {
    const { sql, fields, textOver } = ownInsights("own", "fields @message", OPTIONS.window);
    expect([sql, textOver(OPTIONS.window), fields]).toEqual([
      "fields @message",
      "fields @message",
      null,
    ]);
  });

  it("says what there is when a query is unknown", () => {
    expect(() => findInsights("top-rejectd")).toThrow(/did you mean "?top-rejected/i);
    expect(() => findInsights("cidr-traffic")).toThrow(/Insights answers accepted-vs-rejected/);
  });

  it("refuses what is no integer before it reaches a text", () => {
    const file = findInsights("port-scan");
    const values = { min_ports: Number("1; drop") };
    expect(() => composeInsights(file, { ...OPTIONS, values })).toThrow(/not an integer/);
  });
});

describe("the records of a subject", () => {
  const window = { start: DAY, end: DAY + 86_400 };
  const filterOf = (subject: string, format: LogFormat): string =>
    composeInsightsTrace(parseTraceSubject(subject), { settings: DEFAULT_SETTINGS, format, window })
      .sql.split("\n")
      .find((line) => line.startsWith("| filter"))!
      .replace(/^.* and \(\(/, "((");

  it.each([
    ["10.0.3.7", DEFAULT_FORMAT, `(((dstAddr = "10.0.3.7")) or ((srcAddr = "10.0.3.7")))`],
    [
      "10.0.3.7->10.0.9.0/24:5432",
      DEFAULT_FORMAT,
      `(((isIpv4InSubnet(dstAddr, "10.0.9.0/24")) and (srcAddr = "10.0.3.7") and dstPort = 5432) or ((isIpv4InSubnet(srcAddr, "10.0.9.0/24")) and (dstAddr = "10.0.3.7") and srcPort = 5432))`,
    ],
    [
      "2001:db8::/32",
      RICH_FORMAT,
      `(((isIpv6InSubnet(log_dstaddr, "2001:db8::/32") or isIpv6InSubnet(log_pkt_dstaddr, "2001:db8::/32"))) or ((isIpv6InSubnet(log_srcaddr, "2001:db8::/32") or isIpv6InSubnet(log_pkt_srcaddr, "2001:db8::/32"))))`,
    ],
  ])("are picked in both directions: %s", (subject, format, expected) => {
    expect(filterOf(subject, format)).toBe(expected);
  });

  it("need the fields that a trace reads", () => {
    const format = parseLogFormat("srcaddr dstaddr action start end");
    expect(() => filterOf("10.0.3.7", format)).toThrow("it lacks srcport, dstport, protocol");
  });
});
