import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { Ajv, type ValidateFunction } from "ajv";
import { createGenerator } from "ts-json-schema-generator";
import { beforeAll, describe, expect, it } from "vitest";

import { grafanaFiles } from "../../scripts/grafana-files.ts";
import type { GrafanaTypes } from "../../test/grafana-types.ts";
import { SHIPPED, shippedFiles } from "../../test/shipped-files.ts";
import { TARGET } from "../../test/arbitrary-dashboard.ts";
import { expand } from "../expand.ts";
import { sheetsOf } from "../visuals/sheets-of.ts";
import { grafanaDashboard } from "./grafana-dashboard.ts";
import type { GrafanaDashboard, GrafanaPanel } from "./grafana-model.ts";

/** A kind of panel, `stat`, or another part that Grafana has a type for. */
type Part = keyof GrafanaTypes;

const ROOT = join(import.meta.dirname, "../..");
const files = grafanaFiles(ROOT);

describe("what is committed", () => {
  it.each(Object.keys(files))("%s is what `pnpm generate` writes", (path) => {
    expect(readFileSync(join(ROOT, path), "utf8")).toBe(files[path]);
  });

  it("is no dashboard that is gone", () => {
    const found = readdirSync(join(ROOT, "grafana")).toSorted();
    expect(found).toEqual(Object.keys(files).map((path) => basename(path)));
  });

  it("names no account, region or ARN", () => {
    expect(Object.values(files).join("\n")).not.toMatch(/arn:|\b\d{12}\b|us-east-1/);
  });
});

describe("by Grafana's own types", () => {
  let problems: (part: Part, value: unknown) => readonly string[];

  beforeAll(() => {
    problems = schemaChecks();
  });

  describe.each(SHIPPED)("%s", (name) => {
    const dashboard = grafanaOf(name);

    it("is a dashboard", () => {
      // Queries belong to a data source, which the schema of a dashboard does not know.
      const panels = dashboard.panels.map(({ targets: _targets, ...panel }) => panel);
      expect(problems("dashboard", { ...dashboard, panels })).toEqual([]);
    });

    it("has panels, queries and fields as each kind of panel has them", () => {
      for (const { title, type, options, targets = [], fieldConfig } of dashboard.panels) {
        if (type === "row") continue;
        expect(problems(type as Part, options), title).toEqual([]);
        for (const target of targets) expect(problems("target", target), title).toEqual([]);
        const { custom, ...defaults } = fieldConfig?.defaults ?? {};
        expect(problems("defaults", defaults), title).toEqual([]);
        if (custom !== undefined)
          expect(problems(`${type} custom` as Part, custom), title).toEqual([]);
      }
    });
  });

  it.each([
    ["stat", { graphMode: "area" }],
    ["barchart", { orientation: "sideways" }],
    ["target", { rawSQL: "SELECT 1", format: 9, connectionArgs: {} }],
    ["defaults", { units: "short" }],
    ["timeseries custom", { drawStyle: "curtain" }],
  ] as const)("a wrong %s is found", (part, value) => {
    expect(problems(part, value)).not.toEqual([]);
  });
});

describe.each(SHIPPED)("the dashboard %s", (name) => {
  const dashboard = grafanaOf(name);
  const source = expand(shippedFiles(name), TARGET);

  it("has a panel for each visual, and none beside another", () => {
    const visuals = sheetsOf(source).flatMap(({ elements }) =>
      elements.filter(({ kind }) => kind === "visual"),
    );
    const asking = dashboard.panels.filter(({ targets }) => targets !== undefined);
    expect(asking.length).toBe(visuals.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(Math.max(...dashboard.panels.map(({ gridPos: { x, w } }) => x + w))).toBe(24);
  });

  it("asks with Grafana's time range, and with each variable that it offers", () => {
    const variables = dashboard.templating.list.map(({ name }) => name).slice(1);
    expect(variables).toEqual(expect.arrayContaining(["account", "region", "vpc"]));
    const texts = dashboard.panels.flatMap(({ targets = [] }) => targets.map((t) => t.rawSQL));
    for (const rawSQL of texts) expect(rawSQL).toContain("$__timeFilter(");
    const used = texts.map((rawSQL) => rawSQL.match(/(?<=\$\{)\w+(?=:sqlstring\})/g) ?? []);
    expect(new Set(used.flat())).toEqual(new Set(variables));
  });
});

it("what Grafana can't draw is a table, and says so", () => {
  const panel = panelOf("peers", "Who talks to whom");
  expect([panel.type, panel.description]).toEqual([
    "table",
    "By records, accepted and refused\n\nGrafana has no sankey diagram: its rows as a table.",
  ]);
});

it("a visual that is not drawn is a text that says why, and no markup", () => {
  const changed = {
    ...shippedFiles("peers"),
    "visuals/services.yml": "type: insight\ntitle: '<b>*Why*</b>'\ndata-set: peers\n",
  };
  const panel = grafanaDashboard("peers", expand(changed, TARGET)).panels.find(
    ({ title }) => title === "<b>*Why*</b>",
  );
  expect(panel).toMatchObject({
    type: "text",
    options: { content: "Not in Grafana: QuickSight computes and words insights itself." },
  });
});

function grafanaOf(name: string): GrafanaDashboard {
  return JSON.parse(files[`grafana/${name}.gen.json`]!) as GrafanaDashboard;
}

function panelOf(name: string, title: string): GrafanaPanel {
  return grafanaOf(name).panels.find((panel) => panel.title === title)!;
}

function schemaChecks(): (part: Part, value: unknown) => readonly string[] {
  const { definitions = {} } = createGenerator({
    path: join(ROOT, "test/grafana-types.ts"),
    tsconfig: join(ROOT, "tsconfig.json"),
    type: "GrafanaTypes",
    skipTypeCheck: true,
    functions: "hide",
    // Several kinds of panels have a type of the same name.
    expose: "none",
    jsDoc: "none",
  }).createSchema("GrafanaTypes");
  const { properties = {} } = definitions["GrafanaTypes"] as {
    properties?: Record<string, object>;
  };
  const ajv = new Ajv({ strict: false, allErrors: true });
  const checks = new Map<string, ValidateFunction>();
  return (part, value) => {
    const schema = properties[part];
    if (schema === undefined) throw new Error(`Grafana has no type for ${part}`);
    const check = checks.get(part) ?? ajv.compile({ ...schema, definitions });
    checks.set(part, check);
    check(value);
    return (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}
