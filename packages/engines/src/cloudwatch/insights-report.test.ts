import {
  type Config,
  DEFAULT_FORMAT,
  dayWindow,
  defaultConfig,
  type LogFormat,
  parseLogFormat,
  type Report,
  reportSchema,
  TurnawayError,
} from "@turnaway/core";
import { buildInsightsReport, buildReport } from "@turnaway/report";
import { answeredDetections, DEFAULT_SETTINGS } from "@turnaway/sql";
import type { LogEvent, LogsServerOptions } from "@turnaway/testing/logs-server";
import { afterEach, describe, expect, it } from "vitest";

import { LOG_GROUP, openEngine, type OpenEngine } from "../../test/cloudwatch/open-engine.ts";
import { simulateLogs, toEvents } from "../../test/cloudwatch/simulated-logs.ts";
import { createDuckdbEngine } from "../duckdb/duckdb-engine.ts";
import type { CloudwatchEngineOptions } from "./cloudwatch-engine.ts";

const TODAY = dayWindow("2026-11-19", "UTC");
const YESTERDAY = dayWindow("2026-11-18", "UTC");

let open: OpenEngine;
afterEach(async () => {
  expect(open.server.openQueries()).toEqual([]);
  await open.close();
});

interface Asked {
  readonly events: readonly LogEvent[];
  readonly format?: LogFormat;
  readonly config?: Config;
  readonly server?: Partial<LogsServerOptions>;
  readonly engine?: Partial<CloudwatchEngineOptions>;
}

async function report({ events, format, config, server, engine }: Asked): Promise<Report> {
  open = await openEngine({ logGroups: { [LOG_GROUP]: events }, ...server }, engine);
  const made = await buildInsightsReport(open.engine, {
    config: config ?? defaultConfig(),
    settings: DEFAULT_SETTINGS,
    format: format ?? DEFAULT_FORMAT,
    mutes: [],
    window: TODAY,
    notices: [],
    versions: {},
  });
  return reportSchema.parse(made);
}

/** Lines of the default format, one a time of the day given in seconds. */
function lines(
  day: { readonly start: number },
  times: readonly number[],
  rest = "10.0.0.5 10.0.0.9 40000 443 6 2 120",
  end = "ACCEPT OK",
): string[] {
  return times.map((at) => {
    const start = day.start + at;
    return `2 111122223333 eni-a ${rest} ${start} ${start + 60} ${end}`;
  });
}

const EVERY_HOUR = Array.from({ length: 24 }, (_, hour) => hour * 3600 + 600);

function quiet(...more: readonly string[]): readonly LogEvent[] {
  const both = [...lines(YESTERDAY, EVERY_HOUR), ...lines(TODAY, EVERY_HOUR), ...more];
  return toEvents(both, DEFAULT_FORMAT);
}

const REFUSED = "10.0.0.6 10.0.0.9 40000 5432 6 1 60";

describe.each(["default", "rich"] as const)("over a simulated VPC in the %s format", (name) => {
  it(
    "finds what DuckDB finds, of the detections that Insights has, under the same keys",
    { timeout: 60_000 },
    async () => {
      const logs = await simulateLogs(name);
      const found = await report({ events: logs.events, format: logs.format });
      const config = defaultConfig();
      const expected = await buildReport(createDuckdbEngine(logs.duckdb.connection), {
        config: { ...config, report: { ...config.report, historyDays: 1 } },
        settings: DEFAULT_SETTINGS,
        mutes: [],
        window: TODAY,
        notices: [],
        versions: {},
        read: {
          files: 0,
          bytes: 0,
          lines: 0,
          headers: 0,
          records: 0,
          malformed: 0,
          formats: [],
          problems: [],
          logged: [],
          interfaces: 0,
          excluded: 0,
          undated: 0,
        },
      });
      const answered: readonly string[] = answeredDetections();
      const facts = ({ findings }: Report): string[] =>
        findings
          .filter(({ detection }) => answered.includes(detection))
          .map(
            ({ key, status, client, server, title }) =>
              `${key} ${status} ${client} ${server} ${title}`,
          )
          .toSorted();
      expect(facts(found)).toEqual(facts(expected));
      expect(new Set(found.findings.map(({ detection }) => detection))).toEqual(new Set(answered));
      expect(found.coverage.hoursWithRecords).toBe(21);
      logs.close();
    },
  );
});

