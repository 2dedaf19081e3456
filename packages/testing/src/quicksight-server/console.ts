import { fillIn } from "./definition/fill-in.ts";
import type { QuickSightStore } from "./store.ts";

/** Changes a definition as the service answers with it; times are seconds. */
// A test changes whatever part it likes.
// oxlint-disable-next-line typescript/no-explicit-any
export type ConsoleChange = (definition: any) => void;

/**
 * What somebody does in the console: a change of an analysis is saved, one of a dashboard is a
 * version that is published at once and that has no description.
 */
export function editInConsole(store: QuickSightStore, id: string, change: ConsoleChange): void {
  const dashboard = store.dashboards.get(id);
  const analysis = store.analyses.get(id);
  const edited = dashboard ?? analysis;
  if (edited === undefined) throw new Error(`nothing to edit: ${id}`);
  const now = store.tick();
  edited.updatedAt = now;
  const work = { phase: "UPDATE", looksLeft: 0, errors: [] } as const;
  if (dashboard === undefined) {
    const definition = structuredClone(fillIn(analysis!.definition, "AnalysisDefinition"));
    change(definition);
    Object.assign(analysis!, { definition, work: { ...work } });
    return;
  }
  const { versions, published } = dashboard;
  const shown = versions.find(({ number }) => number === published) ?? versions.at(-1)!;
  const definition = structuredClone(fillIn(shown.definition)) as typeof shown.definition;
  change(definition);
  const number = versions.at(-1)!.number + 1;
  const { name, theme, publishOptions } = shown;
  versions.push({
    number,
    name,
    ...(theme !== undefined && { theme }),
    ...(publishOptions !== undefined && { publishOptions }),
    definition,
    createdAt: now,
    work: { ...work, phase: "CREATION" },
  });
  dashboard.published = number;
  dashboard.publishedAt = now;
}
