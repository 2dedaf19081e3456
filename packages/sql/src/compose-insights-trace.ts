import {
  composeInsights,
  type InsightsOptions,
  type InsightsStatement,
} from "./compose-insights.ts";
import { INSIGHTS_FILES } from "./insights-catalogue.gen.ts";
import type { TraceSubject } from "./trace-subject.ts";

/**
 * The records of a subject, both directions, as they were logged: `message` and `records`. What
 * became of them is no question for Logs Insights, which knows no joins.
 *
 * @throws TurnawayError FORMAT_UNKNOWN when the log format lacks a field that it needs.
 */
export function composeInsightsTrace(
  subject: TraceSubject,
  options: Omit<InsightsOptions, "values" | "cut" | "limit">,
): InsightsStatement {
  const file = INSIGHTS_FILES.find(({ name }) => name === "trace_records")!;
  return composeInsights(file, { ...options, subject });
}
