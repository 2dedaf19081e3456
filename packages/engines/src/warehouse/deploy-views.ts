import { TurnawayError } from "@turnaway/core";
import {
  createView,
  partitionColumnNames,
  probeText,
  probeView,
  viewColumns,
  type ViewText,
} from "@turnaway/sql";

import { type ViewsStatus, type ViewStatus, viewsStatus, wantedViews } from "./views-status.ts";
import { run, type Warehouse } from "./warehouse.ts";

/** What deploying would do. */
export interface ViewsPlan extends ViewsStatus {
  /** Names of the views to make or replace, each after those that it reads. */
  readonly deploy: readonly string[];
}

export interface DeployOptions {
  readonly signal?: AbortSignal;
  /** Told when a view was made or replaced. */
  readonly onProgress?: (progress: {
    readonly name: string;
    readonly done: number;
    readonly of: number;
  }) => void;
}

/** What {@link deployViews} would do, without doing it. */
export async function planViews(warehouse: Warehouse, signal?: AbortSignal): Promise<ViewsPlan> {
  const status = await viewsStatus(warehouse, signal);
  return { ...status, deploy: toDeploy(status.views, wantedViews(warehouse)) };
}

/**
 * Makes or replaces the views of a plan, and verifies every view of ours, also those that
 * stayed as they were.
 *
 * @returns names that were deployed
 * @throws TurnawayError CONFIG, before anything is changed, where something that is not ours
 * has one of the names; BUG for a type that a view can't have; ENGINE of the engine.
 */
export async function deployViews(
  warehouse: Warehouse,
  plan: ViewsPlan,
  { signal, onProgress }: DeployOptions = {},
): Promise<readonly string[]> {
  requireOwn(plan.views);
  const texts = wantedViews(warehouse);
  const due = texts.filter(({ name }) => plan.deploy.includes(name));
  for (const [i, { name, sql }] of due.entries()) {
    requireTypes(name, (await run(warehouse, probeText(name, sql), signal)).columns);
    await run(warehouse, createView(name, sql), signal);
    onProgress?.({ name, done: i + 1, of: due.length });
  }
  for (const { name } of texts) {
    const { columns } = await run(warehouse, probeView(name), signal);
    requireColumns(warehouse, name, columns);
  }
  return due.map(({ name }) => name);
}

// What reads a view that is replaced is made again: its stored columns may be others now.
function toDeploy(statuses: readonly ViewStatus[], texts: readonly ViewText[]): readonly string[] {
  const due = new Set(
    statuses
      .filter(({ state }) => state !== "current" && state !== "foreign")
      .map(({ name }) => name),
  );
  for (const { name, reads } of texts) if (reads.some((other) => due.has(other))) due.add(name);
  return texts.map(({ name }) => name).filter((name) => due.has(name));
}

function requireOwn(views: readonly ViewStatus[]): void {
  const foreign = views.filter(({ state }) => state === "foreign");
  if (foreign.length === 0) return;
  throw new TurnawayError(
    "CONFIG",
    foreign.map(({ name, why }) => ({
      what: "a name is taken",
      where: `views deploy, ${name}`,
      why: why!,
      fix: "rename or drop it, or give Turnaway a database of its own",
    })),
  );
}

/**
 * Types of a column that a view can't have: Glue keeps columns in Hive's types, and Athena
 * refuses a view whose columns have none. Trino would store it.
 */
const WITHOUT_HIVE_TYPE =
  /with time zone|^time\b|\b(?:ipaddress|json|uuid|unknown|interval|hyperloglog)\b/i;

type Columns = readonly { readonly name: string; readonly type: string }[];

function requireTypes(view: string, columns: Columns): void {
  const refused = columns.filter(({ type }) => WITHOUT_HIVE_TYPE.test(type));
  if (refused.length === 0) return;
  throw new TurnawayError("BUG", {
    what: "a view would have a type that views can't have",
    where: `views deploy, ${view}`,
    why: refused.map(({ name, type }) => `${name} is ${type}`).join(", "),
    fix: "cast it in the text of the view, for example to timestamp or varchar",
  });
}

function requireColumns({ logs }: Warehouse, view: string, columns: Columns): void {
  const partitions = new Set(partitionColumnNames(logs.layout));
  const live = columns.map(({ name }) => name).filter((name) => !partitions.has(name));
  const expected = viewColumns(view);
  if (live.join() === expected.join()) return;
  throw new TurnawayError("ENGINE", {
    what: "a view has other columns than it should",
    where: `views deploy, ${view}`,
    why: `expected ${expected.join(", ")}, found ${live.join(", ")}`,
    fix: "see whether somebody else deploys views into the same database",
  });
}
