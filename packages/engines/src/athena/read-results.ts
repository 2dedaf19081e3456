import type {
  ColumnInfo,
  GetQueryResultsCommandOutput,
  QueryExecution,
  Row as WireRow,
} from "@aws-sdk/client-athena";
import type { QueryResult, Row, SqlValue } from "@turnaway/core";

import { retrying } from "../aws/retrying.ts";
import { distinctNames } from "../distinct-names.ts";
import type { AthenaSession } from "./athena-session.ts";
import { decoderOf, type Decode } from "./decode-value.ts";

/** Rows as they arrive, with the columns that all of them have. */
export interface ResultPage {
  readonly columns: QueryResult["columns"];
  readonly rows: readonly Row[];
}

/**
 * The result of a query, page by page: one page is read ahead and no more, so that the
 * memory of a reader that keeps nothing does not grow with the result.
 *
 * A page that can not be read ends in an error after its retries: there are no short results.
 *
 * @throws what the SDK threw, or the interruption.
 */
export async function* readPages(
  session: AthenaSession,
  queryId: string,
  execution: QueryExecution,
): AsyncGenerator<ResultPage> {
  let answer = await fetchPage(session, queryId);
  const shape = shapeOf(answer);
  let isFirst = true;
  for (;;) {
    const token = answer.NextToken;
    const next = token === undefined ? undefined : fetchPage(session, queryId, token);
    // Nobody awaits it when the reader stops early.
    next?.catch(() => undefined);
    const wire = answer.ResultSet!.Rows ?? [];
    const skip = isFirst && hasHeader(wire, shape, execution) ? 1 : 0;
    yield { columns: shape.columns, rows: decodeRows(wire, shape, skip) };
    if (next === undefined) return;
    answer = await next;
    if (answer.NextToken === token) throw new SyntaxError("the same page follows itself");
    isFirst = false;
  }
}

const PAGE_ROWS = 1000;
const PAGE_DEADLINE_MS = 5 * 60_000;

interface Shape {
  readonly columns: QueryResult["columns"];
  readonly labels: readonly string[];
  readonly names: readonly string[];
  readonly decoders: readonly Decode[];
}

async function fetchPage(
  session: AthenaSession,
  queryId: string,
  token?: string,
): Promise<GetQueryResultsCommandOutput> {
  const { api, clock } = session;
  return retrying(session, clock.now() + PAGE_DEADLINE_MS, async (options) => {
    const answer = await api.getQueryResults(
      { QueryExecutionId: queryId, MaxResults: PAGE_ROWS, ...(token && { NextToken: token }) },
      options,
    );
    // A proxy's page parses as an answer without rows; taking it for one would be a silent zero.
    if (answer.ResultSet === undefined) throw new SyntaxError("no ResultSet in the answer");
    return answer;
  });
}

function shapeOf({ ResultSet }: GetQueryResultsCommandOutput): Shape {
  const infos = ResultSet?.ResultSetMetadata?.ColumnInfo ?? [];
  const labels = infos.map(({ Name, Label }) => Label ?? Name ?? "");
  const names = distinctNames(labels);
  return {
    columns: names.map((name, i) => ({ name, type: typeName(infos[i]!) })),
    labels,
    names,
    decoders: infos.map(decoderOf),
  };
}

function typeName({ Type, Precision, Scale }: ColumnInfo): string {
  return Type === "decimal" ? `decimal(${Precision ?? 38},${Scale ?? 0})` : (Type ?? "varchar");
}

/**
 * Whether the first row of the first page is the column names.
 *
 * It is so for what selects, which is DML and EXPLAIN, and never for SHOW, DESCRIBE and other
 * DDL, whose first row may well read like a name. Of a SELECT only the first such row is the
 * header: a second one is data.
 */
function hasHeader(
  rows: readonly WireRow[],
  { labels }: Shape,
  { StatementType: type, SubstatementType: subtype }: QueryExecution,
): boolean {
  if (type !== "DML" && !subtype?.startsWith("EXPLAIN")) return false;
  const first = rows[0]?.Data ?? [];
  return (
    first.length > 0 &&
    first.length === labels.length &&
    first.every(({ VarCharValue: text }, i) => text === labels[i])
  );
}

function decodeRows(wire: readonly WireRow[], shape: Shape, skip: number): Row[] {
  const { names, decoders } = shape;
  const rows: Row[] = [];
  for (let r = skip; r < wire.length; r++) {
    const data = wire[r]!.Data ?? [];
    const row: Record<string, SqlValue> = {};
    for (let i = 0; i < names.length; i++) {
      // NULL is a missing value, the empty text a value that is empty.
      const text = data[i]?.VarCharValue;
      row[names[i]!] = text === undefined ? null : decoders[i]!(text);
    }
    rows.push(row);
  }
  return rows;
}
