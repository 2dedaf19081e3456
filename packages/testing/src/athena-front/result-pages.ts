import { athenaText, columnInfo } from "./athena-text.ts";
import type { Execution } from "./executions.ts";
import { ServiceError } from "./front-answer.ts";
import { statementType } from "./statement-type.ts";

const MOST_ROWS = 1000;

/** One page of `GetQueryResults`; the header counts as a row of the first. */
export function resultPage(execution: Execution, input: Readonly<Record<string, unknown>>) {
  const { state, result, sql, id } = execution;
  if (state !== "SUCCEEDED" || result === undefined) throw notFinished(state);
  const limit = Number(input["MaxResults"] ?? MOST_ROWS);
  if (!(limit >= 1 && limit <= MOST_ROWS)) {
    throw new ServiceError(
      "InvalidRequestException",
      `MaxResults is more than maximum allowed length ${MOST_ROWS}.`,
    );
  }
  const { columns, rows } = result;
  const header = statementType(sql).hasHeader ? 1 : 0;
  const start = offsetOf(input["NextToken"], id);
  const end = Math.min(start + limit, rows.length + header);
  const page = [];
  for (let i = start; i < end; i++) {
    const texts =
      i < header
        ? columns.map(({ name }) => name)
        : rows[i - header]!.map((value, c) => athenaText(value, columns[c]!.type));
    page.push({ Data: texts.map((text) => (text === undefined ? {} : { VarCharValue: text })) });
  }
  return {
    ResultSet: {
      Rows: page,
      ResultSetMetadata: { ColumnInfo: columns.map(({ name, type }) => columnInfo(name, type)) },
    },
    ...(result.updateCount !== undefined && { UpdateCount: result.updateCount }),
    ...(end < rows.length + header && { NextToken: tokenOf(end, id) }),
  };
}

function tokenOf(offset: number, id: string): string {
  return Buffer.from(`${id}/${offset}`).toString("base64");
}

function offsetOf(token: unknown, id: string): number {
  if (typeof token !== "string") return 0;
  const match = /^(.*)\/(\d+)$/.exec(Buffer.from(token, "base64").toString());
  if (match?.[1] === id) return Number(match[2]);
  throw new ServiceError("InvalidRequestException", "Invalid NextToken");
}

function notFinished(state: string): ServiceError {
  const message =
    state === "FAILED" || state === "CANCELLED"
      ? `Query did not finish successfully. Final query state: ${state}`
      : `Query has not yet finished. Current state: ${state}`;
  return new ServiceError("InvalidRequestException", message);
}
