import { TurnawayError } from "@turnaway/core";
import { isAsWritten, makePlan, readLive } from "@turnaway/quicksight";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect, wantChecked } from "../../dashboards/quicksight.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards status`: how each asset stands; exit code 3 when one is not as written. */
export const run: Run = async ([names], options, context) => {
  const definitions = askedDefinitions(options, names);
  const connected = await connect(options, context);
  const wanted = wantChecked(definitions, connected);
  const plan = makePlan(wanted, await readLive(connected.session, wanted));
  const rows = plan.assets.map(({ kind, name, id, action, why }) => {
    const live = kind === "dashboard" ? (plan.live.dashboards.get(id) ?? null) : null;
    const isThere = live !== null && !(live instanceof TurnawayError);
    return {
      asset: kind,
      name,
      state: STATES[action] ?? action,
      published: isThere ? live.published : null,
      newest: isThere ? live.versions[0].number : null,
      why,
    };
  });
  await writeRows({ columns: COLUMNS, rows }, options, context);
  if (!isAsWritten(plan)) context.outcome.exitCode = 3;
};

const STATES: Readonly<Record<string, string>> = {
  unchanged: "as written",
  create: "missing",
  update: "not as written",
  wait: "in progress",
  publish: "not published",
  held: "rolled back",
  edited: "edited by somebody else",
  "repair permissions": "other permissions",
};

const COLUMNS = [
  { name: "asset", type: "varchar" },
  { name: "name", type: "varchar" },
  { name: "state", type: "varchar" },
  { name: "published", type: "bigint" },
  { name: "newest", type: "bigint" },
  { name: "why", type: "varchar" },
];
