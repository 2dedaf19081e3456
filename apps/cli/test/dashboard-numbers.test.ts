import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { defaultConfig, type Report, type Row } from "@turnaway/core";
import {
  expand,
  type FilterChoice,
  grafanaDashboard,
  planVisual,
  type VisualPlan,
} from "@turnaway/dashboards";
import { openTraffic, type Traffic } from "@turnaway/engines/duckdb";
import { buildReport } from "@turnaway/report";
import { filesOf, simulate } from "@turnaway/simulator";
import { listLocalSources } from "@turnaway/sources";
import {
  composeQuery,
  dataSetView,
  DEFAULT_SETTINGS,
  importDataSet,
  listSqlFiles,
  parseTraceSubject,
  visualSql,
} from "@turnaway/sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { definitionsFolder, readDefinitions } from "../src/dashboards/definitions-folder.ts";

// Every number that a dashboard and a report both show, and a query of the catalogue has: the
// same number over the same logs.

const DAYS = ["2026-11-17", "2026-11-18", "2026-11-19", "2026-11-20"];
const START = Date.parse("2026-11-20T00:00:00Z") / 1000;
const LAST_DAY = { start: START, end: START + 86_400, timezone: "UTC" };

type Rows = readonly Row[];

/** One number, or a list of such, in its three places. */
interface Same {
  /** `dashboard/visual`, and how its number is read; all of them show it. */
  readonly visuals: Readonly<Record<string, (rows: Rows) => unknown>>;
  /** Null where no report has it. */
  readonly report: ((report: Report) => unknown) | null;
  /** Null where no query of the catalogue has it. */
  readonly query: readonly [name: string, read: (rows: Rows) => unknown] | null;
  /** Rows that the visual is narrowed to, as by a click on another one. */
  readonly only?: Readonly<Record<string, string>>;
}

