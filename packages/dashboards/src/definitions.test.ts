import { formatDetail } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { TARGET } from "../test/arbitrary-dashboard.ts";
import { SHIPPED, shippedFiles } from "../test/shipped-files.ts";
import { checkColumns } from "./check/check-columns.ts";
import { checkDefinition } from "./check/check-definition.ts";
import { sqlColumns } from "./check/sql-columns.ts";
import { expand } from "./expand.ts";
import { normalize } from "./normalize.ts";

describe.each(SHIPPED)("the dashboard %s", (name) => {
  const files = shippedFiles(name);

  it("is valid", () => {
    expect(checkDefinition(files).map(formatDetail)).toEqual([]);
  });

  it("uses columns that its SQL has", () => {
    expect(checkColumns(files, sqlColumns()).map(formatDetail)).toEqual([]);
  });

  it("comes back from the API as it is written, comments included", () => {
    expect(normalize(expand(files, TARGET), TARGET, files)).toEqual(files);
  });

  it("names no account, region or ARN", () => {
    expect(Object.values(files).join("\n")).not.toMatch(/arn:|\b\d{12}\b|eu-west-1/);
  });

  it("is filtered on each sheet by date, account, region, VPC and owner", () => {
    const { Sheets: sheets = [] } = expand(files, TARGET).definition;
    for (const { SheetId: sheet, FilterControls: controls = [] } of sheets) {
      const filters = controls.map(({ CrossSheet: control }) => control?.SourceFilterId);
      expect(filters, sheet).toEqual(["date", "account", "region", "vpc", "owner"]);
    }
    expect(sheets).not.toEqual([]);
  });

  it("has 8 to 14 visuals", () => {
    const visuals = Object.keys(files).filter((path) => path.startsWith("visuals/"));
    expect(visuals.length).toBeGreaterThanOrEqual(8);
    expect(visuals.length).toBeLessThanOrEqual(14);
  });
});
