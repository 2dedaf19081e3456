import { fillIn } from "./definition/fill-in.ts";
import type { QuickSightStore, Wire } from "./store.ts";

/** Changes a definition as the service answers with it; times are seconds. */
// A test changes whatever part it likes.
// oxlint-disable-next-line typescript/no-explicit-any
export type ConsoleChange = (definition: any) => void;

/** Changes an analysis in the console, where a change is saved at once. */
export function editAnalysis(store: QuickSightStore, id: string, change: ConsoleChange): void {
  const analysis = store.analyses.get(id);
  if (analysis === undefined) throw new Error(`no analysis ${id}`);
  analysis.updatedAt = store.tick();
  analysis.definition = changed(fillIn(analysis.definition, "AnalysisDefinition"), change);
  analysis.work = { phase: "UPDATE", looksLeft: 0, errors: [] };
}

/** Publishes a changed dashboard from the console: a version that has no description. */
export function editDashboard(store: QuickSightStore, id: string, change: ConsoleChange): void {
  const dashboard = store.dashboards.get(id);
  if (dashboard === undefined) throw new Error(`no dashboard ${id}`);
  const { versions, published } = dashboard;
  const { description: _made, ...shown } =
    versions.find(({ number }) => number === published) ?? versions.at(-1)!;
  const now = store.tick();
  const number = versions.at(-1)!.number + 1;
  versions.push({
    ...shown,
    number,
    definition: changed(fillIn(shown.definition), change),
    createdAt: now,
    work: { phase: "CREATION", looksLeft: 0, errors: [] },
  });
  Object.assign(dashboard, { published: number, publishedAt: now, updatedAt: now });
}

function changed(definition: unknown, change: ConsoleChange): Wire {
  const copy = structuredClone(definition) as Wire;
  change(copy);
  return copy;
}
