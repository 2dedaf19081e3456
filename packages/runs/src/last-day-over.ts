import { addDays, dayOf, dayWindow } from "@turnaway/core";
import type { ChosenWindow } from "@turnaway/report";

import type { Settings } from "./read-settings.ts";

/** The last day that is over: what a question is about that names no time and would cost more. */
export function lastDayOver({ config, now }: Settings): ChosenWindow & { readonly day: string } {
  const { timezone } = config.report;
  const day = addDays(dayOf(now, timezone), -1);
  return {
    day,
    window: dayWindow(day, timezone),
    notice: `The report is about ${day}, the last day that is over.`,
  };
}
