import { readFileSync } from "node:fs";

import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

import { stringifyExact } from "../exact-json.ts";
import type { Report } from "../report.ts";
import { jsonSchemas, jsonSchemaText } from "./json-schemas.ts";

const schemas = jsonSchemas();

const ZERO_AMOUNT = { records: 0, packets: 0, bytes: 0 };
const HUGE = { records: 2n ** 63n - 1n, packets: 2n ** 53n + 1n, bytes: 0n };
const REPORT_WINDOW = {
  start: "2026-11-19T00:00:00Z",
  end: "2026-11-20T00:00:00Z",
  timezone: "UTC",
};
const REPORT: Report = {
  schema: "turnaway.report/1",
  name: "production",
  verdict: "no-data",
  headline: "Nothing was read.",
  window: REPORT_WINDOW,
  totals: { accepted: ZERO_AMOUNT, rejected: ZERO_AMOUNT },
  counts: { new: 0, ongoing: 0, resolved: 0, muted: 0 },
  findings: [],
  noise: { records: 0, sources: 0, topPorts: [], topSources: [] },
  latePackets: { records: 0, pairs: 0 },
  trend: [{ day: "2026-11-19", accepted: 0, rejected: 0, covered: false }],
  coverage: {
    files: 0,
    bytes: 0,
    lines: 0,
    headers: 0,
    records: 0,
    ok: 0,
    noData: 0,
    skipData: 0,
    malformed: 0,
    accept: 0,
    reject: 0,
    acceptBytes: 0,
    rejectBytes: 0,
    firstStart: null,
    lastEnd: null,
    excluded: 0,
    interfaces: 0,
    hoursWithRecords: 0,
    hours: 24,
    formats: [],
    problems: [],
  },
  notices: [],
  receipt: {
    engine: "duckdb",
    queries: [],
    scannedBytes: 0,
    costUsd: 0,
    durationMs: 0,
    versions: {},
  },
};

test.each(Object.keys(schemas))("%s is as `pnpm generate` writes it", async (name) => {
  await expect(jsonSchemaText(schemas[name]!)).toMatchFileSnapshot(`../../schemas/${name}`);
});

describe("an editor", () => {
  const check = validator("turnaway.schema.gen.json");

  test("accepts the sample and its examples", () => {
    const sample = readRoot("turnaway.yml");
    expect(check(parse(sample))).toEqual([]);
    expect(check(parse(sample.replaceAll(/^( *)#:/gm, "$1")))).toEqual([]);
    const mutes = readRoot("mutes.yml").replaceAll("#:", "");
    expect(validator("mutes.schema.gen.json")(parse(mutes))).toEqual([]);
  });

  test.each([
    ["nmae: x", "/ must NOT have additional properties"],
    ["logs: { bukcet: x }", "/logs must NOT have additional properties"],
    ["logs: { aggregation: 61 }", "/logs/aggregation must be equal to one of the allowed values"],
    [
      "report: { detections: { port-scna: {} } }",
      "/report/detections must NOT have additional properties",
    ],
    ["report: { settleHours: 100 }", "/report/settleHours must be <= 72"],
  ])("marks %s", (text, message) => {
    expect(check(parse(text))).toContain(message);
  });

  test("explains every key", () => {
    const undocumented = Object.entries(propertiesOf(schemas["turnaway.schema.gen.json"]!))
      .filter(([, schema]) => !("description" in schema))
      .map(([key]) => key);
    expect(undocumented).toEqual([]);
  });
});

describe("the schema of the report", () => {
  const check = validator("report.schema.gen.json");

  test("accepts a report, with counts that only bigint holds", () => {
    const text = stringifyExact({ ...REPORT, totals: { accepted: HUGE, rejected: HUGE } });
    expect(check(JSON.parse(text))).toEqual([]);
  });

  test.each<[string, object]>([
    ["/verdict must be equal to one of the allowed values", { verdict: "fine" }],
    ["/window/start must match pattern", { window: { ...REPORT_WINDOW, start: "yesterday" } }],
    [
      "/totals/accepted/bytes must be >= 0",
      { totals: { accepted: { ...ZERO_AMOUNT, bytes: -1 }, rejected: ZERO_AMOUNT } },
    ],
    ["/ must NOT have additional properties", { extra: 1 }],
  ])("refuses what is not one: %s", (message, part) => {
    expect(check({ ...REPORT, ...part }).join("\n")).toContain(message);
  });
});

function validator(name: string): (value: unknown) => string[] {
  const options = { allErrors: true, strict: true, allowUnionTypes: true, validateFormats: false };
  const validate = new Ajv(options).compile(schemas[name]!);
  return (value) => {
    validate(value);
    return (validate.errors ?? []).map(
      ({ instancePath, message }) => `${instancePath || "/"} ${String(message)}`,
    );
  };
}

/** Every property below a schema by its path; those of a shared part, once. */
function propertiesOf(schema: object, path = ""): Record<string, object> {
  return Object.assign(
    {},
    ...Object.entries(schema).map(([key, part]: [string, unknown]) => {
      if (typeof part !== "object" || part === null) return {};
      const own = key === "properties" ? Object.entries(part as Record<string, object>) : [];
      return Object.assign(
        Object.fromEntries(own.map(([name, value]) => [`${path}/${name}`, value])),
        ...(own.length > 0
          ? own.map(([name, value]) => propertiesOf(value, `${path}/${name}`))
          : [propertiesOf(part, path)]),
      ) as object;
    }),
  ) as Record<string, object>;
}

function readRoot(name: string): string {
  return readFileSync(new URL(`../../../../${name}`, import.meta.url), "utf8");
}
