import { S3_LAYOUTS, type S3Layout, type Statement } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { composeQuery, listQueries } from "../compose-query.ts";
import { composeTrace } from "../compose-trace.ts";
import { bindParameters, composeSql, getSqlFile, listSqlFiles } from "../compose.ts";
import { DEFAULT_SETTINGS } from "../macros.ts";
import { queryName, type SqlFile } from "../sql-file.ts";
import { partitionColumnList, partitionPredicate } from "../tables/raw-partitions.ts";
import { parseTraceSubject } from "../trace-subject.ts";
import { lintDialect } from "./lint-dialect.ts";
import { lintPruning, requirePruned } from "./lint-pruning.ts";

const WINDOW = { start: 1_763_510_400, end: 1_763_596_800 };
const scope = (layout: S3Layout) => ({
  layout,
  accounts: ["123456789012"],
  regions: ["eu-central-1"],
});
const pruned = (layout: S3Layout): string => partitionPredicate(scope(layout), WINDOW);

describe("a query of the catalogue", () => {
  it.each(S3_LAYOUTS)("reads the folders of its window alone, %s", (layout) => {
    for (const { name, sql } of statements(pruned(layout)))
      expect(lintPruning(sql, layout), name).toEqual([]);
  });

  it.each(S3_LAYOUTS)(
    "is refused where it reads logs and nobody names the folders, %s",
    (layout) => {
      const raw = statements("TRUE").filter(({ sql }) =>
        /FROM (flow_logs|flow_records)\b/.test(sql),
      );
      expect(raw.length).toBeGreaterThan(10);
      for (const { name, sql } of raw)
        expect(() => requirePruned(name, sql, layout), name).toThrow("there is no predicate on it");
    },
  );
});

const FROM = "SELECT count(*) FROM flow_logs WHERE";
const REST = "log_account = '1' AND log_region = 'r'";
const DATE = "log_date = '2026/11/19'";

/** `column: why` of each read that is refused. */
function check(sql: string, layout: S3Layout = "default"): string[] {
  return lintPruning(sql, layout).map(({ column, why }) => `${column}: ${why}`);
}

describe("a usable predicate", () => {
  it.each([
    [`${FROM} ${REST} AND ${DATE}`],
    [`${FROM} ${REST} AND log_date IN ('2026/11/19', '2026/11/20')`],
    [`${FROM} ${REST} AND log_date BETWEEN '2026/11/19' AND '2026/11/20' AND action = 'REJECT'`],
    [`${FROM} ${REST} AND log_date >= '2026/11/19' AND log_date < '2026/11/21'`],
    [`${FROM} ${REST} AND '2026/11/19' = "log_date"`],
    [`${FROM} (${REST} AND (${DATE})) AND (action = 'REJECT' OR bytes > 5)`],
    [
      `${FROM} CASE WHEN action = 'x' AND bytes > 1 THEN TRUE ELSE FALSE END AND ${REST} AND ${DATE}`,
    ],
    [
      `SELECT * FROM "db".flow_records AS r WHERE r.log_account = '1' AND r.log_region = 'r' AND r.${DATE}`,
    ],
    [`SELECT * FROM periods AS p, flow_logs AS l WHERE ${REST} AND ${DATE}`],
    [
      `SELECT * FROM t WHERE srcaddr IN (SELECT srcaddr FROM flow_logs WHERE ${REST} AND ${DATE} GROUP BY 1)`,
    ],
    [`WITH flow_logs AS (${FROM} ${REST} AND ${DATE}) SELECT * FROM flow_logs`],
    ["SELECT flow_logs FROM t -- FROM flow_logs"],
    ["SELECT 'FROM flow_logs' FROM traffic_rollup"],
  ])("is enough: %s", (sql) => {
    expect(check(sql)).toEqual([]);
  });
});

