import { TurnawayError } from "@turnaway/core";
import {
  composeViews,
  diffView,
  isOurView,
  listRelations,
  normalizeView,
  probeView,
  showView,
  type ViewText,
} from "@turnaway/sql";

import { run, type Warehouse } from "./warehouse.ts";

/** How a view of the catalogue stands on the engine. */
export type ViewState =
  | "current"
  /** It is not there yet. */
  | "new"
  /** This version has another text. */
  | "changed"
  /** Somebody changed it by hand. */
  | "edited"
  /** Its text is right, but what it reads has changed under it. */
  | "stale"
  /** Something of that name is there that is not ours: it is never touched. */
  | "foreign";

export interface ViewStatus {
  readonly name: string;
  readonly state: ViewState;
  /** What the engine says, where it says something. */
  readonly why: string | null;
  /** The query as it is to be. */
  readonly wanted: string;
  /** The live text as the engine prints it; null where there is none of ours. */
  readonly live: string | null;
  /** What deploying changes in it, by meaning; see {@link diffView}. */
  readonly changes: readonly string[];
}

export interface ViewsStatus {
  /** Each after those that it reads. */
  readonly views: readonly ViewStatus[];
  /** Views of ours that this version does not have any more. Nobody deletes them but a person. */
  readonly gone: readonly string[];
}

/** Compares the views of the catalogue with what is live. Changes nothing. */
export async function viewsStatus(
  warehouse: Warehouse,
  signal?: AbortSignal,
): Promise<ViewsStatus> {
  const texts = wantedViews(warehouse);
  const kinds = await listKinds(warehouse, signal);
  const live = await readViews(
    warehouse,
    [...kinds].flatMap(([name, kind]) => (kind === "VIEW" ? [name] : [])),
    signal,
  );
  const views: ViewStatus[] = [];
  for (const text of texts) {
    views.push(
      await statusOf(warehouse, text, {
        kind: kinds.get(text.name),
        live: live.get(text.name),
        signal,
      }),
    );
  }
  const names = new Set(texts.map(({ name }) => name));
  const gone = [...live].flatMap(([name, text]) =>
    !names.has(name) && text !== null && isOurView(text) ? [name] : [],
  );
  return { views, gone: gone.toSorted() };
}

/** The views as they are to be, each after those that it reads. */
export function wantedViews({ place, logs, settings }: Warehouse): readonly ViewText[] {
  return composeViews(place, { layout: logs.layout, settings });
}

async function listKinds(
  warehouse: Warehouse,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await run(warehouse, listRelations(warehouse.place), signal);
  return new Map(rows.map((row) => [String(row["table_name"]), String(row["table_type"])]));
}

// Null for a view that the engine can't print: it is broken, or of another engine.
async function readViews(
  warehouse: Warehouse,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  for (const name of names) {
    try {
      const { columns, rows } = await run(warehouse, showView(name), signal);
      // Athena answers with a row for each line.
      texts.set(name, rows.map((row) => String(row[columns[0]!.name])).join("\n"));
    } catch (error) {
      if (!isEngineError(error)) throw error;
      texts.set(name, null);
    }
  }
  return texts;
}

interface Live {
  readonly kind: string | undefined;
  readonly live: string | null | undefined;
  readonly signal: AbortSignal | undefined;
}

async function statusOf(
  warehouse: Warehouse,
  { name, sql: wanted }: ViewText,
  { kind, live, signal }: Live,
): Promise<ViewStatus> {
  const status = (state: ViewState, why: string | null = null): ViewStatus => ({
    name,
    state,
    why,
    wanted,
    live: state === "new" || state === "foreign" ? null : live!,
    changes: state === "changed" || state === "edited" ? diffView(live!, wanted) : [],
  });
  if (kind === undefined) return status("new");
  if (kind !== "VIEW") return status("foreign", `a ${kind.toLowerCase()} has the name`);
  if (live === null || live === undefined)
    return status("foreign", "the engine can't print its text");
  if (!isOurView(live)) return status("foreign", "a view of somebody else has the name");
  if (markOf(live) !== markOf(wanted)) return status("changed");
  if (normalizeView(live) !== normalizeView(wanted)) return status("edited");
  const broken = await findBreak(warehouse, name, signal);
  return broken === null ? status("current") : status("stale", broken);
}

function markOf(text: string): string | undefined {
  return /'turnaway view [^']*'/.exec(text)?.[0];
}

async function findBreak(
  warehouse: Warehouse,
  name: string,
  signal?: AbortSignal,
): Promise<string | null> {
  try {
    await run(warehouse, probeView(name), signal);
    return null;
  } catch (error) {
    if (!isEngineError(error)) throw error;
    return error.detail.why;
  }
}

function isEngineError(error: unknown): error is TurnawayError {
  return error instanceof TurnawayError && error.code === "ENGINE";
}
