import { lintDialect, visualSql } from "@turnaway/sql";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { anyDashboard, dashboardWith, TARGET } from "../../test/arbitrary-dashboard.ts";
import { SHIPPED, shippedFiles } from "../../test/shipped-files.ts";
import type { Dashboard } from "../dashboard.ts";
import { expand } from "../expand.ts";
import { DEFINITION, structureOf } from "../model/shape.ts";
import { filtersOf } from "./filters-of.ts";
import { visualsOf } from "./find-visual.ts";
import { planVisual } from "./plan-visual.ts";
import { sheetsOf } from "./sheets-of.ts";
import type { VisualPlan } from "./visual-plan.ts";

const NOW = Date.UTC(2025, 10, 21, 8) / 1000;

describe.each(SHIPPED)("of the dashboard %s", (name) => {
  const dashboard = expand(shippedFiles(name), TARGET);

  it("every visual is planned, and nothing of it is left out", () => {
    for (const { id } of visualsOf(dashboard)) {
      const plan = planVisual(dashboard, id, { now: NOW });
      expect(plan, id).toMatchObject({ kind: "plan", notes: [] });
      const { query, trend, fields } = plan as VisualPlan;
      const answered = new Set([...query.columns, ...(trend?.columns ?? [])].map((c) => c.name));
      for (const field of fields) expect(answered, id).toContain(field.id);
    }
  });

  it("the SQL is what Athena documents, as is that of the filters' values", () => {
    const queries = [
      ...visualsOf(dashboard).flatMap(({ id }) => {
        const { query, trend } = planVisual(dashboard, id, { now: NOW }) as VisualPlan;
        return trend === null ? [query] : [query, trend];
      }),
      ...filters(dashboard).flatMap((filter) =>
        filter.kind === "filter" && filter.values !== null ? [filter.values] : [],
      ),
    ];
    for (const query of queries) expect(lintDialect(visualSql(query, "t"))).toEqual([]);
  });

  it("every filter of every sheet is offered", () => {
    expect(filters(dashboard).map(({ kind }) => kind)).not.toContain("not-offered");
    expect(filters(dashboard).length).toBeGreaterThan(3);
  });

  it("every element of the grid is found, and stands beside the others", () => {
    for (const { elements } of sheetsOf(dashboard)) {
      const cells = elements.flatMap(({ column, row, width, height }) =>
        Array.from(
          { length: width * height },
          (_, i) => `${column + (i % width)} ${row + Math.floor(i / width)}`,
        ),
      );
      expect(new Set(cells).size).toBe(cells.length);
    }
  });
});

describe("a filter", () => {
  const dashboard = expand(shippedFiles("rejects"), TARGET);
  const where = (
    filters: Parameters<typeof planVisual>[2]["filters"],
    timezone?: string,
  ): string => {
    const ask = {
      now: NOW,
      ...(filters && { filters }),
      ...(timezone !== undefined && { timezone }),
    };
    const plan = planVisual(dashboard, "top-sources", ask) as VisualPlan;
    return /WHERE ([\s\S]*?)\nGROUP BY/
      .exec(visualSql(plan.query, "t"))![1]!
      .replaceAll(/\s+/g, " ");
  };
  const dates = (from: string, to: string): string =>
    `("day" >= TIMESTAMP '${from} 00:00:00') AND ("day" < TIMESTAMP '${to} 00:00:00')`;

  it.each([
    ["is as the definition has it", undefined, dates("2025-11-08", "2025-11-22")],
    [
      "is the last periods, today among them",
      { date: { last: 1, unit: "day" } },
      dates("2025-11-21", "2025-11-22"),
    ],
    [
      "of weeks begins on a Sunday",
      { date: { last: 2, unit: "week" } },
      dates("2025-11-09", "2025-11-23"),
    ],
    [
      "of quarters begins with one",
      { date: { last: 1, unit: "quarter" } },
      dates("2025-10-01", "2026-01-01"),
    ],
    [
      "of a span may be open",
      { date: { from: null, to: 86_400 } },
      `("day" < TIMESTAMP '1970-01-02 00:00:00')`,
    ],
    [
      "of values takes them as they are",
      { date: { from: null, to: null }, owner: { values: ["it's", null] } },
      `("owner" IN ('it''s') OR "owner" IS NULL)`,
    ],
  ] as const)("%s", (_name, filters, sql) => {
    expect(where(filters)).toBe(sql);
  });

  it("goes by the day of whoever looks", () => {
    const now = Date.UTC(2025, 10, 21, 23) / 1000;
    const plan = (timezone: string): string =>
      visualSql((planVisual(dashboard, "top-sources", { now, timezone }) as VisualPlan).query, "t");
    expect(plan("UTC")).toContain(`< TIMESTAMP '2025-11-22`);
    expect(plan("Asia/Tokyo")).toContain(`< TIMESTAMP '2025-11-23`);
  });
});