describe("a query that reads too much is refused", () => {
  const NONE = "there is no predicate on it";
  const EITHER = "its predicate stands beside OR, and need not hold";
  const WRAPPED = "it stands inside of an expression, which is evaluated for each folder or row";
  const NO_LITERAL = "it is compared with something that is no text literal";

  it.each([
    [
      "no WHERE",
      "SELECT * FROM flow_logs",
      ["log_account", "log_region", "log_date"].map((c) => `${c}: ${NONE}`),
    ],
    ["a column without", `${FROM} ${DATE} AND log_account = '1'`, [`log_region: ${NONE}`]],
    [
      "OR",
      `${FROM} ${REST} AND ${DATE} OR action = 'x'`,
      ["log_account", "log_region", "log_date"].map((c) => `${c}: ${EITHER}`),
    ],
    ["OR in parentheses", `${FROM} ${REST} AND (${DATE} OR bytes > 1)`, [`log_date: ${EITHER}`]],
    [
      "a function",
      `${FROM} ${REST} AND date_parse(log_date, '%Y/%m/%d') = DATE '2026-11-19'`,
      [`log_date: ${WRAPPED}`],
    ],
    [
      "a cast",
      `${FROM} ${REST} AND CAST(log_date AS varchar) = '2026/11/19'`,
      [`log_date: ${WRAPPED}`],
    ],
    [
      "an expression",
      `${FROM} ${REST} AND log_date || '' = '2026/11/19'`,
      [`log_date: ${WRAPPED}`],
    ],
    ["NOT", `${FROM} ${REST} AND NOT log_date = '2026/11/19'`, [`log_date: ${WRAPPED}`]],
    [
      "LIKE",
      `${FROM} ${REST} AND log_date LIKE '2026/11/%'`,
      ["log_date: LIKE does not say which folders there are"],
    ],
    ["a column", `${FROM} ${REST} AND log_date = srcaddr`, [`log_date: ${NO_LITERAL}`]],
    [
      "a subquery",
      `${FROM} ${REST} AND log_date = (SELECT max(day) FROM d)`,
      [`log_date: ${NO_LITERAL}`],
    ],
    [
      "IN of a subquery",
      `${FROM} ${REST} AND log_date IN (SELECT day FROM d)`,
      [`log_date: ${NO_LITERAL}`],
    ],
    ["a parameter", `${FROM} ${REST} AND log_date = ?`, [`log_date: ${NO_LITERAL}`]],
    ["an inequality", `${FROM} ${REST} AND log_date <> '2026/11/19'`, [`log_date: ${NO_LITERAL}`]],
    [
      "an open end",
      `${FROM} ${REST} AND log_date >= '2026/11/19'`,
      ["log_date: its range is open at the end"],
    ],
    [
      "an open beginning",
      `${FROM} ${REST} AND '2026/11/19' >= log_date`,
      ["log_date: its range is open at the beginning"],
    ],
    [
      "the wrong query",
      `SELECT * FROM (SELECT * FROM flow_logs) AS l WHERE ${REST} AND ${DATE}`,
      ["log_account", "log_region", "log_date"].map((c) => `${c}: ${NONE}`),
    ],
    [
      "one of two reads",
      `SELECT * FROM flow_logs WHERE ${REST} AND ${DATE} UNION ALL ${FROM} ${REST}`,
      [`log_date: ${NONE}`],
    ],
    [
      "a condition of a join",
      `SELECT * FROM d JOIN flow_logs ON log_date = '2026/11/19' WHERE ${REST}`,
      [`log_date: ${NONE}`],
    ],
    [
      "the text of a common table of that name",
      `WITH flow_logs AS (SELECT * FROM flow_logs) SELECT * FROM flow_logs WHERE ${REST} AND ${DATE}`,
      ["log_account", "log_region", "log_date"].map((c) => `${c}: ${NONE}`),
    ],
    [
      "a view that adds up, asked for a day alone",
      `SELECT * FROM vpc_reject_traffic WHERE day = '2026-11-19'`,
      ["log_account", "log_region", "log_date"].map((c) => `${c}: ${NONE}`),
    ],
    [
      "a view that reads its input many times",
      `SELECT * FROM flows WHERE ${REST} AND ${DATE}`,
      [
        "null: it decides direction with records beyond the predicate, and scans the logs for each step",
      ],
    ],
  ] as const)("%s", (_name, sql, expected) => {
    expect(check(sql)).toEqual(expected);
  });

  it("and so is a range where values have to be named", () => {
    const sql = `${FROM} ${REST} AND log_year BETWEEN '2025' AND '2026' AND log_month = '01' AND log_day = '01'`;
    expect(check(sql, "hive")).toEqual(["log_year: only = and IN name its values"]);
  });

  it("says what to do", () => {
    expect(() => requirePruned("own", `${FROM} ${REST}`, "default")).toThrow(
      "query would read logs that it does not need (own, flow_logs.log_date): there is no predicate on it. " +
        "Compare log_date with literals, by =, IN or BETWEEN, in the query that reads flow_logs.",
    );
  });
});