const OF_A_DAY: Readonly<Record<string, Same>> = {
  "records refused": {
    visuals: {
      "rejects/rejected-records": sum("rejected_records.sum"),
      "traffic/rejected-records": sum("rejected_records.sum"),
      "peers/rejected-records": sum("rejected_records.sum"),
      "rejects/rejects-by-day": sum("rejected_records.sum"),
      "rejects/refused-at": sum("rejected_records.sum"),
      "traffic/records-by-hour": sum("rejected_records.sum"),
      "traffic/by-vpc": sum("rejected_records.sum"),
      "traffic/by-account": sum("rejected_records.sum"),
      "traffic/by-region": sum("rejected_records.sum"),
      "traffic/by-scope": sum("rejected_records.sum"),
      "peers/pairs": sum("rejected_records.sum"),
    },
    report: ({ totals }) => totals.rejected.records,
    query: ["accepted-vs-rejected", sum("rejected_records")],
  },
  "records let through": {
    visuals: {
      "traffic/accepted-records": sum("accepted_records.sum"),
      "traffic/records-by-hour": sum("accepted_records.sum"),
      "traffic/by-scope": sum("accepted_records.sum"),
    },
    report: ({ totals }) => totals.accepted.records,
    query: ["accepted-vs-rejected", sum("accepted_records")],
  },
  "bytes let through": {
    visuals: {
      "peers/bytes": sum("accepted_bytes.sum"),
      "peers/bytes-by-day": sum("accepted_bytes.sum"),
      "peers/scopes": sum("accepted_bytes.sum"),
      "traffic/bytes-by-hour": sum("accepted_bytes.sum"),
    },
    report: ({ totals }) => totals.accepted.bytes,
    query: ["accepted-vs-rejected", sum("accepted_bytes")],
  },
  "the share that is refused": {
    visuals: { "traffic/rejected-share": ([row]) => Number(row!["rejected_share"]).toFixed(9) },
    report: ({ totals: { accepted, rejected } }) =>
      (Number(rejected.records) / (Number(accepted.records) + Number(rejected.records))).toFixed(9),
    query: null,
  },
  "records of late packets": {
    visuals: { "traffic/late-records": sum("late_records.sum") },
    report: ({ latePackets }) => latePackets!.records,
    query: ["late-packets", sum("late_records")],
  },
  "connections refused": {
    visuals: { "rejects/refused-connections": sum("connection.distinct_count") },
    report: null,
    query: [
      "rejected-traffic",
      (rows) =>
        rows.filter(
          (row) => sum("records")([row]) !== "0" || sum("reply_rejected_records")([row]) !== "0",
        ).length,
    ],
  },
  "clients refused": {
    visuals: { "rejects/refused-clients": sum("client.distinct_count") },
    report: null,
    query: ["rejected-traffic", (rows) => new Set(rows.map((row) => row["client"])).size],
  },
  "records refused, by the hour": {
    visuals: { "traffic/records-by-hour": list("hour.hour", "rejected_records.sum") },
    report: null,
    query: ["accepted-vs-rejected", list("hour", "rejected_records")],
  },
  "top sources": {
    visuals: { "rejects/top-sources": list("client", "request_records.sum") },
    report: null,
    query: ["top-rejected-sources", (rows) => list("client", "records")(rows).slice(0, 10)],
  },
  "top sources of the internet": {
    visuals: { "rejects/top-sources": list("client", "request_records.sum") },
    only: { class: "noise" },
    report: ({ noise }) => noise.topSources.map(({ name, records }) => [name, String(records)]),
    query: null,
  },
  "requests of the internet": {
    visuals: { "rejects/noise-share": sum("request_records.sum") },
    only: { class: "noise" },
    report: ({ noise }) => noise.records,
    query: null,
  },
  "top servers": {
    visuals: { "rejects/top-servers": list("server", "request_records.sum") },
    report: null,
    query: ["rejected-traffic", (rows) => added(rows, "server", "records").slice(0, 10)],
  },
  "top services": {
    visuals: {
      "rejects/top-services": (rows) =>
        added(rows, "service", "request_records.sum").map(([, n]) => n),
    },
    report: null,
    query: [
      "top-rejected-ports",
      (rows) =>
        list(
          "service_port",
          "records",
        )(rows)
          .slice(0, 10)
          .map(([, n]) => n),
    ],
  },
  "top services of the internet": {
    visuals: {
      "rejects/top-services": (rows) =>
        added(rows, "service", "request_records.sum")
          .filter(([name]) => String(name).includes("/"))
          .map(([, n]) => n),
    },
    only: { class: "noise" },
    report: ({ noise }) => noise.topPorts.map(({ records }) => String(records)),
    query: null,
  },
  reasons: {
    visuals: {
      "rejects/reject-reasons": (rows) => byName(rows, "reject_reason", "refused_records.sum"),
    },
    report: null,
    query: [
      "rejects-by-reason",
      (rows) =>
        byName(
          rows.map((row) => ({ ...row, reject_reason: row["reject_reason"] ?? "rule" })),
          "reject_reason",
          "records",
        ),
    ],
  },
};

const OF_ALL: Readonly<Record<string, Same>> = {
  "records as logged": {
    visuals: {
      "coverage/records": sum("records.sum"),
      "coverage/status": sum("records.sum"),
      "coverage/records-by-hour": sum("records.sum"),
      "coverage/records-by-action": sum("records.sum"),
      "coverage/hours-by-account": sum("records.sum"),
      "coverage/busiest-interfaces": sum("records.sum"),
    },
    report: ({ coverage }) => coverage.records,
    query: ["coverage-by-day", sum("records")],
  },
  "windows lost": {
    visuals: { "coverage/lost-records": sum("lost_records.sum") },
    report: ({ coverage }) => coverage.skipData,
    query: ["coverage-by-day", sum("skip_data")],
  },
  "records without a problem": {
    visuals: { "coverage/status": sumWhere("log_status", "OK", "records.sum") },
    report: ({ coverage }) => coverage.ok,
    query: ["coverage-by-day", sum("ok")],
  },
  "records of no data": {
    visuals: { "coverage/status": sumWhere("log_status", "NODATA", "records.sum") },
    report: ({ coverage }) => coverage.noData,
    query: ["coverage-by-day", sum("no_data")],
  },
  "records refused as logged": {
    visuals: { "coverage/records-by-action": sumWhere("action", "REJECT", "records.sum") },
    report: ({ coverage }) => coverage.reject,
    query: ["coverage-by-day", sum("reject")],
  },
  "records let through as logged": {
    visuals: { "coverage/records-by-action": sumWhere("action", "ACCEPT", "records.sum") },
    report: ({ coverage }) => coverage.accept,
    query: ["coverage-by-day", sum("accept")],
  },
  "interfaces that logged": {
    visuals: { "coverage/interfaces": sum("interface_id.distinct_count") },
    report: ({ coverage }) => coverage.interfaces,
    query: ["interfaces", (rows) => rows.filter((row) => row["interface_id"] !== null).length],
  },
};

