import type { Report } from "@turnaway/core";
import type { FactContext } from "./finding-facts.ts";
import { clockFor } from "./times.ts";

/** What every human format takes besides the report. */
export interface RenderOptions {
  /** The sources as given on the command line, to complete each `turnaway trace` line. */
  readonly sources?: readonly string[];
}

export function factContext({ window }: Report, { sources = [] }: RenderOptions): FactContext {
  const clock = clockFor(window.timezone);
  const lastSecond = new Date(Date.parse(window.end) - 1000).toISOString();
  return { clock, today: clock.day(lastSecond), sources };
}