describe("the verdict", () => {
  it("is clear when every hour has records and nothing was found", async () => {
    const made = await report({ events: quiet() });
    expect([made.verdict, made.findings, made.coverage.problems]).toEqual(["clear", [], []]);
    expect(made.totals.accepted).toEqual({ records: 24, packets: 48, bytes: 2880 });
    expect(made.coverage).toMatchObject({
      records: 24,
      ok: 24,
      hours: 24,
      hoursWithRecords: 24,
      interfaces: 1,
    });
    expect(made.trend.map(({ day, accepted, covered }) => [day, accepted, covered])).toEqual([
      ["2026-11-18", 24, true],
      ["2026-11-19", 24, true],
    ]);
  });

  it("is not clear when hours have no records", async () => {
    const made = await report({
      events: quiet().filter(({ timestamp }) => timestamp / 1000 < TODAY.end - 7200),
    });
    expect(made.verdict).toBe("findings");
    expect(made.findings[0]).toMatchObject({
      key: "coverage-gap/missing-hours",
      title: "2 of 24 hours have no records at all",
      firstSeen: "2026-11-19T22:00:00Z",
    });
  });

  it("is no-data when the log group is empty, and when it has no record of the day", async () => {
    expect((await report({ events: [] })).verdict).toBe("no-data");
    await open.close();
    const yesterday = toEvents(lines(YESTERDAY, EVERY_HOUR), DEFAULT_FORMAT);
    expect((await report({ events: yesterday })).verdict).toBe("no-data");
  });

  it("is partial when a limit cut an answer that can't be sliced", async () => {
    const sources = Array.from({ length: 6 }, (_, i) =>
      lines(TODAY, [60, 60, 60, 60, 60], `10.0.${i}.1 203.0.113.9 40000 443 6 1 60`, "REJECT OK"),
    );
    const made = await report({
      events: quiet(...sources.flat()),
      server: { rowLimit: 4 },
      engine: { rowLimit: 4 },
    });
    expect(made.verdict).toBe("partial");
    expect(made.coverage.problems).toContainEqual(
      expect.objectContaining({ code: "INSIGHTS_CUT", where: "egress-denied", partial: true }),
    );
  });

  it("is partial when the log format has no log status, which alone proves a quiet day", async () => {
    const format = parseLogFormat(
      DEFAULT_FORMAT.fields.filter((f) => f !== "log-status").join(" "),
    );
    const events = quiet().map((event) => ({
      ...event,
      message: event.message.replace(/ OK$/, ""),
    }));
    const made = await report({ events, format });
    expect(made.verdict).toBe("partial");
    expect(made.absent).toContainEqual({
      section: "coverage",
      reason: "needs log_status, which the log format lacks",
    });
  });

  it("is partial when most of the log group is no flow log", async () => {
    const noise = Array.from({ length: 60 }, (_, i) => ({
      timestamp: (TODAY.start + i * 600) * 1000,
      message: "START RequestId: 1",
    }));
    const made = await report({ events: [...quiet(), ...noise] });
    expect([made.verdict, made.coverage.malformed]).toEqual(["partial", 60]);
  });
});

