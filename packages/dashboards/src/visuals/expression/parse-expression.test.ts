import { type Expression, visualSql } from "@turnaway/sql";
import { describe, expect, it } from "vitest";

import { Undrawable } from "../undrawable.ts";
import { parseExpression } from "./parse-expression.ts";

const NAMES = {
  now: 1_763_640_000,
  column: (name: string): Expression => ({ type: "column", name }),
  parameter: (name: string): Expression => ({ type: "literal", value: `<${name}>` }),
};

describe("a calculated field becomes SQL", () => {
  it.each([
    ["{accepted} + 1", `("accepted" + BIGINT '1')`],
    ["accepted*2-1", `(("accepted" * BIGINT '2') - BIGINT '1')`],
    ["1 - 2 - 3", "((BIGINT '1' - BIGINT '2') - BIGINT '3')"],
    ["-{a} ^ 2", `(-power("a", 2))`],
    ["sum({a}) / sum({b})", `(CAST(sum("a") AS double) / nullif(CAST(sum("b") AS double), 0))`],
    ["{a} % {b}", `mod("a", nullif("b", 0))`],
    ["ifelse({status} = 'new', 1, 0)", `CASE WHEN ("status" = 'new') THEN 1 ELSE 0 END`],
    [
      "ifelse({a}>1,'x',{a}>0,'y','z')",
      `CASE WHEN ("a" > 1) THEN 'x' WHEN ("a" > 0) THEN 'y' ELSE 'z' END`,
    ],
    ["NOT {a} = 1 AND ({b} != 2 OR {c} <> 3)", `((NOT ("a" = 1)) AND (("b" <> 2) OR ("c" <> 3)))`],
    ["isNull({a}) or isNotNull({b})", `(("a" IS NULL) OR ("b" IS NOT NULL))`],
    ["coalesce({a}, nullIf({b}, 'x'))", `coalesce("a", nullif("b", 'x'))`],
    ["concat({a}, ' it''s ', {b})", undefined],
    [
      `concat({a}, "it's", 'a\\'b')`,
      `(CAST("a" AS varchar) || CAST('it''s' AS varchar) || CAST('a''b' AS varchar))`,
    ],
    ["in({a}, ['x', 'y'])", `("a" IN ('x', 'y'))`],
    ["truncDate('MM', {day})", `date_trunc('month', "day")`],
    ["truncDate('WK', {day})", `(date_trunc('week', "day" + INTERVAL '1' DAY) - INTERVAL '1' DAY)`],
    ["extract('YYYY', {day})", `year("day")`],
    ["addDateTime(-7, 'DD', now())", `(TIMESTAMP '2025-11-20 12:00:00' + (-7) * INTERVAL '1' DAY)`],
    [
      "dateDiff({a}, {b}, 'HH')",
      `date_diff('hour', date_trunc('hour', "a"), date_trunc('hour', "b"))`,
    ],
    ["SUM({a})", `sum("a")`],
    ["distinct_count({a})", `count(DISTINCT "a")`],
    ["sumIf({a}, {b} = 'x')", `sum(CASE WHEN ("b" = 'x') THEN "a" END)`],
    ["{a} = ${who}", `("a" = '<who>')`],
    ["/* why */ {a} // and so on", `"a"`],
    [`{a"; DROP TABLE x; --}`, `"a""; DROP TABLE x; --"`],
    ["{a} = '''; DROP TABLE x; --'", undefined],
    [`{a} = "'; DROP TABLE x; --"`, `("a" = '''; DROP TABLE x; --')`],
  ])("%s", (text, sql) => {
    if (sql === undefined) expect(() => parse(text)).toThrow(Undrawable);
    else expect(sqlOf(parse(text))).toBe(sql);
  });
});

describe("what is not computed says so", () => {
  it.each([
    ["runningSum(sum({a}), [{day} ASC])", "the function runningSum is not computed here"],
    ["sum({a}, [{b}])", "sum(…) with a level of its own is not computed here"],
    ["sumOver(sum({a}), [], PRE_AGG)", "the function sumOver is not computed here"],
    ["constructor({a})", "the function constructor is not computed here"],
    ["ifelse({a})", "ifelse(…) is not computed with 1 arguments"],
    [
      "truncDate('FORTNIGHT', {a})",
      "truncDate(…) is only computed for YYYY, Q, MM, WK, DD, HH, MI, SS, MS",
    ],
    [
      "truncDate({b}, {a})",
      "truncDate(…) is only computed for YYYY, Q, MM, WK, DD, HH, MI, SS, MS",
    ],
    ["{a} +", "the calculated field ends too early"],
    ["{a} {b}", `the calculated field is not understood at "b"`],
    ["'open", `the calculated field is not understood at "'open"`],
    ["", "the calculated field ends too early"],
  ])("%s", (text, reason) => {
    expect(() => parse(text)).toThrow(reason);
  });
});

function parse(text: string): Expression {
  return parseExpression(text, NAMES);
}

function sqlOf(value: Expression): string {
  const columns = [{ type: "measure", name: "x", value }] as const;
  const sql = visualSql({ columns, filters: [], items: [], sort: [], limit: null }, "t");
  return sql.replace(/^SELECT\n {4}/, "").replace(/ AS "x"\nFROM "t"$/, "");
}
