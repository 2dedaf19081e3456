import { expect, test } from "vitest";

import { nameErrors } from "./name-errors.ts";

const DASHBOARD = {
  name: "rejects",
  files: {
    "dashboard.yml": "",
    "sheets/overview.yml": "",
    "visuals/top-sources.yml": "",
    "data-sets/rejects.yml": "",
  },
  dashboard: {
    definition: {
      DataSetIdentifierDeclarations: [],
      Sheets: [
        {
          SheetId: "overview",
          Visuals: [{ EmptyVisual: { VisualId: "top-sources", DataSetIdentifier: "rejects" } }],
        },
      ],
    },
  },
};

test.each([
  ["ids", "sheet/overview/visual/top-sources", "rejects/visuals/top-sources.yml"],
  ["an id of a sheet", "sheet/overview", "rejects/sheets/overview.yml"],
  ["members and places", "Sheets[0].Visuals[0].EmptyVisual", "rejects/visuals/top-sources.yml"],
  ["members between slashes", "/Sheets/0/Visuals/0", "rejects/visuals/top-sources.yml"],
  ["something of no file", "filterGroup/date", "rejects/dashboard.yml: filterGroup/date"],
  ["nothing", "", "rejects"],
])("an error is named by the file that it is about, whose path is %s", (_, Path, where) => {
  const errors = [
    { Type: "COLUMN_TYPE_MISMATCH" as const, Message: "Wrong.", ViolatedEntities: [{ Path }] },
  ];
  expect(nameErrors("version 2 failed", errors, DASHBOARD)).toEqual([
    {
      what: "version 2 failed",
      where,
      why: "COLUMN_TYPE_MISMATCH: Wrong",
      fix: "deploy the views that the data sets read: `turnaway views deploy`",
    },
  ]);
});

test("a failure without a word is told of all the same", () => {
  expect(nameErrors("version 2 failed", [], DASHBOARD)).toMatchObject([
    { where: "rejects", why: "QuickSight does not say why" },
  ]);
});
