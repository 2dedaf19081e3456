import { expect, it } from "vitest";

import { diffView } from "./diff-view.ts";

const VIEW =
  "SELECT day, srcaddr AS source, count(*) AS n FROM flow_records WHERE action = 'REJECT'";

it.each<[string, string, readonly string[]]>([
  [
    "a text that an engine printed",
    `CREATE VIEW hive.db.v SECURITY INVOKER AS\nSELECT\n  day\n, srcaddr source\n, count(*) n\nFROM\n  flow_records\nWHERE (action = 'REJECT')\n`,
    [],
  ],
  [
    "a value",
    VIEW.replace("'REJECT'", "'ACCEPT'"),
    ["flow_records where action = [-'ACCEPT'-] {+'REJECT'+}"],
  ],
  [
    "a column that is new, and one that goes",
    "SELECT day, srcaddr AS source, dstaddr FROM flow_records WHERE action = 'REJECT'",
    [", srcaddr source , [-dstaddr-] {+count * n+} from flow_records where action"],
  ],
  [
    "two places",
    "SELECT hour, srcaddr AS source, count(*) AS n FROM flow_records WHERE action = 'DROP'",
    [
      "select [-hour-] {+day+} , srcaddr source ,",
      "flow_records where action = [-'DROP'-] {+'REJECT'+}",
    ],
  ],
])("says what becomes of %s", (_name, live, expected) => {
  expect(diffView(live, VIEW)).toEqual(expected);
});

it("knows that a mark with another hash says nothing", () => {
  const marked = (hash: string): string =>
    `WITH turnaway_view AS (SELECT 'turnaway view v ${hash}' AS mark) ${VIEW}`;
  expect(diffView(marked("0"), marked("1"))).toEqual([]);
});
