import path from "node:path";

import { type Settings, writeFile } from "@turnaway/runs";
import { withTempFolder } from "@turnaway/runs/files";
import { withEngine } from "@turnaway/runs/remote";
import { composeInsightsTrace } from "@turnaway/sql";

import { type Trace, traceFiles } from "../commands/trace.ts";
import type { Context } from "../context.ts";
import { type Answer, windowOf } from "./ask-warehouse.ts";

/**
 * Everything about a subject in a log group: its records are picked there, as they were logged,
 * and read here like a file, since Logs Insights can't tell who began.
 */
export async function traceLogGroup(
  trace: Trace,
  settings: Settings,
  context: Context,
): Promise<Answer> {
  const format = settings.format ?? settings.config.logs.format;
  const window = windowOf(trace, settings, context);
  const statement = composeInsightsTrace(trace.subject, { settings: settings.sql, format, window });
  const { rows, cut } = await withEngine("cloudwatch", settings, context, (engine) =>
    engine.run(statement, context.signal),
  );
  return withTempFolder(async (folder) => {
    const file = path.join(folder, "records.log");
    const lines = rows.flatMap(({ message, records }) =>
      Array.from({ length: Number(records) }, () => String(message)),
    );
    writeFile(file, [format.fields.join(" "), ...lines, ""].join("\n"));
    const { result, problems } = await traceFiles(trace, { specs: [file], settings }, context);
    if (cut === undefined) return { result, problems };
    const problem = { code: "INSIGHTS_CUT", where: statement.name, detail: cut, partial: true };
    return { result, problems: [...problems, problem] };
  });
}
