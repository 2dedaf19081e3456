import { dayOf, dayWindow, type Report } from "@turnaway/core";
import {
  buildReport,
  type ChosenWindow,
  type CoveredHour,
  coveredWindow,
  requestedWindow,
} from "@turnaway/report";

import { askedWindow } from "../asked-window.ts";
import type { Ports } from "../ports.ts";
import { withTraffic } from "../files/open-source.ts";
import type { Settings } from "../read-settings.ts";
import { readCoverage } from "./read-coverage.ts";
import type { ReportRequest } from "./report-request.ts";

/** Reads what changed in the files into the rollup, and reports. */
export async function reportOnFiles(
  { sources, settings, options, postedKey }: ReportRequest,
  ports: Ports,
): Promise<Report> {
  const asked = requestedWindow(askedWindow(options, settings));
  return withTraffic(
    { specs: sources, settings, options, window: asked?.window ?? null },
    ports,
    ({ traffic, problems }) => {
      const chosen = asked ?? coveredBy(traffic.hours as never, settings);
      return buildReport(traffic.engine, {
        config: settings.config,
        settings: settings.sql,
        mutes: settings.mutes,
        postedKey,
        window: chosen.window,
        read: readCoverage(traffic, problems),
        notices: chosen.notice === null ? [] : [chosen.notice],
        versions: ports.versions,
        signal: ports.signal,
      });
    },
  );
}

/** The last complete day among these hours; yesterday where there is none. */
export function coveredBy(hours: readonly CoveredHour[], { config, now }: Settings): ChosenWindow {
  const { timezone } = config.report;
  const yesterday = dayWindow(dayOf(now - 86_400, timezone), timezone);
  return coveredWindow(hours, { timezone, now }) ?? { window: yesterday, notice: null };
}
