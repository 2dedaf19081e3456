import { TurnawayError } from "@turnaway/core";

import type { Settings } from "../read-settings.ts";

/** The log group of the configuration. @throws TurnawayError CONFIG where it names none. */
export function requireLogGroup({ config }: Settings): string {
  const { logGroup } = config.cloudwatch;
  if (logGroup !== null) return logGroup;
  throw new TurnawayError("CONFIG", {
    what: "no log group",
    where: "cloudwatch.logGroup",
    why: "the configuration names none",
    fix: "set it to the log group that the flow log writes to",
  });
}
