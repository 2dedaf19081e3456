import { dayPrefixes, S3_LAYOUTS } from "@turnaway/core";
import { glueTableInput, rawTable } from "@turnaway/sql";
import { describe, expect, it } from "vitest";

import { deploymentOf, HOME } from "../test/template-of.ts";
import { folderTable } from "./folder-table.ts";

const rawOf = (logs: string) =>
  glueTableInput(rawTable(deploymentOf(`logs: { bucket: flow, ${logs} }\n`).config));

describe("the table by folder", () => {
  it.each(S3_LAYOUTS)("has a key for each level of folders, %s", (layout) => {
    const { PartitionKeys } = folderTable(rawOf(`layout: ${layout}`), layout);
    const day = { accounts: [HOME.account], regions: [HOME.region], day: "2026-11-19" };
    const [folder] = dayPrefixes("", layout, day);
    const levels = folder!.split("/").slice(1, -1);
    const hours = layout.endsWith("hourly") ? 1 : 0;
    expect(PartitionKeys).toHaveLength(levels.length + hours);
    // A crawler takes the names from folders that have one.
    for (const [at, level] of levels.entries())
      if (level.includes("=")) expect(PartitionKeys[at]!.Name).toBe(level.split("=")[0]);
  });

  it.each(S3_LAYOUTS)("has no key with the name of a column, %s", (layout) => {
    const table = folderTable(rawOf(`layout: ${layout}`), layout);
    const columns = new Set(table.StorageDescriptor.Columns.map(({ Name }) => Name));
    expect(table.PartitionKeys.filter(({ Name }) => columns.has(Name))).toEqual([]);
  });

  it("projects nothing, and reads the same files in the same way", () => {
    const raw = rawOf("layout: hive, fileFormat: text");
    const table = folderTable(raw, "hive");
    expect(Object.keys(table.Parameters)).toEqual(["EXTERNAL", "skip.header.line.count"]);
    expect(table.StorageDescriptor).toEqual(raw.StorageDescriptor);
  });
});
