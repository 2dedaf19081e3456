import { type ErrorDetail, TurnawayError } from "@turnaway/core";
import type { DefinitionChange, DefinitionFiles } from "@turnaway/dashboards";

import type { QuickSightSession } from "../api/session.ts";
import type { AssetPlan, DashboardsPlan } from "../plan/dashboards-plan.ts";
import { pull } from "./pull.ts";

/** Where what is live and the repository differ. */
export interface Drift {
  readonly assets: readonly DriftedAsset[];
  /**
   * Files that a pull would write, from the folder of definitions: their text, or null for one
   * that it would delete. Only of what somebody changed in the console.
   */
  readonly files: Readonly<Record<string, string | null>>;
}

/** One asset that is not as the repository says. */
export interface DriftedAsset extends Pick<AssetPlan, "kind" | "name" | "id" | "permissions"> {
  /** In the words of the plan: `edited` is the console's doing, the rest waits for a deployment. */
  readonly action: AssetPlan["action"];
  readonly why: string | null;
  /** From the repository to what is live, by meaning. */
  readonly changes: readonly DefinitionChange[];
  /** Why it can not be pulled, or not be read. */
  readonly error: ErrorDetail | null;
}

/** Live against the repository, and as files what somebody did in the console. */
export async function findDrift(
  session: QuickSightSession,
  { wanted, assets }: DashboardsPlan,
): Promise<Drift> {
  const definitions = new Map(wanted.dashboards.map(({ name, files }) => [name, files]));
  const drifted: DriftedAsset[] = [];
  const written: Record<string, string | null> = {};
  const pulledNames = new Set<string>();
  for (const { kind, name, id, action, why, permissions, error } of assets) {
    if (action === "unchanged") continue;
    const asset = { kind, name, id, action, why, permissions };
    if (action !== "edited" || (kind !== "dashboard" && kind !== "analysis")) {
      drifted.push({ ...asset, changes: [], error });
      continue;
    }
    const pulled = await pullOrWhyNot(session, name, { definitions, from: kind });
    if (pulled instanceof TurnawayError) {
      drifted.push({ ...asset, changes: [], error: pulled.detail });
      continue;
    }
    drifted.push({ ...asset, changes: pulled.changes, error: null });
    // What people see goes before what somebody is at work on: the dashboard comes last.
    if (pulledNames.has(name)) {
      for (const path of Object.keys(written))
        if (path.startsWith(`${name}/`)) delete written[path];
    }
    pulledNames.add(name);
    Object.assign(written, changedFiles(name, definitions.get(name) ?? {}, pulled.files));
  }
  return { assets: drifted, files: written };
}

async function pullOrWhyNot(
  session: QuickSightSession,
  name: string,
  options: Parameters<typeof pull>[2],
) {
  try {
    return await pull(session, name, options);
  } catch (error) {
    if (error instanceof TurnawayError && error.code === "CONFIG") return error;
    throw error;
  }
}

function changedFiles(
  name: string,
  before: DefinitionFiles,
  after: DefinitionFiles,
): Readonly<Record<string, string | null>> {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return Object.fromEntries(
    paths
      .filter((path) => before[path] !== after[path])
      .map((path) => [`${name}/${path}`, after[path] ?? null]),
  );
}
