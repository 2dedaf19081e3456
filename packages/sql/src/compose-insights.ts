import { didYouMean, type LogFormat, type Statement, TurnawayError } from "@turnaway/core";

import { INSIGHTS_FILES } from "./insights-catalogue.gen.ts";
import { type InsightsFile, insightsName, type Merge } from "./insights-file.ts";
import { expandInsights, missingColumns } from "./insights-placeholders.ts";
import type { SqlSettings } from "./macros.ts";
import type { QueryWindow } from "./query-window.ts";
import type { TraceSubject } from "./trace-subject.ts";

/**
 * One query in Insights QL, ready to run. Its window is part of it, since the service
 * takes the window beside the text, and since a long answer has to be asked for in slices.
 */
export interface InsightsStatement extends Statement {
  readonly window: QueryWindow;
  /**
   * What is sent: the question over a window, without the limit. Rows are not billed, and
   * whether the first ones are the right ones shows only in those that follow.
   */
  readonly textOver: (window: QueryWindow) => string;
  /** What the answer's fields are; null: as the service names them, all text. */
  readonly fields: readonly InsightsField[] | null;
  readonly order: readonly InsightsOrder[];
  /** Most rows that are wanted; null is all. */
  readonly limit: number | null;
}

export interface InsightsField {
  readonly column: string;
  /** Its name in the service's answer. */
  readonly field: string;
  readonly type: "text" | "integer";
  /** How slices of time are put together; undefined where they can't be. */
  readonly merge?: Merge;
}

export interface InsightsOrder {
  readonly column: string;
  readonly descending: boolean;
}

export interface InsightsOptions {
  readonly settings: SqlSettings;
  /** Format of the records in the log group. */
  readonly format: LogFormat;
  readonly window: QueryWindow;
  /** Most rows to answer with; null is all, undefined what the query says. */
  readonly limit?: number | null;
  /** Start of the report's period, where the window has the one before it as well. */
  readonly cut?: number;
  /** The numbers that the header's `values` name. */
  readonly values?: Readonly<Record<string, number>>;
  /** Whose records are wanted, where the file asks for a subject's. */
  readonly subject?: TraceSubject;
}

/**
 * A file as a statement.
 *
 * @throws TurnawayError FORMAT_UNKNOWN when the log format lacks a field that it needs.
 */
export function composeInsights(file: InsightsFile, options: InsightsOptions): InsightsStatement {
  const name = insightsName(file);
  const lacking = lackingFields(file, options.format);
  if (lacking.length > 0) {
    throw new TurnawayError("FORMAT_UNKNOWN", {
      what: "the log format can't answer this",
      where: name,
      why: `it lacks ${lacking.join(", ")}`,
      fix: "choose another query, or a flow log with these fields",
    });
  }
  const limit = options.limit === undefined ? (file.limit ?? null) : options.limit;
  const expand = (text: string, window: QueryWindow): string =>
    expandInsights(text, file, { ...options, window });
  const textOver = (window: QueryWindow): string => withoutComments(expand(file.text, window));
  return {
    name,
    sql: [textOver(options.window), ...(limit === null ? [] : [`| limit ${limit}`])].join("\n"),
    window: options.window,
    textOver,
    fields: Object.entries(file.columns).map(([column, { type, field, merge }]) => ({
      column,
      field: field === undefined ? column : expand(field, options.window),
      type,
      ...(merge === undefined ? {} : { merge }),
    })),
    order: parseOrder(file.order),
    limit,
  };
}

/** Fields of the record that the file needs and the format lacks, as columns. */
export function lackingFields(file: InsightsFile, format: LogFormat): readonly string[] {
  return missingColumns(file, format);
}

/** A person's own text, as it is: its rows keep the service's names and order. */
export function ownInsights(name: string, text: string, window: QueryWindow): InsightsStatement {
  return { name, sql: text, window, textOver: () => text, fields: null, order: [], limit: null };
}

/** The queries that a person can ask for, by name; that of `trace` is not among them. */
export function listInsights(): readonly InsightsFile[] {
  return INSIGHTS_FILES.filter(({ name }) => !name.startsWith("trace_"));
}

/** The query of that name. @throws TurnawayError USAGE when Insights has none. */
export function findInsights(name: string): InsightsFile {
  const wanted = name.toLowerCase().replaceAll("_", "-");
  const names = listInsights().map(insightsName);
  const file = listInsights()[names.indexOf(wanted)];
  if (file !== undefined) return file;
  throw new TurnawayError("USAGE", {
    what: "no such query on CloudWatch Logs Insights",
    where: `query ${name}`,
    why: `Insights answers ${names.join(", ")}`,
    fix: didYouMean(wanted, names) ?? "use another engine for it",
  });
}

function parseOrder(order: string): InsightsOrder[] {
  return order.split(",").map((part) => {
    const [column, direction] = part.trim().split(" ");
    return { column: column!, descending: direction === "desc" };
  });
}

function withoutComments(text: string): string {
  return text.replaceAll(/^#.*\n/gm, "").trim();
}
