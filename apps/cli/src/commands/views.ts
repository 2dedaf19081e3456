import type { Row } from "@turnaway/core";
import {
  createRollupTables,
  deployViews,
  planViews,
  type ViewsPlan,
  type Warehouse,
} from "@turnaway/engines/warehouse";
import { chooseEngine, type Options, readSettings, requireWarehouse } from "@turnaway/runs";
import { withWarehouse } from "@turnaway/runs/remote";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

/** `turnaway views plan`: what `deploy` would do, and why. Changes nothing. */
export const plan: Run = (_args, options, context) =>
  withViews(options, context, async (warehouse) => {
    const found = await planViews(warehouse, context.signal);
    await writePlan(found, options, context);
    sayPlan(found, context);
  });

/** `turnaway views deploy`: makes and replaces what differs, then looks at every view of ours. */
export const deploy: Run = (_args, options, context) =>
  withViews(options, context, async (warehouse) => {
    const { signal } = context;
    if (options["dryRun"] === true) {
      const found = await planViews(warehouse, signal);
      await writePlan(found, options, context);
      return sayPlan(found, context);
    }
    // The views of the rollup stand on its tables.
    await createRollupTables(warehouse, signal);
    const found = await planViews(warehouse, signal);
    sayGone(found, context);
    const progress = await context.startProgress("deploying views");
    try {
      const deployed = await deployViews(warehouse, found, {
        signal,
        onProgress: ({ done, of }) => progress.update(done, of),
      });
      progress.stop();
      const verified = `all ${found.views.length} are as they should be`;
      await print(
        deployed.length === 0
          ? `nothing to deploy: ${verified}\n`
          : `deployed ${deployed.join(", ")}; ${verified}\n`,
      );
    } finally {
      progress.stop();
    }
  });

/** `turnaway views status`: how each view stands; exit code 3 when one is not as it should be. */
export const status: Run = (_args, options, context) =>
  withViews(options, context, async (warehouse) => {
    const found = await planViews(warehouse, context.signal);
    await writeRows({ columns: columns(STATUS), rows: statusRows(found) }, options, context);
    sayGone(found, context);
    if (found.views.some(({ state }) => state !== "current")) context.outcome.exitCode = 3;
  });

function withViews(
  options: Options,
  context: Context,
  use: (warehouse: Warehouse) => Promise<void>,
): Promise<void> {
  const fix = "use --engine athena (the default here) or --engine trino";
  const engine = requireWarehouse(chooseEngine(options, "athena"), "views to deploy", fix);
  return withWarehouse(engine, readSettings(options), context, ({ warehouse }) => use(warehouse));
}

const STATUS = ["view", "state", "why"];

function statusRows({ views, gone }: ViewsPlan): Row[] {
  return [
    ...views.map(({ name, state, why }) => ({ view: name, state, why })),
    ...gone.map((view) => ({ view, state: "gone", why: GONE })),
  ];
}

const GONE = "an earlier version made it, this one has no such view";

function writePlan(found: ViewsPlan, options: Options, context: Context): Promise<void> {
  const { deploy, views } = found;
  const rows = statusRows(found).map((row) => {
    const name = String(row["view"]);
    const view = views.find((one) => one.name === name);
    return {
      view: name,
      state: row["state"]!,
      action: deploy.includes(name) ? (row["state"] === "new" ? "create" : "replace") : "none",
      why: row["why"] ?? null,
      ...(isTable(options)
        ? {}
        : {
            live: view?.live ?? null,
            wanted: view?.wanted ?? null,
            changes: view?.changes.join("\n") ?? null,
          }),
    };
  });
  const names = [
    "view",
    "state",
    "action",
    "why",
    ...(isTable(options) ? [] : ["live", "wanted", "changes"]),
  ];
  return writeRows({ columns: columns(names), rows }, options, context);
}

function sayPlan({ deploy, views }: ViewsPlan, context: Context): void {
  for (const { name, changes } of views)
    for (const change of changes) context.say(`${name}: … ${change} …`);
  context.say(`${deploy.length} of ${views.length} views to deploy`);
}

function sayGone({ gone }: ViewsPlan, context: Context): void {
  if (gone.length === 0) return;
  context.say(`no longer ours, and left alone: ${gone.join(", ")}; drop them by hand`);
}

function isTable(options: Options): boolean {
  return (options["format"] ?? "table") === "table";
}

function columns(names: readonly string[]): { name: string; type: string }[] {
  return names.map((name) => ({ name, type: "varchar" }));
}
