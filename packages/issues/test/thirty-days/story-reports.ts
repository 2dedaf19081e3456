import { dayWindow, parseConfig, parseMutes, type Report } from "@turnaway/core";
import { buildReport, comparePeriods } from "@turnaway/report";
import { DEFAULT_SETTINGS } from "@turnaway/sql";
import { configOn, dateOf, mutesOn } from "./story.ts";
import { readOn, toldEngine } from "./told-engine.ts";

/** The report of a day of the story, by the real builder. */
export function storyReport(day: number, { isWhole }: { isWhole: boolean }): Promise<Report> {
  const { config } = parseConfig(configOn(day), "turnaway.yml");
  const window = dayWindow(dateOf(day), config.report.timezone);
  const { list } = comparePeriods(window, config.report.historyDays);
  const labels = list.map(({ label }) => label);
  return buildReport(toldEngine(labels, isWhole), {
    config,
    settings: DEFAULT_SETTINGS,
    mutes: parseMutes(mutesOn(day), "mutes.yml"),
    window,
    read: readOn(dateOf(day)),
    notices: [],
    versions: { turnaway: "1.0.0" },
  });
}
