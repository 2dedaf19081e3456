import { DEFAULT_FORMAT, type QueryResult } from "@turnaway/core";
import {
  composeInsights,
  DEFAULT_SETTINGS,
  findInsights,
  type InsightsOptions,
  ownInsights,
} from "@turnaway/sql";
import type { LogEvent, LogsServerOptions } from "@turnaway/testing/logs-server";
import { afterEach, describe, expect, it } from "vitest";

import { LOG_GROUP, openEngine, type OpenEngine } from "../../test/cloudwatch/open-engine.ts";
import type { CloudwatchEngineOptions } from "./cloudwatch-engine.ts";

const START = 1_795_046_400; // 2026-11-19
const WINDOW = { start: START, end: START + 86_400 };

let open: OpenEngine;
afterEach(() => open.close());

/** Refused records: each address from 0 up to `sources` once an hour, the lower ones more often. */
function refusals(sources: number, hours: readonly number[]): LogEvent[] {
  return hours.flatMap((hour) =>
    Array.from({ length: sources }, (_, i): LogEvent[] => {
      const start = START + hour * 3600 + (i % 3000);
      const source = `203.0.${i >> 8}.${i & 255}`;
      const message = `2 111122223333 eni-a ${source} 10.0.0.9 40000 ${1 + (i % 60_000)} 6 1 ${60 + i} ${start} ${start + 60} REJECT OK`;
      const times = i < 5 ? 6 - i : 1;
      return Array.from({ length: times }, () => ({ timestamp: start * 1000, message }));
    }).flat(),
  );
}

async function ask(
  name: string,
  {
    events,
    server = {},
    engine = {},
    ...options
  }: Partial<InsightsOptions> & {
    events: readonly LogEvent[];
    server?: Partial<LogsServerOptions>;
    engine?: Partial<CloudwatchEngineOptions>;
  },
): Promise<QueryResult> {
  open = await openEngine({ logGroups: { [LOG_GROUP]: events }, ...server }, engine);
  return open.engine.run(
    composeInsights(findInsights(name), {
      settings: DEFAULT_SETTINGS,
      format: DEFAULT_FORMAT,
      window: WINDOW,
      ...options,
    }),
  );
}

function started(): number {
  return open.server.requests.filter(({ operation }) => operation === "StartQuery").length;
}

