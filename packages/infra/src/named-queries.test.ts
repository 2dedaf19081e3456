import { listShown, showSql, sqlSettings } from "@turnaway/runs/sql";
import { describe, expect, it } from "vitest";

import { deploymentOf } from "../test/template-of.ts";
import { namedQueries } from "./named-queries.ts";

const { config } = deploymentOf("logs: { bucket: flow, layout: hive, fields: rich }\n");
const queries = namedQueries(config);

describe("the named queries", () => {
  it("are every query and detection, each once", () => {
    const wanted = listShown().filter(({ kind }) => kind === "query" || kind === "detection");
    const names = queries.map(({ name }) => name);
    expect(names.toSorted()).toEqual(wanted.map(({ name }) => name).toSorted());
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("top-rejected-sources");
    expect(names).toContain("newly-rejected");
  });

  it("have the text that `turnaway sql show` prints", () => {
    const { file } = listShown().find(({ name }) => name === "ssh-rejects")!;
    const shown = showSql(file, "athena", { config, sql: sqlSettings(config) });
    expect(queries.find(({ name }) => name === "ssh-rejects")!.text).toBe(shown);
  });

  it("name the folders of the configuration where they read raw logs", () => {
    const { text } = queries.find(({ name }) => name === "top-rejected")!;
    expect(text).toContain("log_account = '123456789012'");
    expect(text).toContain("log_year = '2026'");
  });

  it.each(queries.map(({ name, description }) => [name, description] as const))(
    "say what they answer: %s",
    (_name, description) => {
      expect(description).toMatch(/^\S.*\S$/);
      expect(description.length).toBeLessThanOrEqual(1024);
    },
  );

  it("say of what there is a row", () => {
    expect(queries.find(({ name }) => name === "ssh-accepts")!.description).toBe(
      "Who was let in on SSH, and where from. One row per client and server.",
    );
  });

  it("fill in everything", () => {
    for (const { name, text } of queries) expect(text, name).not.toMatch(/\{\{|\}\}/);
  });
});
