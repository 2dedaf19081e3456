import type { Row, SqlValue, Statement } from "@turnaway/core";
import {
  bindParameters,
  composeQuery,
  composeSql,
  composeTrace,
  DEFAULT_SETTINGS,
  getSqlFile,
  parseTraceSubject,
  type SqlFile,
  type SqlSettings,
} from "@turnaway/sql";

import type { CaseEngine } from "./case-engine.ts";
import type { SqlCase } from "./case-file.ts";
import { dayText, startOfDay } from "./case-time.ts";
import { asRows, makeTables, tablesRead, WHOLE_TABLE } from "./given-tables.ts";
import { renderTable, withTimesLike } from "./text-table.ts";

/** What a case expected and what the engine answered, as text to be compared. */
export interface CaseOutcome {
  readonly expected: readonly string[];
  readonly actual: readonly string[];
  /** The statement, for a failure. */
  readonly sql: string;
}

/** Asks what a case asks. A case whose file reads days may be asked for their hours instead. */
export async function runCase(
  engine: CaseEngine,
  file: SqlFile,
  one: SqlCase & { readonly grain?: "days" | "hours" },
): Promise<CaseOutcome> {
  const settings = { ...DEFAULT_SETTINGS, ...one.settings };
  const statement = caseStatement(file, one, settings);
  await makeTables(engine, tablesOf(file), { given: one.given, settings });
  const { rows } = await engine.run(statement);
  return { ...compare(one, rows), sql: statement.sql };
}

const REPORTED = ["traffic_rollup", "lone_refusals", "traffic_days"];

// Parts are no statements: this is what each of them is read from and for.
const PARTS: Readonly<Record<string, { reads: readonly string[]; cte: string }>> = {
  direction: { reads: ["flow_tuples"], cte: "directed" },
  reported_traffic: { reads: REPORTED, cte: "reported_traffic" },
  pair_periods: { reads: REPORTED, cte: "pair_periods" },
};

function tablesOf(file: SqlFile): readonly string[] {
  const part = file.kind === "parts" ? PARTS[file.name] : undefined;
  return part === undefined ? tablesRead(file) : part.reads;
}

function caseStatement(file: SqlFile, one: SqlCase, settings: SqlSettings): Statement {
  if (file.kind === "queries") return queryStatement(file, one, settings);
  const fragments = { ...WHOLE_TABLE, ...periodsOf(one) };
  const part = file.kind === "parts" ? PARTS[file.name] : undefined;
  if (part !== undefined) {
    const text = composeSql(file, settings, { ...fragments, input: part.reads[0]! });
    return { name: file.name, sql: `WITH ${text}\nSELECT * FROM ${part.cte}` };
  }
  const { sql, params } = bindParameters(
    file.name,
    composeSql(file, settings, fragments),
    parametersOf(file, one),
  );
  const bound = params === undefined ? {} : { params };
  if (!needsPeriods(file)) return { name: file.name, sql, ...bound };
  const periods = composeSql(getSqlFile("parts", "pair_periods"), settings, fragments);
  const known = tablesOf(file).includes("traffic_rollup")
    ? periods
    : periods.split("\n\n")[0]!.replace(/,$/, "");
  return { name: file.name, sql: `WITH ${known}\nSELECT * FROM (\n${sql}\n) AS answer`, ...bound };
}

// As a person asks: parameters are text, and everything that there is is the window.
function queryStatement({ name }: SqlFile, one: SqlCase, settings: SqlSettings): Statement {
  const params = Object.fromEntries(
    Object.entries(one.params ?? {}).map(([key, value]) => [key, String(value)]),
  );
  const options = { settings, window: null, limit: one.limit ?? null };
  const part = /^trace_(conversations|hours|records)$/.exec(name)?.[1];
  if (part === undefined) return composeQuery(name, { ...options, params });
  const traced = composeTrace(parseTraceSubject(params["subject"]!), options);
  return traced[part as "conversations" | "hours" | "records"];
}

function needsPeriods({ kind }: SqlFile): boolean {
  return kind === "detections" || kind === "reports";
}

function periodsOf({
  periods = 1,
  grain = "days",
}: SqlCase & { readonly grain?: "days" | "hours" }): Record<string, string> {
  const rows = Array.from(
    { length: periods },
    (_, day) => `(${day}, ${startOfDay(day)}, ${startOfDay(day + 1)})`,
  );
  return {
    periods: rows.join(", "),
    last_period: String(periods - 1),
    first_day: dayText("d0")!,
    last_day: dayText(`d${periods - 1}`)!,
    grain,
  };
}

function parametersOf(file: SqlFile, { params = {} }: SqlCase): Record<string, SqlValue> {
  return Object.fromEntries(
    Object.entries(file.parameters ?? {}).map(([name, parameter]) => [
      name,
      params[name] ?? parameter.default ?? null,
    ]),
  );
}

function compare(one: SqlCase, rows: readonly Row[]): Omit<CaseOutcome, "sql"> {
  const expected = asRows(one.expect);
  const columns = columnsOf(one);
  const timed = new Set(timeColumns(one));
  const text = (list: readonly Row[]): string[] => {
    const lines = renderTable(columns, withTimesLike(list, timed));
    return one.ordered === true ? lines : lines.toSorted();
  };
  return {
    expected: [columns.join("  "), ...text(expected)],
    actual: [columns.join("  "), ...text(rows)],
  };
}

function columnsOf({ expect }: SqlCase): readonly string[] {
  if (typeof expect !== "string") return [...new Set(expect.flatMap((row) => Object.keys(row)))];
  return expect.trim().split("\n")[0]!.trim().split(/\s+/);
}

// Whether a number is a time shows only in how the case wrote it.
function timeColumns(one: SqlCase): readonly string[] {
  if (typeof one.expect !== "string") return [];
  const lines = one.expect.trim().split("\n").slice(1);
  return columnsOf(one).filter((_, i) =>
    lines.some((line) => /^d\d+T/.test(line.trim().split(/\s+/)[i] ?? "")),
  );
}
