import { DEFAULT_FORMAT, type Row } from "@turnaway/core";
import {
  composeInsights,
  composeQuery,
  DEFAULT_SETTINGS,
  findInsights,
  type InsightsOptions,
} from "@turnaway/sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { LOG_GROUP, openEngine, type OpenEngine } from "../../test/cloudwatch/open-engine.ts";
import {
  DAY_STARTS,
  simulateLogs,
  type SimulatedLogs,
} from "../../test/cloudwatch/simulated-logs.ts";
import { runStatement } from "../duckdb/duckdb-engine.ts";

// Every figure twice over the same records: by the text of our Insights queries, run by a
// server that knows that text alone, and by DuckDB.

const WHOLE = { start: DAY_STARTS, end: DAY_STARTS + 2 * 86_400 };
// Neither end on an hour or on a record's start.
const ODD = { start: DAY_STARTS + 5 * 3600 + 137, end: DAY_STARTS + 29 * 3600 + 11 };

describe.each(["default", "rich"] as const)("in the %s format", { timeout: 60_000 }, (name) => {
  let logs: SimulatedLogs;
  let open: OpenEngine;

  beforeAll(async () => {
    logs = await simulateLogs(name);
    open = await openEngine({
      logGroups: { [LOG_GROUP]: logs.events },
      // What the console shows, once; what the user guide says is the server's default.
      windowNames: name === "default" ? "start" : "startTime",
    });
  }, 60_000);
  afterAll(async () => {
    await open.close();
    logs.close();
  });

  const ask = async (
    query: string,
    options: Partial<InsightsOptions> = {},
  ): Promise<readonly Row[]> => {
    const statement = composeInsights(findInsights(query), {
      settings: DEFAULT_SETTINGS,
      format: logs.format,
      window: WHOLE,
      ...options,
    });
    const { rows, cut } = await open.engine.run(statement);
    expect(cut).toBeUndefined();
    return rows;
  };
  const sql = async (text: string): Promise<readonly Row[]> =>
    (await runStatement(logs.duckdb.connection, { name: "expected", sql: text })).rows;
  const windowed = ({ start, end }: typeof WHOLE): string =>
    `"start" >= ${start} AND "start" < ${end}`;

  it.each([
    [WHOLE, null],
    [WHOLE, 25],
    [ODD, null],
  ])("top-rejected is the catalogue's, over %o and up to %s rows", async (window, limit) => {
    const query = composeQuery("top-rejected", { settings: DEFAULT_SETTINGS, window, limit });
    const { rows } = await runStatement(logs.duckdb.connection, query);
    expect(await ask("top-rejected", { window, limit })).toEqual(rows);
    expect(rows.length).toBeGreaterThan(20);
  });

  it("top-rejected-sources are the 20 that were refused most", async () => {
    expect(await ask("top-rejected-sources")).toEqual(
      await sql(`SELECT srcaddr, count(*) AS records, sum(packets) AS packets, sum(bytes) AS bytes
        FROM flow_logs WHERE action = 'REJECT' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 20`),
    );
  });

  it("ssh-rejects are those of TCP 22", async () => {
    const expected = await sql(`SELECT srcaddr, dstaddr, count(*) AS records,
        sum(packets) AS packets, sum(bytes) AS bytes, min("start") AS first_reject, max("start") AS last_reject
      FROM flow_logs WHERE action = 'REJECT' AND protocol = 6 AND dstport = 22
      GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2`);
    expect(await ask("ssh-rejects")).toEqual(expected);
    expect(expected).not.toEqual([]);
  });

  it.each([[WHOLE], [ODD]])("totals are those of the records, over %o", async (window) => {
    expect(await ask("totals", { window })).toEqual(
      await sql(`SELECT action, count(*) AS records, sum(packets) AS packets, sum(bytes) AS bytes
        FROM flow_logs WHERE action IN ('ACCEPT', 'REJECT') AND ${windowed(window)} GROUP BY 1 ORDER BY 1`),
    );
  });

  it("accepted-vs-rejected is that of the coverage rollup, hour by hour", async () => {
    const rows = await ask("accepted-vs-rejected");
    expect(rows).toEqual(
      await sql(`SELECT hour,
          sum(CASE WHEN action = 'ACCEPT' THEN records ELSE 0 END) AS accepted_records,
          sum(CASE WHEN action = 'REJECT' THEN records ELSE 0 END) AS rejected_records,
          sum(CASE WHEN action = 'ACCEPT' THEN bytes ELSE 0 END) AS accepted_bytes,
          sum(CASE WHEN action = 'REJECT' THEN bytes ELSE 0 END) AS rejected_bytes
        FROM coverage_rollup WHERE action IS NOT NULL AND hour < ${WHOLE.end} GROUP BY 1 ORDER BY 1`),
    );
    expect(rows.length).toBeGreaterThan(40);
  });

  it("coverage is the coverage rollup", async () => {
    const rows = await ask("coverage");
    expect(
      rows.map((row) => ({ ...row, packets: row["packets"] ?? 0, bytes: row["bytes"] ?? 0 })),
    ).toEqual(
      await sql(`SELECT hour, log_status, action, sum(records) AS records, sum(packets) AS packets,
          sum(bytes) AS bytes, min(first_start) AS first_start, max(last_end) AS last_end
        FROM coverage_rollup WHERE hour < ${WHOLE.end}
        GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`),
    );
    expect(new Set(rows.map((row) => row["log_status"]))).toContain("NODATA");
  });

  it("coverage adds up to the catalogue's coverage-by-day", async () => {
    const query = composeQuery("coverage-by-day", {
      settings: DEFAULT_SETTINGS,
      window: WHOLE,
      limit: null,
    });
    const { rows: days } = await runStatement(logs.duckdb.connection, query);
    const rows = await ask("coverage");
    const sum = (column: string, of: (row: Row) => boolean): number =>
      rows.filter(of).reduce((all, row) => all + Number(row[column]), 0);
    for (const [i, day] of days.entries()) {
      const from = DAY_STARTS + i * 86_400;
      const isOfDay = (row: Row): boolean =>
        Math.floor((Number(row["hour"]) - from) / 86_400) === 0;
      expect({
        records: sum("records", isOfDay),
        no_data: sum("records", (row) => isOfDay(row) && row["log_status"] === "NODATA"),
        reject: sum("records", (row) => isOfDay(row) && row["action"] === "REJECT"),
        accept_bytes: sum("bytes", (row) => isOfDay(row) && row["action"] === "ACCEPT"),
      }).toEqual({
        records: day["records"],
        no_data: day["no_data"],
        reject: day["reject"],
        accept_bytes: day["accept_bytes"],
      });
    }
    expect(days).toHaveLength(2);
  });

  it("interfaces are all that logged", async () => {
    expect(await ask("interfaces")).toEqual(
      await sql(`SELECT interface_id, count(*) AS records,
          sum(CASE WHEN log_status = 'SKIPDATA' THEN 1 ELSE 0 END) AS skip_data,
          min("start") AS first_start, max("end") AS last_end
        FROM flow_logs WHERE ${windowed(WHOLE)} GROUP BY 1 ORDER BY 2 DESC, 1`),
    );
  });

  it("the receipt names the query, what it read and what that costs", async () => {
    open.server.reset();
    const statement = composeInsights(findInsights("totals"), {
      settings: DEFAULT_SETTINGS,
      format: logs.format,
      window: WHOLE,
    });
    const { stats } = await open.engine.run(statement);
    const [start] = open.server.requests;
    expect(start).toMatchObject({
      operation: "StartQuery",
      // Seconds, with room for events that carry another time than the record's start.
      input: { startTime: WHOLE.start - 900, endTime: WHOLE.end + 899, logGroupName: LOG_GROUP },
    });
    expect(stats.queryId).toMatch(/^[\da-f-]{36}$/);
    expect(stats.scannedRecords).toBeGreaterThan(stats.matchedRecords!);
    expect(stats.costUsd).toBeCloseTo((stats.scannedBytes / 1e9) * 0.005, 12);
  });
});

it("events that are no flow-log record are counted, once, in the hour that they came in", async () => {
  const lines = [
    `2 111122223333 eni-a 10.0.0.5 10.0.0.9 40000 443 6 1 60 ${DAY_STARTS + 10} ${DAY_STARTS + 60} REJECT OK`,
  ];
  const events = [
    { timestamp: (DAY_STARTS + 10) * 1000, message: lines[0]! },
    { timestamp: (DAY_STARTS + 20) * 1000, message: "Unable to write" },
    // Within the margin of the window, not within the window.
    { timestamp: (DAY_STARTS - 20) * 1000, message: "Unable to write" },
  ];
  const open = await openEngine({ logGroups: { [LOG_GROUP]: events } });
  const { rows } = await open.engine.run(
    composeInsights(findInsights("coverage"), {
      settings: DEFAULT_SETTINGS,
      format: DEFAULT_FORMAT,
      window: { start: DAY_STARTS, end: DAY_STARTS + 3600 },
    }),
  );
  expect(rows.map((row) => [row["hour"], row["log_status"], row["records"]])).toEqual([
    [DAY_STARTS, "OK", 1],
    [DAY_STARTS, null, 1],
  ]);
  await open.close();
});