/** Days, of which a KPI shows the last one and what led to it. */
const TRENDS = {
  "traffic/accepted-records": ["accepted_records.sum", "accepted"],
  "traffic/rejected-records": ["rejected_records.sum", "rejected"],
  "rejects/rejected-records": ["rejected_records.sum", "rejected"],
} as const;

const definitions = readDefinitions(definitionsFolder({ config: undefined }).path);
const TARGET = { partition: "aws", region: "us-east-1", account: "123456789012", prefix: "" };
const dashboards = new Map([...definitions].map(([name, files]) => [name, expand(files, TARGET)]));

describe.each([
  ["the default format", 3, "default"],
  ["a rich format", 3, "rich"],
  ["other traffic", 11, "rich"],
] as const)("over simulated logs of %s", (_name, seed, format) => {
  const folder = mkdtempSync(path.join(tmpdir(), "turnaway-numbers-"));
  let traffic: Traffic;
  let report: Report;

  beforeAll(async () => {
    const { signal } = new AbortController();
    writeLogs(folder, { seed, format });
    traffic = await openLogs(folder, signal);
    report = await reportOf(traffic);
    for (const { name: source } of listSqlFiles("datasets")) {
      const { relation, statement } = importDataSet(`datasets/${source}`, DEFAULT_SETTINGS);
      await traffic.engine.run(statement);
      const view = `CREATE TEMPORARY VIEW ${dataSetView(source)} AS SELECT * FROM ${relation}`;
      await traffic.engine.run({ name: view, sql: view });
    }
  });
  afterAll(() => {
    traffic.close();
    rmSync(folder, { recursive: true });
  });

  it.each(Object.entries(OF_A_DAY))("%s are the same", async (_what, same) => {
    const found = await placesOf(same, { from: LAST_DAY.start, to: LAST_DAY.end }, LAST_DAY);
    expect(found).toEqual(likeTheFirst(found));
  });

  it.each(Object.entries(OF_ALL))("%s are the same", async (_what, same) => {
    const found = await placesOf(same, { from: null, to: null }, null);
    expect(found).toEqual(likeTheFirst(found));
  });

  it("records refused are the same for each owner", async () => {
    const found: Record<string, unknown> = {};
    for (const name of ["rejects", "traffic", "peers"]) {
      const sql = `SELECT owner, sum(rejected_records) AS records FROM ${dataSetView(name)} GROUP BY 1`;
      const { rows } = await traffic.engine.run({ name, sql });
      found[name] = byName(rows, "owner", "records");
    }
    expect(found).toEqual(likeTheFirst(found));
    // The default format has no tags, and so no owners.
    const owners = Object.keys(found["rejects"]!);
    if (format === "rich") expect(owners.length).toBeGreaterThan(2);
    else expect(owners).toEqual(["null"]);
  });

  it("each trace is one word for a shell, and leads back to its connection", async () => {
    const sql = `SELECT client, server, service, trace FROM ${dataSetView("rejects")}`;
    const { rows } = await traffic.engine.run({ name: "traces", sql });
    expect(rows).not.toEqual([]);
    for (const row of rows) {
      const [, subject] = /^turnaway trace '([^']+)'$/.exec(String(row["trace"])) ?? [];
      const { from, to, port, text } = parseTraceSubject(subject ?? "");
      const [, service] = String(row["service"]).split("/");
      expect([text, from?.text, to.text, port]).toEqual([
        subject,
        row["client"],
        row["server"],
        service === undefined ? null : Number(service),
      ]);
    }
  });

  it("a trace is the one that the report has of the same connection", async () => {
    const sql = `SELECT client, server, service, trace FROM ${dataSetView("rejects")}`;
    const { rows } = await traffic.engine.run({ name: "traces", sql });
    const traces = new Map(
      rows.map((row) => [`${row["client"]} ${row["server"]} ${row["service"]}`, row["trace"]]),
    );
    const both = report.findings.flatMap(({ client, server, protocol, port, trace }) => {
      const ofRow = traces.get(`${client} ${server} ${protocol}/${port}`);
      return ofRow === undefined ? [] : [[ofRow, `turnaway trace '${trace}'`]];
    });
    expect(both).not.toEqual([]);
    for (const [ofRow, ofReport] of both) expect(ofRow).toBe(ofReport);
  });

  it.each(Object.entries(TRENDS))(
    "the days of %s are those of the report",
    async (id, [field, kind]) => {
      const { trend } = planOf(id, { from: null, to: null });
      const rows = await ask(trend!, "rejects", id);
      const days = rows.map((row) => [String(row["day.day"]).slice(0, 10), String(row[field])]);
      const covered = report.trend.filter((day) => day.covered);
      expect(days).toEqual(covered.map((day) => [day.day, String(day[kind])]));
    },
  );

  it.each([...dashboards])("every panel of %s in Grafana answers", async (name, dashboard) => {
    const { panels, templating } = grafanaDashboard(name, dashboard);
    const queries = [
      ...panels.flatMap(({ targets = [] }) => targets),
      ...templating.list.flatMap(({ query }) => (typeof query === "string" ? [] : [query])),
    ];
    for (const { rawSQL, format } of queries) {
      const { columns, rows } = await traffic.engine.run({ name, sql: filledIn(rawSQL) });
      expect(new Set(columns.map((column) => column.name)).size).toBe(columns.length);
      // A series can be made of rows in the order of time alone.
      const times = rows.map((row) => String(row["time"]));
      if (format === 0) expect(times).toEqual(times.toSorted());
    }
  });

  it.each([
    ["rejects", "Records refused", (found: Report) => found.totals.rejected.records],
    ["traffic", "Accepted records", (found: Report) => found.totals.accepted.records],
    ["peers", "Bytes let through", (found: Report) => found.totals.accepted.bytes],
  ])("of %s in Grafana, %s are those of the report", async (name, title, inReport) => {
    const { panels } = grafanaDashboard(name, dashboards.get(name)!);
    const { rawSQL } = panels.find((panel) => panel.title === title)!.targets![0]!;
    const { rows } = await traffic.engine.run({ name, sql: filledIn(rawSQL) });
    expect(rows.map(({ time: _time, ...row }) => Object.values(row).map(String))).toEqual([
      [String(inReport(report))],
    ]);
  });

  /** What each place has: the visuals, the report, the query. */
  async function placesOf(
    { visuals, report: inReport, query, only = {} }: Same,
    date: FilterChoice,
    window: typeof LAST_DAY | null,
  ): Promise<Record<string, unknown>> {
    const found: Record<string, unknown> = {};
    for (const [id, read] of Object.entries(visuals)) {
      const plan = planOf(id, date);
      const filters = Object.entries(only).map(([name, value]) => ({
        type: "one-of" as const,
        value: { type: "column" as const, name },
        values: [value],
      }));
      const narrowed = { ...plan.query, filters: [...plan.query.filters, ...filters] };
      found[id] = plain(read(await ask(narrowed, plan.source, id)));
    }
    if (inReport !== null) found["report"] = plain(inReport(report));
    if (query !== null) {
      const [name, read] = query;
      const options = { settings: DEFAULT_SETTINGS, params: {}, window, limit: null };
      const { rows } = await traffic.engine.run(composeQuery(name, options));
      found[`query ${name}`] = plain(read(rows));
    }
    return found;
  }

  function planOf(id: string, date: FilterChoice): VisualPlan {
    const [dashboard, visual] = id.split("/") as [string, string];
    const plan = planVisual(dashboards.get(dashboard)!, visual, { now: START, filters: { date } });
    if (plan.kind !== "plan") throw new Error(`${id}: ${plan.reason}`);
    return plan;
  }

  async function ask(query: VisualPlan["query"], source: string, name: string): Promise<Rows> {
    const dataSet = source.includes("/") ? source : `datasets/${name.split("/")[0]}`;
    const { relation } = importDataSet(dataSet, DEFAULT_SETTINGS);
    return (await traffic.engine.run({ name, sql: visualSql(query, relation) })).rows;
  }
});

