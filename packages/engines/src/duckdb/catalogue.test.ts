import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { QueryResult, SqlValue, Statement } from "@turnaway/core";
import {
  bindParameters,
  composeQuery,
  composeSql,
  composeTrace,
  DATA_SET_TYPES,
  DEFAULT_SETTINGS,
  DETECTION_COLUMNS,
  emptyTable,
  getSqlFile,
  listQueries,
  listSqlFiles,
  parseTraceSubject,
  queryName,
  ROLLUP_BUILDS,
  type SqlFile,
} from "@turnaway/sql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { ROLLUPS } from "./create-rollups.ts";
import { runStatement } from "./duckdb-engine.ts";
import { flowLogsQuery } from "./flow-logs-view.ts";
import { type DuckdbSession, openDuckdb } from "./open-duckdb.ts";

// Every file of the catalogue as DuckDB runs it: that it does, and that its header tells the truth.

const DAY = 1_763_510_400; // 2025-11-19
const FRAGMENTS = {
  partition_columns: "",
  records_of_day: "TRUE",
  periods: `(0, ${DAY - 86_400}, ${DAY}), (1, ${DAY}, ${DAY + 86_400})`,
  first_day: "2025-11-18",
  last_day: "2025-11-19",
  last_period: "1",
  grain: "days",
};

/** What a person would give to each parameter of the queries. */
const PARAMETERS: Readonly<Record<string, string>> = {
  source: "10.0.0.5",
  destination: "10.0.0.9",
  port: "443",
  cidr: "10.0.0.0/24",
  since: "2025-11-19",
};

const folder = mkdtempSync(join(tmpdir(), "turnaway-catalogue-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ["no records", []],
  ["a few records", fewRecords()],
])("over %s", (_name, records) => {
  let session: DuckdbSession;

  beforeAll(async () => {
    session = await openDuckdb({ tempDir: folder, threads: 2 });
    await createRelations(session, records);
  });
  afterAll(() => session.close());

  it.each(listQueries().map((file) => [queryName(file), file] as const))(
    "query %s has the columns of its header",
    async (name, file) => {
      const params = Object.fromEntries(
        Object.keys(file.parameters ?? {}).map((p) => [p, PARAMETERS[p]!]),
      );
      for (const window of [null, { start: DAY, end: DAY + 86_400 }]) {
        const statement = composeQuery(name, {
          settings: DEFAULT_SETTINGS,
          params,
          window,
          limit: window === null ? null : 10,
        });
        expect(columnsOf(await run(session, statement))).toEqual(Object.keys(file.columns!));
      }
    },
  );

  it.each(["conversations", "hours", "records"] as const)(
    "trace %s has the columns of its header",
    async (part) => {
      for (const subject of ["10.0.0.5", "10.0.0.0/24", "10.0.0.9:443", "10.0.0.5->10.0.0.9:443"]) {
        const statement = composeTrace(parseTraceSubject(subject), {
          settings: DEFAULT_SETTINGS,
          window: null,
          limit: 5,
        })[part];
        const file = getSqlFile("queries", `trace_${part}`);
        expect(columnsOf(await run(session, statement))).toEqual(Object.keys(file.columns!));
      }
    },
  );

  it.each([...listSqlFiles("views"), ...listSqlFiles("rollups")].map((f) => [f.name, f] as const))(
    "%s has the columns of its header",
    async (name, file) => {
      const result = await run(session, { name, sql: `SELECT * FROM ${name} LIMIT 1` });
      expect(columnsOf(result).toSorted()).toEqual(Object.keys(file.columns!).toSorted());
      // Athena stores views of neither kind.
      expect(result.columns.map((c) => c.type).join()).not.toMatch(
        /TIME ZONE|IPADDRESS|JSON|UUID/i,
      );
    },
  );

  it.each(listSqlFiles("detections").map((file) => [queryName(file), file] as const))(
    "detection %s has the columns of every detection",
    async (name, file) => {
      const pairs = composeSql(getSqlFile("parts", "pair_periods"), DEFAULT_SETTINGS, FRAGMENTS);
      const body = bindParameters(
        name,
        composeSql(file, DEFAULT_SETTINGS, FRAGMENTS),
        defaultsOf(file),
      );
      const sql = `WITH ${pairs} SELECT * FROM (${body.sql}) AS d`;
      const result = await run(session, { ...body, sql });
      expect(columnsOf(result)).toEqual(Object.keys(file.columns ?? DETECTION_COLUMNS));
    },
  );

  it.each(listSqlFiles("reports").map((f) => [f.name, f] as const))(
    "report %s has the columns of its header",
    async (name, file) => {
      const sql = composeSql(file, DEFAULT_SETTINGS, FRAGMENTS).replace(/^WITH\b/, ",");
      const periods = `WITH periods (period, start_time, end_time) AS (VALUES ${FRAGMENTS.periods})`;
      const result = await run(session, { name, sql: `${periods} ${sql}` });
      expect(columnsOf(result)).toEqual(Object.keys(file.columns!));
    },
  );

  it.each(listSqlFiles("datasets").map((f) => [f.name, f] as const))(
    "data set %s has the columns of its header, with the types that dashboards rely on",
    async (name, file) => {
      const body = composeSql(file, DEFAULT_SETTINGS);
      const result = await run(session, { name, sql: `DESCRIBE ${body}` });
      const types = result.rows.map((row) => [
        row["column_name"],
        String(row["column_type"]).toLowerCase(),
      ]);
      expect(types).toEqual(
        Object.keys(file.columns!).map((column) => [column, DATA_SET_TYPES[column]]),
      );
    },
  );
});

