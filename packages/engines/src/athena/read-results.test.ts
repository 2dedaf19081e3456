import {
  type BackendResult,
  type FrontBackend,
  type FrontFault,
  refuseCall,
} from "@turnaway/testing/athena-front";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type AthenaCase, outcomeOf, plain, startCase } from "./fixtures/athena-case.ts";

// From the text that Athena sends for every value to rows that are equal on every engine.

let athena: AthenaCase;
let result: Omit<BackendResult, "scannedBytes">;
const backend: FrontBackend = async () => ({ scannedBytes: 0, ...result });
beforeAll(async () => {
  athena = await startCase({ backend });
});
beforeEach(() => athena.front.reset());
afterAll(() => athena.close());

const FEW: Omit<BackendResult, "scannedBytes"> = {
  columns: [{ name: "n", type: "bigint" }],
  rows: Array.from({ length: 2500 }, (_, n) => [n]),
};
const ALL = Array.from({ length: 2500 }, (_, n) => ({ n }));

describe("pages", () => {
  it("C22: are read to the last, the header only once", async () => {
    expect(await rowsOf(FEW)).toEqual(ALL);
    expect(pages()).toBe(3);
  });

  it("C22: end where the header fills a page", async () => {
    const rows = FEW.rows.slice(0, 999);
    expect(await rowsOf({ ...FEW, rows })).toHaveLength(999);
    expect(pages()).toBe(1);
    athena.front.reset();
    expect(await rowsOf({ ...FEW, rows: FEW.rows.slice(0, 1000) })).toHaveLength(1000);
    expect(pages()).toBe(2);
  });

  it.each<[string, FrontFault, number]>([
    ["is throttled", refuseCall(400, "ThrottlingException"), 6],
    ["breaks off", { kind: "reset" }, 4],
    ["is cut short", { kind: "short" }, 4],
    ["is of a proxy", { kind: "garbage" }, 3],
    ["is lost", { kind: "lost" }, 3],
  ])("C23: a second page that %s is asked for again", async (_how, fault, times) => {
    athena.front.inject({ when: "GetQueryResults", fault, times, after: 1 });
    expect(await rowsOf(FEW)).toEqual(ALL);
  });

  it.each<[string, FrontFault]>([
    ["is refused", refuseCall(400, "AccessDeniedException", "no s3:GetObject for the S3 results")],
    ["is broken", refuseCall(500, "InternalServerException")],
    ["is empty", { kind: "empty" }],
  ])("C23: a second page that %s for good leaves no short result", async (_how, fault) => {
    athena.front.inject({ when: "GetQueryResults", fault, after: 1 });
    result = FEW;
    const { error, rows } = await outcomeOf(athena.engine().run({ name: "all", sql: "SELECT n" }));
    expect(rows).toBeNull();
    expect(plain(error!)).toMatch(/^the result could not be read \(athena, all, query ID\): /);
    expect(error!.exitCode).toBe(4);
  });

  it("are read one ahead and no more", async () => {
    result = { ...FEW, rows: Array.from({ length: 6000 }, (_, n) => [n]) };
    const stream = await athena.engine().stream({ name: "all", sql: "SELECT n" });
    const seen: number[] = [];
    for await (const page of stream.pages) {
      await new Promise((resolve) => setTimeout(resolve, 10));
      seen.push(pages());
      if (page.length === 0 || seen.length === 3) break;
    }
    expect(seen).toEqual([2, 3, 4]);
  });
});

