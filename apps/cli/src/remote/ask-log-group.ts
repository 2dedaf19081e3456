import type { Settings } from "@turnaway/runs";
import { withEngine } from "@turnaway/runs/remote";
import {
  composeInsights,
  findInsights,
  type InsightsFile,
  type InsightsStatement,
  ownInsights,
} from "@turnaway/sql";

import type { Context } from "../context.ts";
import { insightsValues } from "../insights-values.ts";
import type { Question } from "../question.ts";
import { type Answer, windowOf } from "./ask-warehouse.ts";

/** A query of Logs Insights' own catalogue, or one's own text, over the log group. */
export async function askLogGroup(
  question: Question,
  settings: Settings,
  context: Context,
): Promise<Answer> {
  const statement = compose(question, settings, context);
  return withEngine("cloudwatch", settings, context, async (engine) => {
    const result = await engine.run(statement, context.signal);
    if (result.cut === undefined) return { result, problems: [] };
    const problem = { code: "INSIGHTS_CUT", where: statement.name, detail: result.cut };
    return { result, problems: [{ ...problem, partial: true }] };
  });
}

function compose(question: Question, settings: Settings, context: Context): InsightsStatement {
  const { name, own, params, limit } = question;
  if (own !== null) return ownInsights("own", own, windowOf(question, settings, context));
  const file = findInsights(name);
  const values = insightsValues(file, params, settings.config);
  const window = windowOf(question, settings, context);
  const { start, end } = window;
  const comparing = comparesPeriods(file);
  return composeInsights(file, {
    settings: settings.sql,
    format: settings.format ?? settings.config.logs.format,
    window: comparing ? { start: 2 * start - end, end } : window,
    ...(comparing ? { cut: start } : {}),
    ...(limit === null ? {} : { limit }),
    values,
  });
}

// What is new in a window is what the time before it, as long, does not have. Rows that say
// their period themselves can be of one alone.
function comparesPeriods({ columns, text }: InsightsFile): boolean {
  return columns["period"] === undefined && /\{\{(cut|period)\}\}/.test(text);
}
