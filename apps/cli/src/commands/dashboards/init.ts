import { init } from "@turnaway/quicksight";

import type { Run } from "../../command-spec.ts";
import { connect } from "../../dashboards/quicksight.ts";
import { writeChecks } from "../../doctor/write-checks.ts";

/** `turnaway dashboards init`: what QuickSight lacks before a first deployment, all at once. */
export const run: Run = async (_args, options, context) => {
  const { session, config } = await connect(options, context);
  const checks = await init(session, config, context.env);
  await writeChecks(checks, options, context);
  if (checks.some(({ status }) => status === "fail")) context.outcome.exitCode = 2;
};
