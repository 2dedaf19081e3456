import { type Row, TurnawayError } from "@turnaway/core";
import { findDashboards, publish, type Published, throwFailures, want } from "@turnaway/quicksight";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect, waitMs } from "../../dashboards/quicksight.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards publish`: the newest version of each, once it is made. */
export const run: Run = async ([names], options, context) => {
  const { asked } = askedDefinitions(options, names);
  const wait = waitMs(options, "10m");
  const { session, config } = await connect(options, context);
  const { dashboards } = want(asked, { config, target: session.target });
  const found = await findDashboards(session, [...asked.keys()]);
  const how = {
    force: options["force"] === true,
    dryRun: options["dryRun"] === true,
    waitMs: wait,
  };
  const published: Published[] = [];
  const failures: TurnawayError[] = [];
  for (const [i, one] of found.entries()) {
    try {
      published.push(await publish(session, { found: one, files: dashboards[i]! }, how));
    } catch (error) {
      if (!(error instanceof TurnawayError) || !STAYS.has(error.code)) throw error;
      failures.push(error);
    }
  }
  const rows = published.map(({ name, before, after }): Row => ({
    dashboard: name,
    before,
    after,
  }));
  await writeRows({ columns: COLUMNS, rows }, options, context);
  throwFailures(failures);
};

// One dashboard that can't be published keeps no other back.
const STAYS = new Set(["AWS", "USAGE"]);

const COLUMNS = [
  { name: "dashboard", type: "varchar" },
  { name: "before", type: "bigint" },
  { name: "after", type: "bigint" },
];
