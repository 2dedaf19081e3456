import {
  FLOW_LOG_FIELDS,
  parseConfig,
  parseLogFormat,
  S3_LAYOUTS,
  type S3Layout,
} from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { getSqlFile } from "../compose.ts";
import { athenaTableDdl } from "./athena-ddl.ts";
import { glueTableInput } from "./glue-table-input.ts";
import { RAW_TABLE, rawTable } from "./raw-table.ts";
import { ROLLUP_TABLES, ROLLUPS } from "./rollup-tables.ts";
import { trinoTableDdl } from "./trino-ddl.ts";

const parse = (yaml: string) => parseConfig(yaml, "turnaway.yml").config;
const config = (layout: S3Layout, more = "") =>
  parse(
    `accounts: ["123456789012", "210987654321"]\nregions: [eu-central-1]\n` +
      `logs: { bucket: example-logs, prefix: network/, layout: ${layout}${more} }\n`,
  );

describe("the raw table", () => {
  it.each(S3_LAYOUTS)("of text in the layout %s is what AWS documents", async (layout) => {
    const table = rawTable(config(layout));
    await expect(athenaTableDdl(table)).toMatchFileSnapshot(`golden/${layout}-text.sql`);
  });

  it("of Parquet is a Glue table input", async () => {
    const table = rawTable(config("hive", ", fileFormat: parquet, fields: rich"), {
      first: "2026-11-10",
      last: "2026-11-18",
    });
    const json = `${JSON.stringify(glueTableInput(table), null, 2)}\n`;
    await expect(json).toMatchFileSnapshot("golden/hive-parquet.json");
  });

  it("has the fields of the format in its order, and every other field after them", () => {
    const { logs, ...rest } = config("default");
    const format = parseLogFormat("start end action x-new srcaddr");
    const table = rawTable({ ...rest, logs: { ...logs, format } });
    const names = table.columns.map(({ name }) => name);
    expect(names.slice(0, 5)).toEqual(["start", "end", "action", "x_new", "srcaddr"]);
    expect(names.toSorted()).toEqual(
      [...FLOW_LOG_FIELDS.map(({ column }) => column), "x_new"].toSorted(),
    );
  });

  it.each(S3_LAYOUTS)(
    "in the layout %s names each partition column once in its template",
    (layout) => {
      const { template, partitions, columns, location } = rawTable(config(layout));
      const named = [...template.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1]);
      expect(named).toEqual(partitions.map(({ name }) => name));
      expect(template.startsWith(location) && template.endsWith("/")).toBe(true);
      const taken = new Set([
        ...columns.map(({ name }) => name),
        ...Object.keys(getSqlFile("views", "flow_records").columns!),
      ]);
      expect(partitions.filter(({ name }) => taken.has(name))).toEqual([]);
    },
  );

  it("takes more accounts than a list should have from the query", () => {
    const many = Array.from({ length: 31 }, (_, i) => `"${100000000000 + i}"`).join(", ");
    const { partitions } = rawTable(
      parse(`accounts: [${many}]\nregions: [eu-west-1]\nlogs: { bucket: b-1 }\n`),
    );
    expect(partitions[0]!.projection).toEqual({ type: "injected" });
  });

  it.each([
    ["logs.bucket", `accounts: ["123456789012"]\nregions: [eu-west-1]\n`],
    ["accounts", "regions: [eu-west-1]\nlogs: { bucket: b-1 }\n"],
    ["regions", `accounts: ["123456789012"]\nlogs: { bucket: b-1 }\n`],
  ])("can't be made without %s", (key, yaml) => {
    expect(() => rawTable(parse(yaml))).toThrow(`(${key})`);
  });
});

describe("the tables of the rollup", () => {
  it("are created by Athena and by Trino", async () => {
    const athena = ROLLUP_TABLES.map((table) => athenaTableDdl(table, `s3://b/${table.name}/`));
    const trino = ROLLUP_TABLES.map((table) => trinoTableDdl(table));
    await expect(`${athena.join(";\n\n")};\n`).toMatchFileSnapshot("golden/rollup-athena.sql");
    await expect(`${trino.join(";\n\n")};\n`).toMatchFileSnapshot("golden/rollup-trino.sql");
  });

  it.each(ROLLUPS)("have every column of $name, with a type", ({ name, rows }) => {
    const header = Object.keys(getSqlFile("rollups", name).columns!);
    expect(rows.columns.map((column) => column.name)).toEqual([...header, "build"]);
    expect(rows.columns.filter(({ type }) => type === undefined)).toEqual([]);
  });

  it("are built after those that they read", () => {
    const names: string[] = ROLLUPS.map(({ name }) => name);
    for (const [at, name] of names.entries()) {
      const reads = getSqlFile("rollups", name).reads!.split(/,\s*/);
      expect(reads.filter((read) => names.indexOf(read) >= at)).toEqual([]);
    }
  });

  it("have names that no view takes", () => {
    const names = ROLLUP_TABLES.map(({ name }) => name);
    expect(names).not.toContain(RAW_TABLE);
    expect(names.filter((name) => ROLLUPS.some((rollup) => rollup.name === name))).toEqual([]);
  });
});
