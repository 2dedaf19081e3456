import { init } from "@turnaway/quicksight";

import type { Run } from "../../command-spec.ts";
import { connect } from "../../dashboards/quicksight.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards init`: what QuickSight lacks before a first deployment, all at once. */
export const run: Run = async (_args, options, context) => {
  const { session, config } = await connect(options, context);
  const notes = await init(session, config, context.env);
  const rows = notes.map(({ level, what, fix }) => ({ level, what, fix }));
  await writeRows({ columns: COLUMNS, rows }, options, context);
  if (notes.some(({ level }) => level === "error")) context.outcome.exitCode = 2;
};

const COLUMNS = ["level", "what", "fix"].map((name) => ({ name, type: "varchar" }));