describe("the dialect", () => {
  const files = (
    ["views", "rollups", "queries", "detections", "reports", "datasets", "parts"] as const
  ).flatMap(listSqlFiles);

  it.each(files.map((file) => [`${file.kind}/${file.name}`, file] as const))(
    "of %s is within what Athena documents",
    (_name, file) => {
      expect(lintDialect(compose(file, "TRUE"))).toEqual([]);
    },
  );

  it.each([
    ["SELECT ip_prefix(a, 8) FROM t", ["function ip_prefix"]],
    ["SELECT array_histogram(x), count(*) FILTER (WHERE y) FROM t", ["function array_histogram"]],
    [
      "SELECT CAST(a AS timestamp(3) with time zone), try_cast(b AS uuid)",
      ["type timestamp with time zone", "type uuid"],
    ],
    ["WITH p (a, b) AS (VALUES (1, 2)) SELECT number(1) FROM p", ["function number"]],
    ["SELECT CAST(a AS decimal(38, 0)), sum(b) OVER (PARTITION BY c) FROM t AS u (a, b)", []],
    ["SELECT 'strftime(x)' -- epoch(y)", []],
  ])("is held to the list: %s", (sql, expected) => {
    expect(lintDialect(sql).map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
  });
});

/** Every statement that reads raw logs or a rollup, with these partitions. */
function statements(partitions: string): Statement[] {
  const params = {
    source: "10.0.0.5",
    destination: "10.0.0.9",
    port: "443",
    cidr: "10.0.0.0/24",
    since: "2025-11-19",
  };
  const options = { settings: DEFAULT_SETTINGS, window: WINDOW, limit: 10, partitions };
  const queries = listQueries().map((file) => {
    const own = Object.entries(params).filter(([name]) => name in (file.parameters ?? {}));
    return composeQuery(queryName(file), { ...options, params: Object.fromEntries(own) });
  });
  const trace = composeTrace(parseTraceSubject("10.0.3.7"), options);
  const tuples = compose(getSqlFile("rollups", "flow_tuples"), partitions);
  return [...queries, ...Object.values(trace), { name: "flow_tuples", sql: tuples }];
}

function compose(file: SqlFile, partitions: string): string {
  const sql = composeSql(file, DEFAULT_SETTINGS, {
    partition_columns: partitionColumnList("default"),
    records_of_day: partitions,
    raw_window: partitions,
    record_window: partitions,
    rollup_window: "TRUE",
    subject_records: partitions,
    subject_tuples: "SELECT * FROM stage",
    periods: "(0, 1, 2)",
    first_day: "2025-11-18",
    last_day: "2025-11-19",
    last_period: "1",
    grain: "days",
    limit: "10",
    input: "flow_tuples",
  });
  const values = Object.fromEntries(Object.keys(file.parameters ?? {}).map((name) => [name, 1]));
  return bindParameters(file.name, sql, values).sql;
}