describe("values", () => {
  it("C24: keep NULL apart from the empty text", async () => {
    const columns = [
      { name: "a", type: "varchar" },
      { name: "b", type: "integer" },
    ];
    const rows = [
      ["", null],
      [null, 0],
    ];
    expect(await rowsOf({ columns, rows })).toEqual([
      { a: "", b: null },
      { a: null, b: 0 },
    ]);
  });

  it.each([
    ["tinyint", -1, -1],
    ["integer", 2_147_483_647, 2_147_483_647],
    ["bigint", 42n, 42],
    ["bigint", 9_007_199_254_740_991n, 9_007_199_254_740_991],
    ["bigint", 9_007_199_254_740_993n, 9_007_199_254_740_993n],
    ["bigint", -9_223_372_036_854_775_808n, -9_223_372_036_854_775_808n],
    ["decimal(38,0)", "99999999999999999999", 99_999_999_999_999_999_999n],
    ["decimal(38,0)", "7", 7],
    ["decimal(10,2)", "1.50", "1.50"],
    ["double", 1, 1],
    ["double", 0.1, 0.1],
    ["double", "NaN", Number.NaN],
    ["double", "-Infinity", Number.NEGATIVE_INFINITY],
    ["real", "1.5E10", 1.5e10],
    ["boolean", true, true],
    ["boolean", false, false],
    ["varchar(5)", "007", "007"],
    ["varchar", "true", "true"],
    ["date", "2026-11-19", "2026-11-19"],
    ["timestamp(3)", "2026-11-19 07:00:00.000", "2026-11-19T07:00:00Z"],
    ["timestamp(3)", "2026-11-19 07:00:00.120", "2026-11-19T07:00:00.120Z"],
    ["timestamp(3) with time zone", "2026-11-19 07:00:00.000 UTC", "2026-11-19T07:00:00Z"],
    ["array(varchar)", "[a, b]", "[a, b]"],
    ["json", '{"a":1}', '{"a":1}'],
  ])("of %s: %s is %s", async (type, value, expected) => {
    const rows = await rowsOf({ columns: [{ name: "v", type }], rows: [[value]] });
    expect(rows).toEqual([{ v: expected }]);
  });
});

describe("headers", () => {
  it("C25: a result of nothing but its header has no rows", async () => {
    result = { columns: FEW.columns, rows: [] };
    const { columns, rows } = await athena.engine().run({ name: "none", sql: "SELECT n" });
    expect([columns, rows]).toEqual([[{ name: "n", type: "bigint" }], []]);
  });

  it("a row that reads like the header is data", async () => {
    const columns = [{ name: "port", type: "varchar" }];
    expect(await rowsOf({ columns, rows: [["port"], ["port"]] })).toEqual([
      { port: "port" },
      { port: "port" },
    ]);
  });

  it.each(["SHOW TABLES", "DESCRIBE flow_logs", "SHOW CREATE VIEW flows"])(
    "C26: the first line of %s is data",
    async (sql) => {
      const columns = [{ name: "tab_name", type: "varchar" }];
      const rows = [["tab_name"], ["flow_logs"]];
      expect(await rowsOf({ columns, rows }, sql)).toEqual([
        { tab_name: "tab_name" },
        { tab_name: "flow_logs" },
      ]);
    },
  );

  it("C26: EXPLAIN has a header", async () => {
    const columns = [{ name: "Query Plan", type: "varchar" }];
    const rows = [["Fragment 0"], ["  TableScan"]];
    expect(await rowsOf({ columns, rows }, "EXPLAIN SELECT 1")).toEqual([
      { "Query Plan": "Fragment 0" },
      { "Query Plan": "  TableScan" },
    ]);
  });

  it("C26: DDL has neither columns nor rows", async () => {
    result = { columns: [], rows: [] };
    const { columns, rows, stats } = await athena
      .engine()
      .run({ name: "view", sql: "CREATE OR REPLACE VIEW v AS SELECT 1" });
    expect([columns, rows, stats.costUsd]).toEqual([[], [], 0]);
  });

  it("C27: names that stand twice are told apart, keywords are names", async () => {
    const columns = ["end", "date", "end", "end"].map((name) => ({ name, type: "integer" }));
    expect(await rowsOf({ columns, rows: [[1, 2, 3, 4]] })).toEqual([
      { end: 1, date: 2, "end:1": 3, "end:2": 4 },
    ]);
  });
});

async function rowsOf(given: typeof result, sql = "SELECT n FROM t") {
  result = given;
  const { error, rows } = await outcomeOf(athena.engine().run({ name: "case", sql }));
  expect(error?.message).toBeUndefined();
  return rows;
}

function pages(): number {
  return athena.front.requests.filter((r) => r.operation === "GetQueryResults").length;
}
