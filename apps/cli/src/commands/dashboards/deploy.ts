import type { Row } from "@turnaway/core";
import { applyPlan, makePlan, readLive, renderPlan, throwFailures } from "@turnaway/quicksight";

import type { Run } from "../../command-spec.ts";
import { journalOf } from "../../dashboards/journal.ts";
import { askedDefinitions, connect, waitMs, wantChecked } from "../../dashboards/quicksight.ts";
import { print } from "../../write-output.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards deploy`: makes live what the files say, and publishes it with `--publish`. */
export const run: Run = async ([names], options, context) => {
  const definitions = askedDefinitions(options, names);
  const wait = waitMs(options, "10m");
  const connected = await connect(options, context);
  const { session } = connected;
  const wanted = wantChecked(definitions, connected);
  const plan = makePlan(wanted, await readLive(session, wanted, { isThorough: true }));
  if (options["dryRun"] === true) return print(renderPlan(plan));
  const { dashboards, failures } = await applyPlan(session, plan, {
    force: options["force"] === true,
    publish: options["publish"] === true,
    journal: await journalOf(definitions.folder, session, context),
    waitMs: wait,
    say: context.say,
  });
  const rows = dashboards.map(({ name, version, published }): Row => ({
    dashboard: name,
    version,
    published,
  }));
  await writeRows({ columns: COLUMNS, rows }, options, context);
  const waiting = dashboards.filter(({ version, published }) => version !== published);
  if (waiting.length > 0) {
    context.say(
      `to publish: turnaway dashboards publish ${waiting.map(({ name }) => name).join(" ")}`,
    );
  }
  throwFailures(failures);
};

const COLUMNS = [
  { name: "dashboard", type: "varchar" },
  { name: "version", type: "bigint" },
  { name: "published", type: "bigint" },
];
