import type { Report } from "@turnaway/core";
import { buildInsightsReport, requestedWindow } from "@turnaway/report";

import { askedWindow } from "../asked-window.ts";
import type { Context } from "../context.ts";
import type { Options, Settings } from "../read-settings.ts";
import { lastDayOver } from "../remote/last-day-over.ts";
import { withEngine } from "../remote/open-engine.ts";
import { versions } from "../version.ts";

/** The sections that CloudWatch Logs Insights can answer, of the last day that is over by default. */
export async function reportOnLogGroup(
  settings: Settings,
  options: Options,
  context: Context,
): Promise<Report> {
  const { config, format, mutes, sql } = settings;
  const { window, notice } =
    requestedWindow(askedWindow(options, settings)) ?? lastDayOver(settings);
  return withEngine("cloudwatch", settings, context, (engine) =>
    buildInsightsReport(engine, {
      config,
      settings: sql,
      format: format ?? config.logs.format,
      mutes,
      window,
      notices: notice === null ? [] : [notice],
      versions: versions(),
      signal: context.signal,
    }),
  );
}
