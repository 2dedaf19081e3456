import { formatDetail } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { shippedFiles } from "../../test/shipped-files.ts";
import { checkColumns, type ColumnCatalogue, columnsIn } from "./check-columns.ts";
import { sqlColumns } from "./sql-columns.ts";

function renamed(source: string, from: string, to: string): ColumnCatalogue {
  const { [from]: kind, ...others } = sqlColumns()[source]!;
  return { ...sqlColumns(), [source]: { ...others, [to]: kind! } };
}

describe("a column that is renamed in SQL", () => {
  it("names every visual that would break", () => {
    const found = checkColumns(
      shippedFiles("traffic"),
      renamed("datasets/traffic", "vpc_id", "vpc"),
    );
    expect(found.map(({ what, where }) => `${what} (${where})`)).toEqual([
      "unknown column vpc_id of data set traffic (dashboard.yml:34)",
      "unknown column vpc_id of data set traffic (visuals/by-vpc.yml:4)",
    ]);
  });

  it("names the conditional format that would break", () => {
    const found = checkColumns(
      shippedFiles("rejects"),
      renamed("datasets/rejects", "status", "state"),
    ).map(({ where }) => where);
    expect(found).toContain("visuals/refused-list.yml:41");
    expect(found).toContain("visuals/rejects-by-day.yml:7");
  });

  it("names the calculated field that would break", () => {
    const catalogue = renamed("datasets/traffic", "accepted_records", "records");
    const found = checkColumns(shippedFiles("traffic"), catalogue).map(formatDetail);
    expect(found).toContainEqual(expect.stringContaining("(dashboard.yml:7)"));
  });
});

it("a column of another type is named with what it is and what it is used as", () => {
  const catalogue = sqlColumns();
  const traffic = { ...catalogue["datasets/traffic"], hour: "text" as const };
  const found = checkColumns(shippedFiles("traffic"), {
    ...catalogue,
    "datasets/traffic": traffic,
  });
  expect(found.map(formatDetail)).toContainEqual(
    expect.stringMatching(
      /column hour .* is a text \(visuals\/bytes-by-hour.yml:4\): it is used as a date/,
    ),
  );
});

it("a data set without SQL is named", () => {
  const files = {
    ...shippedFiles("peers"),
    "data-sets/peers.yml": "name: Peers\nsource: datasets/peer\n",
  };
  expect(checkColumns(files, sqlColumns()).map(formatDetail)).toEqual([
    'unknown source "datasets/peer" (data-sets/peers.yml:2): a data set reads a view, rollup, query or data set of packages/sql. Did you mean "datasets/peers"?',
  ]);
});

it.each([
  ["sum({accepted_bytes}) / {hour}", ["accepted_bytes", "hour"]],
  ["ifelse({a b} = '{c}', ${d}, 0) /* {e} */", ["a b"]],
])("finds the columns of %s", (expression, columns) => {
  expect(columnsIn(expression)).toEqual(columns);
});