describe("over a few records", () => {
  let session: DuckdbSession;
  beforeAll(async () => {
    session = await openDuckdb({ tempDir: folder, threads: 2 });
    await createRelations(session, fewRecords());
  });
  afterAll(() => session.close());

  const ask = (name: string, params: Record<string, string> = {}): Promise<QueryResult> =>
    run(
      session,
      composeQuery(name, { settings: DEFAULT_SETTINGS, params, window: null, limit: 10 }),
    );

  it("top-rejected orders by records, then by the tuple", async () => {
    const { rows } = await ask("top-rejected");
    expect(rows.map((r) => [r["srcaddr"], r["dstport"], r["records"], r["bytes"]])).toEqual([
      ["10.0.0.5", 443, 2, 120],
      ["10.0.0.9", 40_000, 1, 60],
      ["198.51.100.7", 22, 1, 60],
    ]);
  });

  it("data sets of dashboards add up to what the queries and the report say", async () => {
    const totals = async (sql: string): Promise<readonly string[]> => {
      const columns = ["accepted_records", "rejected_records", "accepted_bytes"];
      const list = columns.map((c) => `CAST(sum(${c}) AS varchar) AS ${c}`).join(", ");
      const { rows } = await run(session, { name: "totals", sql: `SELECT ${list} FROM (${sql})` });
      return columns.map((column) => String(rows[0]![column]));
    };
    const whole = { settings: DEFAULT_SETTINGS, window: null, limit: null };
    const query = await totals(composeQuery("accepted-vs-rejected", whole).sql);
    expect(query[1]).not.toBe("0");
    for (const name of ["traffic", "peers"]) {
      const dataSet = composeSql(getSqlFile("datasets", name), DEFAULT_SETTINGS);
      expect(await totals(dataSet), name).toEqual(query);
    }
    const rejects = composeSql(getSqlFile("datasets", "rejects"), DEFAULT_SETTINGS);
    const refused = await totals(`SELECT *, 0 AS accepted_bytes FROM (${rejects})`);
    expect(refused[1]).toBe(query[1]);
  });

  it("refused-to-port says whether the jump box is refused on 443, and where", async () => {
    const { rows } = await ask("refused-to-port", { source: "10.0.0.5", port: "443" });
    expect(rows).toMatchObject([
      { server: "10.0.0.9", rejected_records: 2, refused_at: "server", accepted_records: 2 },
    ]);
  });

  it("cidr-traffic picks by prefix, in both families", async () => {
    const rows = async (cidr: string): Promise<unknown[]> =>
      (await ask("cidr-traffic", { cidr })).rows.map((r) => [r["src"], r["in_range"]]);
    expect(await rows("198.51.100.0/29")).toEqual([["198.51.100.7", "src"]]);
    expect(await rows("198.51.100.0/30")).toEqual([]);
    expect(await rows("2001:db8::/33")).toEqual([["2001:db8::1", "src"]]);
    expect(await rows("2001:db8:8000::/33")).toEqual([["2001:db8::1", "dst"]]);
  });

  it("external-sources leaves out what is local, in both families", async () => {
    const { rows } = await ask("external-sources");
    expect(rows.map((r) => r["src"])).toEqual(["2001:db8::1", "198.51.100.7"]);
  });

  it("flows directs a reply from server to client", async () => {
    const { rows } = await run(session, {
      name: "flows",
      sql: "SELECT client, server, service_port, is_reply, srcport FROM flows WHERE src = '10.0.0.9' AND action = 'ACCEPT'",
    });
    expect(rows).toEqual([
      { client: "10.0.0.5", server: "10.0.0.9", service_port: 443, is_reply: true, srcport: 443 },
    ]);
  });

  it("every query answers the same whatever order the records come in", async () => {
    const other = await openDuckdb({ tempDir: folder, threads: 2 });
    await createRelations(other, fewRecords().toReversed());
    for (const file of listQueries()) {
      const params = Object.fromEntries(
        Object.keys(file.parameters ?? {}).map((p) => [p, PARAMETERS[p]!]),
      );
      const options = { settings: DEFAULT_SETTINGS, params, window: null, limit: 3 };
      const statement = composeQuery(queryName(file), options);
      const { rows } = await run(other, statement);
      expect(rows, statement.name).toEqual((await run(session, statement)).rows);
    }
    other.close();
  });

  it("a trace answers the same from a stage as from the logs", async () => {
    const subject = parseTraceSubject("10.0.0.0/24");
    const options = { settings: DEFAULT_SETTINGS, window: null, limit: null };
    const direct = composeTrace(subject, options);
    await session.connection.run(`CREATE TEMP TABLE subject_stage AS ${direct.tuples.sql}`);
    const staged = composeTrace(subject, { ...options, stage: "subject_stage" });
    for (const part of ["conversations", "hours"] as const) {
      const rows = (await run(session, direct[part])).rows;
      expect((await run(session, staged[part])).rows).toEqual(rows);
      expect(rows).not.toEqual([]);
    }
  });

  it("a trace of everybody counts as the rollup does", async () => {
    const trace = composeTrace(parseTraceSubject("0.0.0.0/0"), {
      settings: DEFAULT_SETTINGS,
      window: null,
      limit: null,
    });
    const { rows } = await run(session, trace.conversations);
    const rollup = await run(session, {
      name: "rollup",
      sql: `SELECT client, server, sum(accepted_bytes) AS accepted_bytes, sum(rejected_records) AS rejected_records
        FROM traffic_rollup WHERE strpos(server, ':') = 0 GROUP BY 1, 2, protocol, service_port ORDER BY 4 DESC, 3 DESC, 1, 2`,
    });
    const figures = (result: QueryResult["rows"]): unknown[] =>
      result.map((r) => [r["client"], r["server"], r["accepted_bytes"], r["rejected_records"]]);
    expect(figures(rows)).toEqual(figures(rollup.rows));
  });
});