describe("what is refused inside", () => {
  const refused = (day: { readonly start: number }): string[] =>
    lines(
      day,
      [1, 2, 3, 4, 5, 6].map((i) => i * 600),
      REFUSED,
      "REJECT OK",
    );

  it("since yesterday is in its second day", async () => {
    const made = await report({ events: quiet(...refused(YESTERDAY), ...refused(TODAY)) });
    expect(made.findings).toMatchObject([
      {
        key: "internal-denied/10.0.0.9/tcp/5432",
        status: "ongoing",
        day: 2,
        firstSeen: "2026-11-18T00:10:00Z",
        lastSeen: "2026-11-19T01:00:00Z",
        records: 6,
        client: "10.0.0.6",
        refusedAt: "unknown",
        evidence: { refusedRecords: 6, clients: 1 },
      },
    ]);
  });

  it("yesterday alone is resolved", async () => {
    const made = await report({ events: quiet(...refused(YESTERDAY)) });
    expect(made.findings).toMatchObject([{ status: "resolved", day: 1 }]);
    expect(made.verdict).toBe("clear");
  });

  it("and was let through yesterday is newly rejected, since the last time that it was", async () => {
    const let0 = lines(YESTERDAY, [600, 1200], REFUSED);
    const made = await report({ events: quiet(...let0, ...refused(TODAY)) });
    expect(made.findings).toMatchObject([
      {
        key: "newly-rejected/10.0.0.9/tcp/5432",
        severity: "high",
        firstSeen: "2026-11-19T00:10:00Z",
        evidence: { lastAccept: "2026-11-18T00:20:00Z" },
      },
    ]);
  });

  it("at the server is found although the client's own interface lets it out", async () => {
    const out = lines(TODAY, [600, 1200, 1800, 2400, 3000, 3600], REFUSED).map((line) =>
      line.replace("eni-a", "eni-client"),
    );
    const made = await report({ events: quiet(...out, ...refused(TODAY)) });
    expect(made.findings.map(({ key }) => key)).toEqual(["internal-denied/10.0.0.9/tcp/5432"]);
  });

  it("is not asked for when the detection is switched off, and is when its threshold is lower", async () => {
    const config = defaultConfig();
    const tuned = (own: Partial<Config["report"]["detections"]["internal-denied"]>): Config => ({
      ...config,
      report: {
        ...config.report,
        detections: {
          ...config.report.detections,
          "internal-denied": { ...config.report.detections["internal-denied"], ...own },
        },
      },
    });
    const few = quiet(...refused(TODAY).slice(0, 2));
    expect((await report({ events: few })).findings).toEqual([]);
    await open.close();
    const low = await report({ events: few, config: tuned({ params: { min_records: 2 } }) });
    expect(low.findings).toHaveLength(1);
    await open.close();
    const off = await report({
      events: quiet(...refused(TODAY)),
      config: tuned({ enabled: false }),
    });
    expect(off.findings).toEqual([]);
    expect(off.receipt.queries.map(({ name }) => name)).not.toContain("internal-denied");
  });
});

it("says what it does not have, why, and what it cost", async () => {
  const made = await report({ events: quiet() });
  expect(made.notices.join("\n")).toContain(
    "Asked of CloudWatch Logs Insights, which counts as logged",
  );
  expect([made.counted, made.latePackets]).toEqual(["as-logged", null]);
  const absent = made.absent?.map(({ section }) => section);
  expect(absent).toEqual(
    expect.arrayContaining(["newly-accepted", "reject-spike", "reply-rejected", "files"]),
  );
  const { engine, queries, costUsd } = made.receipt;
  expect([engine, queries.length]).toEqual(["cloudwatch", 12]);
  // Some kilobytes cost less than can be written, and are not free.
  expect(costUsd).toBe(0.000_001);
});

it("takes the zone's days, odd offset and all", async () => {
  open = await openEngine({ logGroups: { [LOG_GROUP]: quiet() } });
  const window = dayWindow("2026-11-19", "Asia/Kolkata");
  const made = await buildInsightsReport(open.engine, {
    config: defaultConfig(),
    settings: { ...DEFAULT_SETTINGS, hourOffset: 1800 },
    format: DEFAULT_FORMAT,
    mutes: [],
    window,
    notices: [],
    versions: {},
  });
  expect([made.coverage.hours, made.coverage.hoursWithRecords, made.verdict]).toEqual([
    24,
    24,
    "clear",
  ]);
});

it("fails as one when one question fails, and leaves no query behind", async () => {
  open = await openEngine({
    logGroups: { [LOG_GROUP]: quiet() },
    looks: { scheduled: 1, running: 20 },
  });
  open.server.inject({
    operation: "GetQueryResults",
    fault: { kind: "state", state: "Cancelled" },
    when: () => open.server.openQueries().length === 4,
    times: 1,
  });
  const run = buildInsightsReport(open.engine, {
    config: defaultConfig(),
    settings: DEFAULT_SETTINGS,
    format: DEFAULT_FORMAT,
    mutes: [],
    window: TODAY,
    notices: [],
    versions: {},
  });
  await expect(run).rejects.toThrow(TurnawayError);
  await expect(run).rejects.toThrow(/query was stopped/);
});
