import { protocolName, type QueryResult, type Row } from "@turnaway/core";
import { requestedWindow } from "@turnaway/report";
import { composeTrace, parseTraceSubject } from "@turnaway/sql";

import { askedWindow } from "../asked-window.ts";
import { chooseEngine } from "../choose-engine.ts";
import type { Run } from "../command-spec.ts";
import { withLogs } from "../open-source.ts";
import { say } from "../progress.ts";
import { type Options, readSettings, text, wholeNumber } from "../read-settings.ts";
import { reportProblems, writeRows } from "../write-rows.ts";

/** `turnaway trace SUBJECT SOURCE…`: every conversation of the subject, the refused ones first. */
export const run: Run = async ([subject, sources], options, context) => {
  const settings = readSettings(options);
  chooseEngine(options);
  const parsed = parseTraceSubject(subject as string);
  const window = requestedWindow(askedWindow(options, settings))?.window ?? null;
  const limit = wholeNumber(options, "limit", [0, 1_000_000_000]) ?? null;
  const { conversations } = composeTrace(parsed, { settings: settings.sql, window, limit });
  const input = {
    specs: (sources as readonly string[]) ?? [],
    settings,
    options,
    window,
    sql: conversations.sql,
  };
  await withLogs(input, context, async ({ logs, problems }) => {
    const result = await logs.engine.run(conversations, context.signal);
    if (result.rows.length === 0) {
      say(`no record of ${subject as string} in ${logs.coverage.records} records read`, options);
    }
    await writeRows(isTable(options) ? brief(result) : result, options, context);
    reportProblems(problems, options, context);
  });
};

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
