import type { Report } from "@turnaway/core";
import { buildInsightsReport, requestedWindow } from "@turnaway/report";

import { askedWindow } from "../asked-window.ts";
import type { Ports } from "../ports.ts";
import { lastDayOver } from "../last-day-over.ts";
import { withEngine } from "../remote/open-engine.ts";
import type { ReportRequest } from "./report-request.ts";

/** The sections that CloudWatch Logs Insights can answer, of the last day that is over by default. */
export async function reportOnLogGroup(
  { settings, options, postedKey }: ReportRequest,
  ports: Ports,
): Promise<Report> {
  const { config, format, mutes, sql } = settings;
  const { window, notice } =
    requestedWindow(askedWindow(options, settings)) ?? lastDayOver(settings);
  return withEngine("cloudwatch", settings, ports, (engine) =>
    buildInsightsReport(engine, {
      config,
      settings: sql,
      format: format ?? config.logs.format,
      mutes,
      postedKey,
      window,
      notices: notice === null ? [] : [notice],
      versions: ports.versions,
      signal: ports.signal,
    }),
  );
}
