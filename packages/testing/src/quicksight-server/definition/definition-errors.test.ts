import { describe, expect, test } from "vitest";

import { QuickSightStore, type StoredDataSet, type Wire } from "../store.ts";
import { definitionErrors } from "./definition-errors.ts";

const DAY = { DataSetIdentifier: "rejects", ColumnName: "day" };
const RECORDS = { DataSetIdentifier: "rejects", ColumnName: "records" };
const GONE = { DataSetIdentifier: "rejects", ColumnName: "gone" };

describe("what a definition needs of its data sets", () => {
  const cases: [name: string, parts: Wire, errors: string[]][] = [
    ["nothing", {}, []],
    ["a column that is there", visual({ NumericalMeasureField: { Column: RECORDS } }), []],
    [
      "a column that is not there, twice in one visual",
      visual({ Values: [{ Column: GONE }, { Column: GONE }] }),
      ["COLUMN_REPLACEMENT_MISSING sheet/s/visual/v"],
    ],
    [
      "a sum of days",
      visual({ NumericalMeasureField: { Column: DAY } }),
      ["COLUMN_TYPE_MISMATCH sheet/s/visual/v"],
    ],
    [
      "a filter by a time that is a number",
      {
        FilterGroups: [
          {
            FilterGroupId: "g",
            Filters: [{ TimeRangeFilter: { FilterId: "f", Column: RECORDS } }],
          },
        ],
      },
      ["COLUMN_TYPE_MISMATCH filter-group/g/filter/f"],
    ],
    [
      "a calculated field over a column that is not there",
      {
        CalculatedFields: [
          { DataSetIdentifier: "rejects", Name: "twice", Expression: "{gone} * 2" },
        ],
      },
      ["COLUMN_REPLACEMENT_MISSING calculated-field/twice"],
    ],
    [
      "a calculated field, which is a column, over a parameter, which is none",
      {
        CalculatedFields: [
          { DataSetIdentifier: "rejects", Name: "gone", Expression: "{records} * ${factor}" },
        ],
        ...visual({ NumericalMeasureField: { Column: GONE } }),
      },
      [],
    ],
    [
      "a data set that is not there",
      { DataSetIdentifierDeclarations: [{ Identifier: "other", DataSetArn: "arn:other" }] },
      ["DATA_SET_NOT_FOUND "],
    ],
  ];
  test.each(cases)("%s", (_, parts, errors) => {
    const store = withRejects();
    const definition = {
      DataSetIdentifierDeclarations: [
        { Identifier: "rejects", DataSetArn: store.arn("dataset/rejects") },
      ],
      ...parts,
    };
    const found = definitionErrors(definition, store).map(
      ({ Type, ViolatedEntities = [] }) =>
        `${Type} ${ViolatedEntities.map(({ Path }) => Path).join()}`,
    );
    expect(found).toEqual(errors);
  });
});

test("columns are those of the table after what the data set does with them", () => {
  const store = withRejects([
    { RenameColumnOperation: { ColumnName: "records", NewColumnName: "gone" } },
    { ProjectOperation: { ProjectedColumns: ["gone"] } },
  ]);
  const definition = {
    DataSetIdentifierDeclarations: [
      { Identifier: "rejects", DataSetArn: store.arn("dataset/rejects") },
    ],
    ...visual({ Values: [{ Column: GONE }, { Column: DAY }] }),
  };
  const messages = definitionErrors(definition, store).map(({ Message }) => Message);
  expect(messages).toEqual([expect.stringMatching(/^Required column 'day' is missing/)]);
});

function visual(wells: Wire): Wire {
  return { Sheets: [{ SheetId: "s", Visuals: [{ BarChartVisual: { VisualId: "v", wells } }] }] };
}

function withRejects(DataTransforms: readonly Wire[] = []): QuickSightStore {
  const store = new QuickSightStore();
  const table = {
    RelationalTable: {
      InputColumns: [
        { Name: "day", Type: "DATETIME" },
        { Name: "records", Type: "INTEGER" },
      ],
    },
  };
  const dataSet: StoredDataSet = {
    id: "rejects",
    arn: store.arn("dataset/rejects"),
    createdAt: 0,
    updatedAt: 0,
    permissions: [],
    tags: {},
    input: { PhysicalTableMap: { table }, LogicalTableMap: { table: { DataTransforms } } },
    schedules: new Map(),
    ingestions: [],
  };
  store.dataSets.set("rejects", dataSet);
  return store;
}