describe("what can not be drawn", () => {
  const files = shippedFiles("rejects");
  const reason = (changed: Record<string, string>, visual = "top-sources"): string => {
    const plan = planVisual(expand({ ...files, ...changed }, TARGET), visual, { now: NOW });
    return plan.kind === "plan" ? "drawn" : plan.reason;
  };
  const visual = (field: string): Record<string, string> => ({
    "visuals/top-sources.yml": files["visuals/top-sources.yml"]!.replace(
      "sum(request_records)",
      field,
    ),
  });

  it.each([
    ["a visual that is not there", {}, "nothing", "the dashboard has no visual nothing"],
    [
      "a column that is not there",
      visual("sum(gone)"),
      undefined,
      "the data set rejects has no column gone",
    ],
    [
      "a function that is unknown",
      {
        "dashboard.yml": files["dashboard.yml"]!.replace(
          "ifelse({status} = 'new', 1, 0)",
          "rank([{status} ASC])",
        ),
      },
      "new-connections",
      "the function rank is not computed here",
    ],
    [
      "a field that needs itself",
      {
        "dashboard.yml": files["dashboard.yml"]!.replace(
          "ifelse({status} = 'new', 1, 0)",
          "1 + {is_new}",
        ),
      },
      "new-connections",
      "the calculated field is_new needs itself",
    ],
    [
      "a sum of sums",
      {
        "dashboard.yml": files["dashboard.yml"]!.replace(
          "ifelse({status} = 'new', 1, 0)",
          "sum({rejected_records})",
        ),
      },
      "new-connections",
      "is_new is aggregated already, and would be once more",
    ],
    [
      "a data set of somebody else",
      { "data-sets/rejects.yml": "name: X\nsource: queries/nothing\n" },
      undefined,
      "the data set rejects reads nothing that is known here",
    ],
  ])("says why: %s", (_name, changed, id, expected) => {
    expect(reason(changed as Record<string, string>, id)).toBe(expected);
  });
});

describe("any definition", () => {
  it.each(Object.keys(structureOf("Visual").members))(
    "has a plan or a reason for a %s",
    (member) => {
      fc.assert(fc.property(dashboardWith(member), check), { numRuns: 30 });
    },
  );

  it("has a plan or a reason for each visual and filter", () => {
    expect(DEFINITION).toBeDefined();
    fc.assert(fc.property(anyDashboard(), check), { numRuns: 25 });
  });

  function check(dashboard: Dashboard): void {
    for (const { id } of visualsOf(dashboard)) {
      const plan = planVisual(dashboard, id, { now: NOW });
      if (plan.kind === "not-drawable") expect(plan.reason).not.toBe("");
      else expect(visualSql(plan.query, "t")).toContain("SELECT");
    }
    for (const filter of filters(dashboard)) expect(filter.id).toBeTypeOf("string");
  }
});

function filters(dashboard: Dashboard): ReturnType<typeof filtersOf> {
  return sheetsOf(dashboard).flatMap(({ id }) => filtersOf(dashboard, id));
}
