import { findDashboards, rollBack } from "@turnaway/quicksight";
import { usage } from "@turnaway/runs";

import type { Run } from "../../command-spec.ts";
import { connect } from "../../dashboards/quicksight.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards rollback`: shows the version that was published before, or a given one. */
export const run: Run = async ([name, number], options, context) => {
  const version = versionOf(number as string | undefined);
  const { session } = await connect(options, context);
  const [found] = await findDashboards(session, [name as string]);
  const dryRun = options["dryRun"] === true;
  const { before, after } = await rollBack(session, found!, { version, dryRun });
  await writeRows(
    { columns: COLUMNS, rows: [{ dashboard: name as string, before, after }] },
    options,
    context,
  );
  if (!dryRun) context.say("no deployment publishes the newer version again; `publish` does");
};

function versionOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  if (/^[1-9]\d{0,6}$/.test(given)) return Number(given);
  throw usage("VERSION", `received "${given}"`, "write the number of a version of the history");
}

const COLUMNS = [
  { name: "dashboard", type: "varchar" },
  { name: "before", type: "bigint" },
  { name: "after", type: "bigint" },
];
