import type { Report } from "@turnaway/core";
import { defang } from "../mask/defang.ts";
import type { FactContext } from "./finding-facts.ts";
import { clockFor } from "./times.ts";

/** What every human format takes besides the report. */
export interface RenderOptions {
  /** The sources as given on the command line, to complete each `turnaway trace` line. */
  readonly sources?: readonly string[];
}

/** For the formats that GitHub and mail make links in. */
export interface DefangOption {
  /** Writes addresses as `203.0.113[.]7`. */
  readonly defang?: boolean;
}

export function factContext(
  { window }: Report,
  { sources = [], defang: isDefanged = false }: RenderOptions & DefangOption,
): FactContext {
  const clock = clockFor(window.timezone);
  const lastSecond = new Date(Date.parse(window.end) - 1000).toISOString();
  return { clock, today: clock.day(lastSecond), sources, show: isDefanged ? defang : asItIs };
}

function asItIs(text: string): string {
  return text;
}