it("every figure of a dashboard is compared, but for what no report and no query has", () => {
  const compared = new Set(
    [...Object.values(OF_A_DAY), ...Object.values(OF_ALL)].flatMap(({ visuals }) =>
      Object.keys(visuals),
    ),
  );
  const kpis = [...definitions].flatMap(([dashboard, files]) =>
    Object.keys(files)
      .filter((file) => files[file]!.startsWith("type: kpi"))
      .map((file) => `${dashboard}/${path.basename(file, ".yml")}`),
  );
  expect(kpis.filter((id) => !compared.has(id))).toEqual([
    "coverage/newest-hour",
    // What is read for a day, late files included, is said by no report.
    "coverage/scan-cost",
    "coverage/scanned-bytes",
    "peers/clients",
    "peers/servers",
    // Connections, where a report counts findings; its subtitle says so.
    "rejects/new-connections",
  ]);
});

function writeLogs(
  folder: string,
  { seed, format }: { seed: number; format: "default" | "rich" },
): void {
  const simulation = simulate({
    seed,
    startDay: DAYS[0]!,
    days: DAYS.length,
    format,
    recordsPerDay: 4000,
  });
  for (const day of DAYS) {
    for (const file of filesOf(simulation, { layout: "default", day })) {
      const target = path.join(folder, file.key);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target.replace(/\.gz$/, ""), [...file.text()].join(""));
    }
  }
}

