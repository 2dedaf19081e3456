import { describe, expect, it } from "vitest";

import { composeQuery, findQuery, listQueries, type QueryOptions } from "./compose-query.ts";
import { DEFAULT_SETTINGS } from "./macros.ts";
import { queryName } from "./sql-file.ts";

const ALL: QueryOptions = { settings: DEFAULT_SETTINGS, window: null, limit: null };
const DAY = { start: 1_763_510_400, end: 1_763_596_800 };

describe("composeQuery", () => {
  it.each(listQueries().map(queryName))("%s takes the window that it is given", (name) => {
    const params = Object.fromEntries(
      Object.keys(findQuery(name).parameters ?? {}).map((p) => [p, EXAMPLES[p]!]),
    );
    const { sql } = composeQuery(name, { ...ALL, params, window: DAY, limit: 7 });
    expect(sql).toMatch(/("start"|start_time|hour) >= 1763510400 AND \1 < 1763596800/);
    expect(sql).toMatch(/\nLIMIT 7$/);
    expect(sql).not.toMatch(/\{\{|\}\}/);
  });

  it("names the days of a window for the rollup, to its last second", () => {
    expect(composeQuery("total-bytes", { ...ALL, window: DAY }).sql).toContain(
      "day BETWEEN '2025-11-19' AND '2025-11-19' AND hour >=",
    );
  });

  it("puts the caller's partitions before the window of the raw logs", () => {
    const partitions = "\"day\" = '2025/11/19'";
    const windowed = composeQuery("top-rejected", { ...ALL, window: DAY, partitions });
    expect(windowed.sql).toContain(`WHERE ${partitions} AND "start" >= 1763510400`);
    const whole = composeQuery("top-rejected", { ...ALL, partitions });
    expect(whole.sql).toContain(`WHERE ${partitions} AND action = 'REJECT'`);
  });

  it("asks for everything without a window and a limit", () => {
    const { sql, name } = composeQuery("top_rejected", ALL);
    expect(name).toBe("top-rejected");
    expect(sql).toContain("WHERE TRUE AND action = 'REJECT'");
    expect(sql).toMatch(/LIMIT ALL$/);
  });

  it.each([
    ["cidr-traffic", { cidr: "10.0.0.5/8" }, ["10.0.0.5/8", "10.0.0.5/8"]],
    ["cidr-traffic", { cidr: "2001:DB8::/32" }, ["2001:db8::/32", "2001:db8::/32"]],
    ["traffic-from-source", { source: "2001:DB8:0:0::1" }, ["2001:db8::1", "2001:db8::1"]],
    ["refused-to-port", { source: "10.0.0.5", port: "443" }, ["10.0.0.5", 443]],
    ["new-services", { since: "2025-11-19" }, [1_763_510_400]],
    ["new-services", { since: "2025-11-19T01:00+01:00" }, [1_763_510_400]],
  ])("%s binds %o", (name, params, bound) => {
    expect(composeQuery(name, { ...ALL, params }).params).toEqual(bound);
  });
});

describe("composeQuery refuses", () => {
  const source = "10.0.0.5";
  it.each([
    [
      "a name that is nearly one",
      "top-rejectd",
      {},
      'unknown query (query top-rejectd): the catalogue has no query of that name. Did you mean "top-rejected"?',
    ],
    ["a name that is none", "nothing-like-it-at-all", {}, "See `turnaway query --list`."],
    ["what only trace asks", "trace-records", {}, "unknown query"],
    ["a name that every object has", "constructor", {}, "unknown query"],
    [
      "a parameter that it does not take",
      "top-rejected",
      { port: "1" },
      "unknown parameter port (query top-rejected): the query takes none.",
    ],
    [
      "a parameter that is nearly one",
      "refused-to-port",
      { source, prot: "1" },
      'the query takes source, port. Did you mean "port"?',
    ],
    [
      "a parameter that every object has",
      "top-rejected",
      { constructor: "1" },
      "unknown parameter constructor",
    ],
    [
      "a parameter too few",
      "refused-to-port",
      { source },
      "parameter port is missing (query refused-to-port): the query needs it: port that it asks for. Give it as --param port=443.",
    ],
    [
      "a port too high",
      "refused-to-port",
      { source, port: "65536" },
      'wrong value for parameter port (query refused-to-port): got "65536", expected a port from 0 to 65535 such as 443.',
    ],
    ["a port with SQL", "refused-to-port", { source, port: "1 OR 1=1" }, "wrong value"],
    [
      "a range for an address",
      "traffic-from-source",
      { source: "10.0.0.0/8" },
      "expected an IPv4 or IPv6 address",
    ],
    [
      "a short address",
      "traffic-from-source",
      { source: "10.5" },
      "expected an IPv4 or IPv6 address",
    ],
    ["an empty value", "cidr-traffic", { cidr: "" }, "expected a range of addresses"],
    ["a prefix too long", "cidr-traffic", { cidr: "10.0.0.0/33" }, "expected a range of addresses"],
    [
      "a time without its zone",
      "new-services",
      { since: "2025-11-19T01:00" },
      "expected an ISO 8601 time",
    ],
    ["a day that is none", "new-services", { since: "2025-13-41" }, "expected an ISO 8601 time"],
  ])("%s", (_case, name, params, message) => {
    const compose = (): unknown => composeQuery(name, { ...ALL, params });
    expect(compose).toThrow(message);
    expect(compose).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  it.each([-1, 0.5, Number.NaN])("a limit of %s", (limit) => {
    expect(() => composeQuery("top-rejected", { ...ALL, limit })).toThrow("wrong limit");
  });
});

const EXAMPLES: Readonly<Record<string, string>> = {
  source: "10.0.0.5",
  destination: "10.0.0.9",
  port: "443",
  cidr: "10.0.0.0/24",
  since: "2025-11-19",
};