function run(session: DuckdbSession, statement: Statement): Promise<QueryResult> {
  return runStatement(session.connection, statement);
}

function columnsOf(result: QueryResult): string[] {
  return result.columns.map((c) => c.name);
}

function defaultsOf(file: SqlFile): Record<string, SqlValue> {
  return Object.fromEntries(
    Object.entries(file.parameters ?? {}).map(([name, p]) => [name, p.default ?? null]),
  );
}

async function createRelations(
  { connection }: DuckdbSession,
  records: readonly string[],
): Promise<void> {
  const compose = (kind: "views" | "rollups", name: string): string =>
    composeSql(getSqlFile(kind, name), DEFAULT_SETTINGS, FRAGMENTS);
  await connection.run(`CREATE TEMP TABLE flow_logs AS ${flowLogsQuery([], [])}`);
  for (const record of records) await connection.run(`INSERT INTO flow_logs BY NAME ${record}`);
  for (const { name } of [getSqlFile("views", "flow_records"), ...listSqlFiles("views")]) {
    await connection.run(`CREATE OR REPLACE TEMP VIEW ${name} AS ${compose("views", name)}`);
  }
  for (const name of ["flow_tuples", ...ROLLUPS]) {
    await connection.run(`CREATE TEMP TABLE ${name} AS ${compose("rollups", name)}`);
  }
  await connection.run(`CREATE TEMP TABLE ${ROLLUP_BUILDS.name} AS ${emptyTable(ROLLUP_BUILDS)}`);
}

/** A connection from 10.0.0.5 to 10.0.0.9:443, let through, then refused; noise; IPv6. */
function fewRecords(): readonly string[] {
  const record = (
    [src, srcport, dst, dstport]: readonly [string, number, string, number],
    eni: string,
    rest: { action?: string; at?: number; status?: string } = {},
  ): string =>
    `SELECT 2 AS version, '123456789012' AS account_id, '${eni}' AS interface_id,
      '${src}' AS srcaddr, '${dst}' AS dstaddr, ${srcport} AS srcport, ${dstport} AS dstport, 6 AS protocol,
      1 AS packets, 60 AS bytes, ${DAY + (rest.at ?? 0)} AS "start", ${DAY + (rest.at ?? 0) + 60} AS "end",
      '${rest.action ?? "ACCEPT"}' AS action, '${rest.status ?? "OK"}' AS log_status`;
  return [
    record(["10.0.0.5", 40_000, "10.0.0.9", 443], "eni-server"),
    record(["10.0.0.9", 443, "10.0.0.5", 40_000], "eni-server"),
    record(["10.0.0.5", 40_001, "10.0.0.9", 443], "eni-server", { action: "REJECT", at: 7200 }),
    record(["10.0.0.5", 40_002, "10.0.0.9", 443], "eni-server", { action: "REJECT", at: 7300 }),
    record(["10.0.0.9", 443, "10.0.0.7", 40_000], "eni-server", { action: "REJECT" }),
    record(["198.51.100.7", 50_000, "10.0.0.9", 22], "eni-server", { action: "REJECT" }),
    record(["2001:db8::1", 50_000, "2001:db8:8000::2", 443], "eni-six"),
    `SELECT 2 AS version, 'eni-idle' AS interface_id, ${DAY} AS "start", ${DAY + 60} AS "end", 'NODATA' AS log_status`,
  ];
}
