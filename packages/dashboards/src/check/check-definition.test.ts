import { formatDetail } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { shippedFiles } from "../../test/shipped-files.ts";
import type { DefinitionFiles } from "../dashboard.ts";
import { checkDefinition } from "./check-definition.ts";

const FILES = shippedFiles("rejects");

/** The files with a text in one of them replaced. */
function edited(path: string, from: string, to: string): DefinitionFiles {
  const text = FILES[path]!.replace(from, () => to);
  expect(text).not.toBe(FILES[path]);
  return { ...FILES, [path]: text };
}

function messages(files: DefinitionFiles): readonly string[] {
  return checkDefinition(files).map(formatDetail);
}

describe("a mistake is named with its file and line", () => {
  it.each<readonly [string, DefinitionFiles, string]>([
    [
      "an unknown type of visual",
      edited("visuals/top-sources.yml", "bar-chart", "bar"),
      "visuals/top-sources.yml:1",
    ],
    [
      "an unknown key",
      edited("visuals/top-sources.yml", "orientation", "orientatoin"),
      "visuals/top-sources.yml:9",
    ],
    [
      "a word that QuickSight does not know",
      edited("visuals/top-sources.yml", "horizontal", "sideways"),
      "visuals/top-sources.yml:9",
    ],
    [
      "a function that there is not",
      edited("visuals/top-sources.yml", "field: sum(", "field: summ("),
      "visuals/top-sources.yml:6",
    ],
    [
      "an order by a field that the visual does not have",
      edited("visuals/top-sources.yml", "sort: sum(request_records)", "sort: sum(bytes)"),
      "visuals/top-sources.yml:7",
    ],
    [
      "a data set that there is not",
      edited("visuals/top-sources.yml", "data-set: rejects", "data-set: reject"),
      "visuals/top-sources.yml:5",
    ],
    [
      "a visual that there is not",
      edited("sheets/overview.yml", "top-sources: third", "top-source: third"),
      "sheets/overview.yml",
    ],
    [
      "a row that is too wide",
      edited("sheets/overview.yml", "top-sources: third", "top-sources: full"),
      "sheets/overview.yml",
    ],
    [
      "a control of a filter that there is not",
      edited("sheets/overview.yml", "filter: vpc ", "filter: vcp "),
      "sheets/overview.yml:6",
    ],
    [
      "a sheet that there is not",
      edited("dashboard.yml", "connections ]", "connection ]"),
      "dashboard.yml:3",
    ],
    [
      "a parameter that there is not",
      edited("dashboard.yml", "ifelse({status} = 'new'", "ifelse({status} = ${Which}"),
      "dashboard.yml:7",
    ],
    [
      "a colour that is none",
      edited("visuals/refused-list.yml", "#C0392B", "red"),
      "visuals/refused-list.yml:42",
    ],
  ])("%s", (_what, files, where) => {
    expect(messages(files)).toContainEqual(expect.stringContaining(`(${where}`));
  });

  it("and all of them at once", () => {
    const files = {
      ...edited("visuals/top-sources.yml", "bar-chart", "bar"),
      "visuals/unused.yml": "type: empty\n",
      "notes.yml": "a: b\n",
    };
    expect(messages(files)).toMatchInlineSnapshot(`
      [
        "unknown file (notes.yml:1): a dashboard is dashboard.yml and the .yml files in data-sets, sheets and visuals. Move it into one of these folders, or away.",
        "type is not understood (visuals/top-sources.yml:1): got "bar", expected one of table, pivot-table, bar-chart, kpi, pie-chart, gauge-chart, line-chart, heat-map, tree-map, geospatial-map, filled-map, layer-map, funnel-chart, scatter-plot, combo-chart, box-plot, waterfall, histogram, word-cloud, insight, sankey-diagram, custom-content, empty, radar-chart, plugin.",
        "the file is not used (visuals/unused.yml:1): no sheet has this visual. Add unused to the grid of a sheet, or remove the file.",
      ]
    `);
  });
});
