import { requestedWindow } from "@turnaway/report";
import { composeTrace, parseTraceSubject } from "@turnaway/sql";

import { askedWindow } from "../asked-window.ts";
import { chooseEngine } from "../choose-engine.ts";
import type { Run } from "../command-spec.ts";
import { withLogs } from "../open-source.ts";
import { say } from "../progress.ts";
import { readSettings, wholeNumber } from "../read-settings.ts";
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
    await writeRows(result, options, context);
    reportProblems(problems, options, context);
  });
};
