import fc from "fast-check";

import { dataSetArn } from "../src/arns.ts";
import type { Dashboard, DashboardTarget } from "../src/dashboard.ts";
import { DEFINITION, structureOf } from "../src/model/shape.ts";
import type { Group } from "../src/model/tree.ts";
import { anyShape } from "./arbitrary-shape.ts";

export const TARGET: DashboardTarget = {
  partition: "aws",
  region: "eu-west-1",
  account: "123456789012",
  prefix: "turnaway-",
};

const DATA_SETS = ["rejects", "traffic"];

/** A dashboard with one visual of that member of the union. */
export function dashboardWith(member: string): fc.Arbitrary<Dashboard> {
  const { members } = structureOf("Visual");
  return anyShape(members[member]!).map((body) =>
    dashboardOf({
      Sheets: [{ SheetId: "s", Visuals: [{ [member]: { ...(body as Group), VisualId: "v" } }] }],
    }),
  );
}

/** A dashboard with one part of the definition, such as its filters. */
export function dashboardPart(part: string): fc.Arbitrary<Dashboard> {
  return anyShape(structureOf(DEFINITION).members[part]!).map((value) =>
    dashboardOf(withUniqueIds({ [part]: value })),
  );
}

/** Any dashboard whose ids are unique. */
export function anyDashboard(): fc.Arbitrary<Dashboard> {
  const parts = Object.keys(structureOf(DEFINITION).members).filter(
    (part) => part !== "DataSetIdentifierDeclarations",
  );
  return fc
    .record(
      Object.fromEntries(
        parts.map((part) => [part, anyShape(structureOf(DEFINITION).members[part]!, 2)]),
      ),
    )
    .map((definition) => dashboardOf(withUniqueIds(definition)));
}

function dashboardOf(definition: Group): Dashboard {
  return {
    name: "Any",
    dataSets: Object.fromEntries(DATA_SETS.map((name) => [name, { name }])),
    definition: {
      DataSetIdentifierDeclarations: DATA_SETS.map((Identifier) => ({
        Identifier,
        DataSetArn: dataSetArn(TARGET, Identifier),
      })),
      ...definition,
    },
  };
}

// Files are named after these two kinds of ids; QuickSight wants them unique, too.
function withUniqueIds(definition: Group): Group {
  const sheets = definition["Sheets"] as readonly Group[] | undefined;
  if (sheets === undefined) return definition;
  let count = 0;
  return {
    ...definition,
    Sheets: sheets.map((sheet, i) => ({
      ...sheet,
      SheetId: `${String(sheet["SheetId"]).slice(0, 20)}-${i}`,
      ...(sheet["Visuals"] === undefined
        ? {}
        : {
            Visuals: (sheet["Visuals"] as readonly Record<string, Group>[]).map((visual) => {
              const [[member, body]] = Object.entries(visual) as [[string, Group]];
              count += 1;
              return {
                [member]: {
                  ...body,
                  VisualId: `${String(body["VisualId"]).slice(0, 20)}-${count}`,
                },
              };
            }),
          }),
    })),
  };
}
