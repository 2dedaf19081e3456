import { DETECTION_IDS } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { SQL_FILES } from "./catalogue.gen.ts";
import { listQueries } from "./compose-query.ts";
import { queryName, type SqlFile } from "./sql-file.ts";

const statements = SQL_FILES.filter((f) => f.kind !== "parts");
const named = (files: readonly SqlFile[]): [string, SqlFile][] =>
  files.map((f) => [`${f.kind}/${f.name}.sql`, f]);

describe("every header", () => {
  it.each(named(statements))("%s says what, grain, reads, prunes and cost", (_name, file) => {
    for (const key of ["what", "grain", "reads", "prunes", "cost"] as const) {
      expect(file[key], key).toMatch(/^\S.{2,}/);
    }
  });

  it.each(named(statements.filter((f) => f.kind !== "detections")))(
    "%s gives a meaning to each column",
    (_name, { columns }) => {
      expect(Object.keys(columns ?? {})).not.toEqual([]);
      for (const [column, meaning] of Object.entries(columns!))
        expect(meaning, column).toMatch(/\S/);
    },
  );

  it.each(named(statements))(
    "%s declares the parameters that it uses, and no others",
    (_name, file) => {
      const code = withoutTextAndComments(file.text);
      const used = [...code.matchAll(/(?<![:\w]):([a-z_]+)/g)].map((match) => match[1]);
      expect(new Set(used)).toEqual(new Set(Object.keys(file.parameters ?? {})));
    },
  );

  it.each(named(SQL_FILES.filter((f) => f.kind === "parts")))(
    "%s says what it takes and gives",
    (_name, file) => {
      expect(file.input).toBeTruthy();
      expect(file.gives).toBeTruthy();
    },
  );

  it.each(named(SQL_FILES.filter((f) => f.kind === "detections")))(
    "%s names the evidence that its rows hold, each column once",
    (_name, { detection, text }) => {
      const evidence = Object.entries(detection!.evidence ?? {});
      expect(evidence).not.toEqual([]);
      const columns = evidence.map(([, { from }]) => from);
      expect(new Set(columns).size).toBe(columns.length);
      for (const [name, { from, what }] of evidence) {
        expect(name).toMatch(/^[a-z]+(?:[A-Z][a-z]+)*$/);
        expect(what, name).toMatch(/\S/);
        expect(text, name).toMatch(new RegExp(`\\b${from}\\b`));
        expect(text, `${name} is never NULL`).not.toMatch(
          new RegExp(`CAST\\(NULL AS [^\\n]*\\) AS ${from}\\b`),
        );
      }
    },
  );

  it("every detection but late-packet, which is counted apart, is a file", () => {
    const files = SQL_FILES.filter((f) => f.kind === "detections").map(queryName);
    expect(files).toEqual(DETECTION_IDS.filter((id) => id !== "late-packet").toSorted());
  });
});

describe("every query", () => {
  it.each(named(listQueries()))("%s has a total order, a window and a limit", (_name, { text }) => {
    expect(text).toMatch(/\nORDER BY\s[\s\S]*\nLIMIT \{\{limit\}\}\n$/);
    expect(text).toMatch(/\{\{(raw|record|rollup)_window\}\}/);
  });

  it("asks one relation alone for its window", () => {
    const windows: Readonly<Record<string, string>> = {
      flow_logs: "raw_window",
      flow_records: "record_window",
      traffic_rollup: "rollup_window",
      coverage_rollup: "rollup_window",
    };
    for (const file of listQueries()) {
      const asked = [...file.text.matchAll(/\{\{(\w+_window)\}\}/g)].map((match) => match[1]);
      expect(new Set(asked), file.name).toEqual(new Set([windows[file.reads!]]));
    }
  });
});

/** What DuckDB would take and Trino would not, or what means different things in the two. */
const FORBIDDEN: readonly (readonly [string, RegExp])[] = [
  ["GROUP BY ALL and ORDER BY ALL", /\b(GROUP|ORDER) BY ALL\b/i],
  ["QUALIFY", /\bQUALIFY\b/i],
  ["integer division by //", /\/\//],
  ["a cast by ::", /::/],
  ["EXCLUDE and REPLACE in a list of columns", /\*\s+(EXCLUDE|REPLACE)\b/i],
  ["a list comprehension or a list literal", /(?<!ARRAY)(?<![\w\])])\[/i],
  ["a lambda", /\blambda\b|->/i],
  ["a struct literal", /\{\s*'/],
  ["ASOF, SEMI and ANTI joins", /\b(ASOF|SEMI|ANTI) JOIN\b/i],
  ["a sample", /\bUSING SAMPLE\b/i],
  ["FROM first", /^\s*FROM\b/i],
  ["ILIKE, SIMILAR TO, GLOB", /\b(ILIKE|SIMILAR TO|GLOB)\b/i],
  ["strftime and epoch", /\b(strftime|epoch|make_timestamp)\s*\(/i],
  ["a parameter by number", /\$\d/],
  ["a block comment, which binding does not know", /\/\*/],
  ["a semicolon", /;/],
  ["a backquote", /`/],
  ["addresses matched as text", /\bLIKE\b|\bregexp_/i],
];

describe("every statement is Trino's", () => {
  it.each(FORBIDDEN)("without %s", (_what, pattern) => {
    const found = SQL_FILES.filter((f) => pattern.test(withoutTextAndComments(f.text)));
    expect(found.map((f) => `${f.kind}/${f.name}`)).toEqual([]);
  });

  it("takes the greatest or least of values only where neither is NULL alone", () => {
    const found = SQL_FILES.filter((f) =>
      /\b(greatest|least)\s*\(/i.test(withoutTextAndComments(f.text)),
    );
    // Trino answers NULL when one of them is, DuckDB passes over it. This one was looked at.
    expect(found.map((f) => f.name).toSorted()).toEqual(["unusual_protocol"]);
  });

  it.each(named(SQL_FILES))("%s names an alias with AS", (_name, file) => {
    const code = withoutTextAndComments(file.text);
    // `) name` or `word name` before a comma or FROM: an alias that stands bare.
    const bare = [...code.matchAll(/(?:\)|\bEND|\b[a-z_]+\.[a-z_]+) ([a-z_]+)(?=,\n|\nFROM)/g)];
    expect(bare.map((match) => match[0])).toEqual([]);
  });
});

function withoutTextAndComments(sql: string): string {
  return sql
    .replaceAll(/--[^\n]*/g, "")
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/\{\{[^}]*\}\}/g, "placeholder");
}