describe("an answer at the limit", { timeout: 60_000 }, () => {
  const events = refusals(300, [0, 5, 6, 7, 13, 22, 23]);

  it("in slices is the same as whole", async () => {
    const whole = await ask("top-rejected", { events });
    expect(started()).toBe(1);
    await open.close();
    const sliced = await ask("top-rejected", {
      events,
      server: { rowLimit: 200 },
      engine: { rowLimit: 200 },
    });
    expect(started()).toBeGreaterThan(10);
    expect(sliced.rows).toEqual(whole.rows);
    expect(sliced.rows).toHaveLength(300);
    expect(sliced.cut).toBeUndefined();
  });

  it("in slices adds up the receipt of all of them", async () => {
    const { stats } = await ask("top-rejected", {
      events,
      server: { rowLimit: 200 },
      engine: { rowLimit: 200 },
    });
    expect(stats.queryId!.split(", ")).toHaveLength(started());
    expect(stats.scannedRecords).toBeGreaterThan(events.length);
  });

  it("of 10,000 rows, where answers used to end, is taken for cut", async () => {
    const { rows, cut } = await ask("top-rejected", {
      events: refusals(10_400, [0]),
      window: { start: START, end: START + 3600 },
      server: { rowLimit: 10_000 },
    });
    expect(rows).toHaveLength(10_400);
    expect(rows.map((row) => row["records"]).slice(0, 7)).toEqual([6, 5, 4, 3, 2, 1, 1]);
    expect([started(), cut]).toEqual([3, undefined]);
  });

  it("is marked as cut when its slices can't get smaller", async () => {
    const oneSecond = refusals(300, [4]).map(({ message }) => ({
      timestamp: (START + 100) * 1000,
      message: message.replace(/ \d{10} \d{10} /, ` ${START + 100} ${START + 160} `),
    }));
    const { cut } = await ask("top-rejected", {
      events: oneSecond,
      server: { rowLimit: 200 },
      engine: { rowLimit: 200 },
    });
    expect(cut).toMatch(/1 of \d+ parts cut/);
  });

  it("is marked as cut when what it adds up is filtered afterwards, and not asked for again", async () => {
    const scans = refusals(300, [4]).map(({ timestamp, message }) => ({
      timestamp,
      message: message.replace("203.0.", "10.9."),
    }));
    const { rows, cut } = await ask("port-scan", {
      events: scans,
      values: { min_ports: 1 },
      server: { rowLimit: 200 },
      engine: { rowLimit: 200 },
    });
    expect([rows.length, started()]).toEqual([200, 1]);
    expect(cut).toMatch(/as many rows as it gives at most/);
  });

  it("is whole when only its first rows are wanted and the last row is smaller", async () => {
    const { rows, cut } = await ask("top-rejected", {
      events,
      limit: 5,
      server: { rowLimit: 200 },
      engine: { rowLimit: 200 },
    });
    expect([rows.length, started(), cut]).toEqual([5, 1, undefined]);
  });

  it("is sliced when the rows that are wanted tie with those that were cut off", async () => {
    const { rows, cut } = await ask("top-rejected", {
      events,
      limit: 10,
      server: { rowLimit: 200 },
      engine: { rowLimit: 200 },
    });
    expect(started()).toBeGreaterThan(1);
    expect(cut).toBeUndefined();
    expect(rows.map((row) => row["srcaddr"]).slice(5)).toEqual([
      "203.0.0.10",
      "203.0.0.100",
      "203.0.0.101",
      "203.0.0.102",
      "203.0.0.103",
    ]);
  });

  it("is asked for with the former limit where the service takes no higher one", async () => {
    const options = { settings: DEFAULT_SETTINGS, format: DEFAULT_FORMAT, window: WINDOW };
    const statement = composeInsights(findInsights("top-rejected"), options);
    open = await openEngine({ logGroups: { [LOG_GROUP]: events }, highestLimit: 10_000 });
    const both = await Promise.all([open.engine.run(statement), open.engine.run(statement)]);
    expect(both.map(({ rows, cut }) => [rows.length, cut])).toEqual([
      [300, undefined],
      [300, undefined],
    ]);
  });

  it("of a person's own query is marked as cut", async () => {
    open = await openEngine({ logGroups: { [LOG_GROUP]: events }, rowLimit: 50 }, { rowLimit: 50 });
    const own = ownInsights("own", "fields @timestamp, @message", WINDOW);
    const { rows, columns, cut } = await open.engine.run(own);
    expect([rows.length, columns.map(({ name }) => name)]).toEqual([
      50,
      ["@timestamp", "@message"],
    ]);
    expect(cut).toBeDefined();
  });
});

describe("pages", () => {
  it("are read to the end", async () => {
    const { rows, cut } = await ask("top-rejected", {
      events: refusals(1000, [1]),
      server: { pageSize: 64 },
    });
    expect([rows.length, cut]).toEqual([1000, undefined]);
  });
});

describe("numbers", () => {
  it("are whole however the service writes them", async () => {
    const events = refusals(3, [1]);
    const plain = await ask("top-rejected", { events });
    await open.close();
    const writeNumber = (n: number): string => n.toExponential().replace("e+", "E");
    const scientific = await ask("top-rejected", { events, server: { writeNumber } });
    expect(scientific.rows).toEqual(plain.rows);
    expect(plain.rows[0]).toMatchObject({ records: 6, dstport: 1, bytes: 360 });
  });
});

it("asks no more queries side by side than it was told to", async () => {
  const { cut } = await ask("top-rejected", {
    events: refusals(300, [0, 5, 6, 7, 13, 22, 23]),
    server: { rowLimit: 200, concurrency: 2 },
    engine: { rowLimit: 200, concurrency: 2 },
  });
  expect(cut).toBeUndefined();
  const refused = open.server.requests.filter(({ status }) => status === 400);
  expect(refused).toEqual([]);
});
