import type { WindowRequest } from "@turnaway/report";

import { type Options, text } from "./options.ts";
import type { Settings } from "./read-settings.ts";

/** What `--date`, `--since`, `--until` and `--timezone` ask for. */
export function askedWindow(options: Options, { config, now }: Settings): WindowRequest {
  const given = (["date", "since", "until"] as const).flatMap((name) => {
    const value = text(options, name);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...Object.fromEntries(given), timezone: config.report.timezone, now };
}
