import { type Row, TurnawayError } from "@turnaway/core";
import {
  type AssetPlan,
  type DashboardsPlan,
  isAsWritten,
  lastImport,
  makePlan,
  readLive,
} from "@turnaway/quicksight";

import type { Run } from "../../command-spec.ts";
import { askedDefinitions, connect, wantChecked } from "../../dashboards/quicksight.ts";
import { writeRows } from "../../write-rows.ts";

/** `turnaway dashboards status`: how each asset stands; exit code 3 when one is not as written. */
export const run: Run = async ([names], options, context) => {
  const definitions = askedDefinitions(options, names);
  const connected = await connect(options, context);
  const wanted = wantChecked(definitions, connected);
  const plan = makePlan(wanted, await readLive(connected.session, wanted, { isThorough: true }));
  const rows = plan.assets.map((asset) => rowOf(asset, plan));
  const imports: Row[] = [];
  for (const { name, id, refresh } of wanted.dataSets) {
    const isThere = (plan.live.dataSets.get(id) ?? null) !== null;
    if (refresh === null || !isThere) continue;
    const { state, why } = await lastImport(connected.session, id);
    imports.push({ asset: "import", name, state, published: null, newest: null, why });
  }
  await writeRows({ columns: COLUMNS, rows: [...rows, ...imports] }, options, context);
  const hasFailed = imports.some(({ state }) => state === "import failed");
  if (!isAsWritten(plan) || hasFailed) context.outcome.exitCode = 3;
};

function rowOf({ kind, name, id, action, why }: AssetPlan, { live }: DashboardsPlan): Row {
  const dashboard = kind === "dashboard" ? (live.dashboards.get(id) ?? null) : null;
  const isThere = dashboard !== null && !(dashboard instanceof TurnawayError);
  return {
    asset: kind,
    name,
    state: STATES[action] ?? action,
    published: isThere ? dashboard.published : null,
    newest: isThere ? dashboard.versions[0].number : null,
    why,
  };
}

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
