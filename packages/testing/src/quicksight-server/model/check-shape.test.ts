import { describe, expect, test } from "vitest";

import { checkShape } from "./check-shape.ts";

const TAG = { Key: "turnaway", Value: "test" };
const COLUMN = { DataSetIdentifier: "rejects", ColumnName: "client" };

describe("a value that the model allows", () => {
  const cases: [name: string, value: unknown, shape: string][] = [
    ["a structure with what is required", TAG, "Tag"],
    ["an item of an enum", "SPICE", "DataSetImportMode"],
    ["a time as seconds", 1_763_700_000.5, "Timestamp"],
    [
      "one member of a union",
      { CategoricalDimensionField: { FieldId: "a", Column: COLUMN } },
      "DimensionField",
    ],
    ["a map", { a: { S3Source: s3([{ Name: "a", Type: "STRING" }]) } }, "PhysicalTableMap"],
  ];
  test.each(cases)("%s", (_, value, shape) => {
    expect(checkShape(value, shape)).toEqual([]);
  });
});

describe("a value that the model refuses is named by its place and what it should be", () => {
  const cases: [name: string, value: unknown, shape: string, problem: RegExp][] = [
    ["what is missing", { Key: "a" }, "Tag", /'Value'.*must not be null/],
    ["what nobody knows", { ...TAG, Color: 1 }, "Tag", /'Color'.*known to the model/],
    ["another type", { ...TAG, Key: 1 }, "Tag", /1 at 'Key'.*be a string/],
    [
      "too long a text",
      { ...TAG, Key: "k".repeat(129) },
      "Tag",
      /'Key'.*less than or equal to 128/,
    ],
    ["no item of an enum", "SPICY", "DataSetImportMode", /'SPICY'.*enum value set: \[SPICE, /],
    ["another pattern", "not an id", "ShortRestrictiveResourceId", /pattern/],
    ["too short a list", [], "TagList", /length greater than or equal to 1/],
    ["an item of a list", [TAG, {}], "TagList", /'1.Key'/],
    ["two of a union", { StringParameters: [], A: 1 }, "Parameters", /'A'/],
    ["none of a union", {}, "DimensionField", /Exactly one member/],
    ["a text for a time", "2026-11-20", "Timestamp", /timestamp/],
    ["a part of a number", 1.5, "VersionNumber", /be a long/],
    ["a key of a map", { "a b": {} }, "PhysicalTableMap", /at 'a b'.*pattern/],
  ];
  test.each(cases)("%s", (_, value, shape, problem) => {
    expect(checkShape(value, shape).join("\n")).toMatch(problem);
  });
});

function s3(InputColumns: object[]): object {
  const DataSourceArn = "arn:aws:quicksight:us-east-1:123456789012:datasource/a";
  return { DataSourceArn, InputColumns };
}