async function openLogs(folder: string, signal: AbortSignal): Promise<Traffic> {
  const { files } = await listLocalSources([folder], { tempDir: folder, signal });
  return openTraffic({
    files,
    source: "logs",
    sourceName: "logs",
    settings: DEFAULT_SETTINGS,
    state: { path: null, shareDays: false },
    settleHours: 2,
    wanted: null,
    signal,
  });
}

async function reportOf({
  engine,
  coverage,
  logged,
  interfaces,
  undated,
}: Traffic): Promise<Report> {
  const { formats, problems, ...counts } = coverage;
  return buildReport(engine, {
    config: defaultConfig(),
    settings: DEFAULT_SETTINGS,
    mutes: [],
    window: LAST_DAY,
    read: {
      ...counts,
      formats: [...formats],
      problems: problems.map((problem) => ({ ...problem, partial: false })),
      logged,
      interfaces,
      undated,
      excluded: 0,
    },
    notices: [],
    versions: {},
  });
}

/** The last day, and everything of each variable, as Grafana's Athena data source writes them. */
function filledIn(rawSQL: string): string {
  return rawSQL
    .replaceAll(
      /\$__timeFilter\(([^)]*)\)/g,
      "$1 BETWEEN TIMESTAMP '2026-11-20 00:00:00' AND TIMESTAMP '2026-11-20 23:59:59'",
    )
    .replaceAll(/\$\{\w+:sqlstring\}/g, "'*'");
}

/** All places with what the first one has. */
function likeTheFirst(found: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const [first, ...others] = Object.values(found);
  if (others.length === 0) throw new Error("one place alone is like itself");
  return Object.fromEntries(Object.keys(found).map((place) => [place, first]));
}

/** The column added up, with all its digits. */
function sum(column: string): (rows: Rows) => string {
  return (rows) =>
    String(rows.reduce((total, row) => total + BigInt(String(row[column] ?? 0)), 0n));
}

function sumWhere(name: string, value: string, column: string): (rows: Rows) => string {
  return (rows) => sum(column)(rows.filter((row) => row[name] === value));
}

function list(name: string, column: string): (rows: Rows) => [unknown, string][] {
  return (rows) => rows.map((row) => [row[name], String(row[column])]);
}

/** The column added up by name, the largest first. */
function added(rows: Rows, name: string, column: string): [unknown, string][] {
  const totals = new Map<unknown, bigint>();
  for (const row of rows) {
    totals.set(row[name], (totals.get(row[name]) ?? 0n) + BigInt(String(row[column])));
  }
  return [...totals]
    .filter(([, total]) => total > 0n)
    .toSorted(([a, m], [b, n]) => (m === n ? (String(a) < String(b) ? -1 : 1) : m > n ? -1 : 1))
    .map(([key, total]) => [key, String(total)]);
}

function byName(rows: Rows, name: string, column: string): Record<string, string> {
  return Object.fromEntries(added(rows, name, column).map(([key, n]) => [String(key), n]));
}

/** Numbers as text, whatever type a place has them in. */
function plain(value: unknown): unknown {
  return typeof value === "number" || typeof value === "bigint" ? String(value) : value;
}
