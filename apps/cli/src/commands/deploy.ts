import type { Row } from "@turnaway/core";
import {
  applyPlan,
  connectToolkit,
  type DeployPlan,
  deploymentStatus,
  type DeploymentStatus,
  destroyDeployment,
  type Destruction,
  detectDrift,
  type DriftedStack,
  hasChanges,
  makePlan,
  planDestruction,
  renderPlan,
} from "@turnaway/infra";
import { text } from "@turnaway/runs";

import type { Run } from "../command-spec.ts";
import type { Context } from "../context.ts";
import { type Assembled, withAssembly } from "../deploy/assembled.ts";
import { deployViewsOf, readViews } from "../deploy/live-views.ts";
import { whyOffline } from "../deploy/why-offline.ts";
import { print } from "../write-output.ts";
import { writeRows } from "../write-rows.ts";

/** `turnaway deploy plan`: what `apply` would change in AWS. Changes nothing. */
export const plan: Run = (_args, options, context) =>
  withAssembly(options, context, async (assembled) => {
    const offline = await whyOffline(options, context);
    const found = await planOf(assembled, offline, { options, context });
    await print(options["format"] === "json" ? `${JSON.stringify(found)}\n` : renderPlan(found));
    if (!hasChanges(found)) context.say("nothing to deploy");
    // What the preflight found would stop `apply`, which is then to be seen before.
    if (found.preflight.some(({ level }) => level === "error")) context.outcome.exitCode = 2;
  });

/** `turnaway deploy apply`: stacks, then the tables of the rollup, then the views. */
export const apply: Run = (_args, options, context) =>
  withAssembly(options, context, async (assembled) => {
    const { deployment, assembly } = assembled;
    const found = await planOf(assembled, null, { options, context });
    context.say(
      `${found.stacks.filter(({ state }) => state !== "unchanged").length} stacks to deploy`,
    );
    const applied = await applyPlan(found, assembly, {
      deployment,
      toolkit: connectToolkit(context.say),
      allow: {
        destroy: options["allowDestroy"] === true,
        replaceData: options["allowReplaceData"] === true,
      },
      env: context.env,
      say: context.say,
      signal: context.signal,
    });
    const views = found.views.length === 0 ? [] : await deployViewsOf(options, context);
    const outputs = applied.flatMap((stack) => Object.entries(stack.outputs));
    await print(
      [
        `deployed ${applied.length} stacks${views.length === 0 ? "" : ` and the views ${views.join(", ")}`}`,
        ...outputs.map(([name, value]) => `${name}: ${value}`),
        "",
      ].join("\n"),
    );
  });

/** `turnaway deploy status`: what is live, and whether it is what the configuration says. */
export const status: Run = (_args, options, context) =>
  withAssembly(options, context, async ({ deployment, assembly }) => {
    const toolkit = connectToolkit(context.say);
    const { env, signal } = context;
    const found = await deploymentStatus(deployment, assembly, { toolkit, env, signal });
    const drifted = options["drift"] === true ? await detectDrift(assembly, toolkit) : [];
    const rows = [...statusRows(found), ...drifted.map(driftRow)];
    await writeRows({ columns: STATUS_COLUMNS, rows }, options, context);
    if (!isAsWritten(found) || drifted.length > 0) context.outcome.exitCode = 3;
  });

/** `turnaway deploy destroy`: everything but the logs. */
export const destroy: Run = (_args, options, context) =>
  withAssembly(options, context, async ({ deployment, assembly }) => {
    const { env, signal, say } = context;
    const found = await planDestruction(deployment, { env, signal });
    await print(describeDestruction(found));
    if (options["dryRun"] === true) return;
    const confirm = text(options, "confirm") ?? null;
    const toolkit = connectToolkit(say);
    await destroyDeployment(found, assembly, { toolkit, confirm, say, signal });
    await print(`destroyed ${found.stacks.length} stacks\n`);
  });

function planOf(
  { deployment, assembly }: Assembled,
  offline: string | null,
  { options, context }: { readonly options: Parameters<Run>[1]; readonly context: Context },
): Promise<DeployPlan> {
  const views = () => readViews(options, context);
  return makePlan({ deployment, assembly, offline, readViews: views }, context);
}

const STATUS_COLUMNS = ["kind", "name", "account", "region", "state", "updated", "why"].map(
  (name) => ({ name, type: "varchar" }),
);

function statusRows({ stacks, flowLogs }: DeploymentStatus): Row[] {
  return [
    ...stacks.map(({ name, account, region, compared, state, updatedAt, changes }) => ({
      kind: "stack",
      name,
      account,
      region,
      state: compared,
      updated: updatedAt,
      why:
        changes.length === 0
          ? state
          : changes.map(({ what, path }) => `${what} ${path}`).join(", "),
    })),
    ...flowLogs.map(({ id, resource, destination, account, region, delivers, fault }) => ({
      kind: "flow log",
      name: id === null ? resource : `${resource} (${id})`,
      account,
      region,
      state: delivers ? "delivers" : "fails",
      updated: null,
      why: fault ?? destination,
    })),
  ];
}

function driftRow({ name, resources, what }: DriftedStack): Row {
  return {
    kind: "drift",
    name,
    account: null,
    region: null,
    state: `${resources} changed by hand`,
    updated: null,
    why: what,
  };
}

function isAsWritten({ stacks, flowLogs }: DeploymentStatus): boolean {
  return (
    stacks.every(({ compared }) => compared === "as written") &&
    flowLogs.every(({ delivers }) => delivers)
  );
}

function describeDestruction({ name, stacks, byHand }: Destruction): string {
  const lines = stacks.flatMap((stack) => [
    `${stack.name} (${stack.account}, ${stack.region})`,
    ...stack.goes.map(({ type, physicalId }) => `  goes   ${type} ${physicalId}`),
    ...stack.stays.map(({ type, physicalId }) => `  stays  ${type} ${physicalId}`),
  ]);
  return [
    stacks.length === 0 ? `nothing of ${name} is deployed` : `Of ${name}:`,
    ...lines,
    ...(byHand.length === 0 ? [] : ["By hand, if the rest is to go, too:"]),
    ...byHand.map((command) => `  ${command}`),
    "",
  ].join("\n");
}
