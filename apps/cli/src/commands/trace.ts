import { protocolName, type QueryResult, type Row } from "@turnaway/core";
import { requestedWindow } from "@turnaway/report";
import {
  askedWindow,
  chooseEngine,
  type Options,
  readSettings,
  refuseSources,
  type Settings,
  text,
  wholeNumber,
} from "@turnaway/runs";
import { composeTrace, parseTraceSubject, type TraceSubject } from "@turnaway/sql";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import type { Answer } from "../remote/ask-warehouse.ts";
import { reportProblems, writeRows } from "../write-rows.ts";

/** `turnaway trace SUBJECT SOURCE…`: every conversation of the subject, the refused ones first. */
export const run: Run = async ([given, sources], options, context) => {
  const settings = readSettings(options);
  const engine = chooseEngine(options);
  const subject = parseTraceSubject(given as string);
  const specs = (sources as readonly string[]) ?? [];
  const trace = {
    subject,
    options,
    limit: wholeNumber(options, "limit", [0, 1_000_000_000]) ?? null,
  };
  if (engine === "duckdb") {
    const { result, problems } = await traceFiles(trace, { specs, settings }, context);
    return writeTrace({ result, problems }, options, context);
  }
  refuseSources(engine, specs);
  if (engine === "cloudwatch") {
    const { traceLogGroup } = await import("../remote/trace-log-group.ts");
    return writeTrace(await traceLogGroup(trace, settings, context), options, context);
  }
  const { traceWarehouse } = await import("../remote/trace-warehouse.ts");
  return writeTrace(await traceWarehouse(engine, trace, settings, context), options, context);
};

/** What is traced. */
export interface Trace {
  readonly subject: TraceSubject;
  readonly limit: number | null;
  readonly options: Options;
}

/** Reads the records of the subject out of files. */
export async function traceFiles(
  { subject, limit, options }: Trace,
  { specs, settings }: { specs: readonly string[]; settings: Settings },
  context: Context,
): Promise<Answer> {
  const { withLogs } = await import("@turnaway/runs/files");
  const window = requestedWindow(askedWindow(options, settings))?.window ?? null;
  const { conversations } = composeTrace(subject, { settings: settings.sql, window, limit });
  const input = { specs, settings, options, window, sql: conversations.sql };
  return withLogs(input, context, async ({ logs, problems }) => {
    const result = await logs.engine.run(conversations, context.signal);
    if (result.rows.length === 0) {
      context.say(`no record of ${subject.text} in ${logs.coverage.records} records read`);
    }
    return { result, problems };
  });
}

async function writeTrace(
  { result, problems }: Answer,
  options: Options,
  context: Context,
): Promise<void> {
  await writeRows(isTable(options) ? brief(result) : result, options, context);
  reportProblems(problems, context);
}

function isTable(options: Options): boolean {
  return (text(options, "format") ?? "table") === "table";
}

// What a person looks for fits a line; the other formats have every column.
function brief({ rows }: QueryResult): Pick<QueryResult, "columns" | "rows"> {
  const brief = rows.map(briefRow);
  const names = [
    "client",
    "server",
    "service",
    "refused",
    "accepted",
    "at",
    "refused since",
    "last accept",
  ];
  return { columns: names.map((name) => ({ name, type: "varchar" })), rows: brief };
}

function briefRow(row: Row): Row {
  const protocol = protocolName(Number(row["protocol"]));
  const port = row["service_port"];
  return {
    client: row["client"]!,
    server: row["server"]!,
    service: port === null ? protocol : `${port}/${protocol}`,
    refused: Number(row["rejected_records"]) + Number(row["reply_rejected_records"]),
    accepted: row["accepted_records"]!,
    at: row["refused_at"]!,
    "refused since": minute(row["first_reject"]),
    "last accept": minute(row["last_accept"]),
  };
}

// `2026-11-19T06:12:30Z` as `11-19 06:12`: the year and the seconds are in the other formats.
function minute(time: Row[string] | undefined): string | null {
  return typeof time === "string" ? time.slice(5, 16).replace("T", " ") : null;
}
