import type { DefinitionFiles } from "../dashboard.ts";
import { expand } from "../expand.ts";
import { NOWHERE } from "../check/check-definition.ts";
import { type Group, isGroup, isSame } from "../model/tree.ts";
import { normalize } from "../normalize.ts";
import {
  DASHBOARD_FILE,
  readSourceFiles,
  type SourceFile,
  type SourceFiles,
} from "../source-files.ts";
import { type Detail, detailsOf } from "./details.ts";
import { movedBetween, type Place, placesIn } from "./places.ts";

export type ChangeKind = "added" | "removed" | "moved" | "changed";

export type Subject =
  | "dashboard"
  | "data set"
  | "parameter"
  | "calculated field"
  | "filter"
  | "sheet"
  | "visual";

/** One thing of a dashboard that is not as it was. */
export interface DefinitionChange {
  readonly kind: ChangeKind;
  readonly subject: Subject;
  readonly id: string;
  /** Its title or name where it has one. */
  readonly title: string | null;
  /** Sheet of a visual, afterwards where there is one. */
  readonly sheet: string | null;
  /** What is different; of something added or removed, what it is. */
  readonly details: readonly Detail[];
}

/**
 * What is different between two states of a dashboard, by meaning: comments, the order of keys
 * and the way in which something is written are none. In the order in which a person reads it:
 * the dashboard, data sets, parameters, calculated fields, filters, sheets, visuals.
 *
 * Null stands for a dashboard that there is not.
 *
 * @throws TurnawayError CONFIG for files that are not understood
 */
export function diffDefinitions(
  before: DefinitionFiles | null,
  after: DefinitionFiles | null,
): readonly DefinitionChange[] {
  const was = before === null ? NOTHING : stateOf(before);
  const is = after === null ? NOTHING : stateOf(after);
  return [
    ...headChanges(was, is),
    ...partChanges("data set", was.dataSets, is.dataSets),
    ...partChanges("parameter", partsAt(was, "parameters"), partsAt(is, "parameters")),
    ...partChanges("calculated field", calculated(was), calculated(is)),
    ...partChanges("filter", partsAt(was, "filters"), partsAt(is, "filters")),
    ...partChanges("sheet", sheetsOf(was), sheetsOf(is)),
    ...visualChanges(was, is),
  ];
}

interface State {
  readonly dashboard: Group;
  readonly dataSets: Parts;
  readonly sheets: Parts;
  readonly visuals: Parts;
  readonly places: ReadonlyMap<string, Place>;
}

type Parts = ReadonlyMap<string, Group>;

const NOTHING: State = {
  dashboard: {},
  dataSets: new Map(),
  sheets: new Map(),
  visuals: new Map(),
  places: new Map(),
};

// Through the API and back: what means the same is then written the same.
function stateOf(files: DefinitionFiles): State {
  const dashboard = expand(files, NOWHERE);
  const sources: SourceFiles = readSourceFiles(normalize(dashboard, NOWHERE));
  return {
    dashboard: sources.dashboard.value,
    dataSets: values(sources.dataSets),
    sheets: values(sources.sheets),
    visuals: values(sources.visuals),
    places: placesIn(dashboard.definition),
  };
}

function values(files: ReadonlyMap<string, SourceFile>): Parts {
  return new Map([...files].map(([name, { value }]) => [name, value]));
}

const OF_PARTS = new Set(["parameters", "calculated-fields", "filters"]);

function headChanges(was: State, is: State): readonly DefinitionChange[] {
  const head = ({ dashboard }: State): Group =>
    Object.fromEntries(Object.entries(dashboard).filter(([key]) => !OF_PARTS.has(key)));
  const change = changeOf("dashboard", DASHBOARD_FILE, { was: head(was), is: head(is) });
  if (change === undefined) return [];
  if (was === NOTHING) return [{ ...change, kind: "added" }];
  return [is === NOTHING ? { ...change, kind: "removed" } : change];
}

function partsAt({ dashboard }: State, key: string): Parts {
  const parts = dashboard[key];
  return new Map(
    Object.entries(isGroup(parts) ? parts : {}).map(([id, part]) => [
      id,
      isGroup(part) ? part : {},
    ]),
  );
}

function calculated({ dashboard }: State): Parts {
  const dataSets = dashboard["calculated-fields"];
  return new Map(
    Object.entries(isGroup(dataSets) ? dataSets : {}).flatMap(([dataSet, fields]) =>
      Object.entries(isGroup(fields) ? fields : {}).map(
        ([name, expression]) => [`${dataSet}.${name}`, { expression }] as const,
      ),
    ),
  );
}

// Where visuals stand is told of the visuals.
function sheetsOf({ sheets }: State): Parts {
  return new Map(
    [...sheets].map(([id, { grid: _grid, visuals: _visuals, ...sheet }]) => [id, sheet]),
  );
}

function partChanges(subject: Subject, was: Parts, is: Parts): readonly DefinitionChange[] {
  return [...new Set([...was.keys(), ...is.keys()])].flatMap(
    (id) => changeOf(subject, id, { was: was.get(id), is: is.get(id) }) ?? [],
  );
}

function changeOf(
  subject: Subject,
  id: string,
  { was, is }: { readonly was: Group | undefined; readonly is: Group | undefined },
): DefinitionChange | undefined {
  if (isSame(was, is)) return undefined;
  const kind = was === undefined ? "added" : is === undefined ? "removed" : "changed";
  const { title, name, "rich-title": rich } = is ?? was ?? {};
  const shown = [title, name, rich].find((text) => typeof text === "string");
  const details = detailsOf(was ?? {}, is ?? {});
  return { kind, subject, id, title: shown ?? null, sheet: null, details };
}

function visualChanges(was: State, is: State): readonly DefinitionChange[] {
  const moves = movedBetween(was.places, is.places);
  const changes = partChanges("visual", was.visuals, is.visuals).map((change) => ({
    ...change,
    sheet: (is.places.get(change.id) ?? was.places.get(change.id))?.sheet ?? null,
  }));
  const moved = [...moves].map(([id, details]): DefinitionChange => {
    const { title } = is.visuals.get(id) ?? {};
    return {
      kind: "moved",
      subject: "visual",
      id,
      title: typeof title === "string" ? title : null,
      sheet: is.places.get(id)?.sheet ?? null,
      details,
    };
  });
  return [...changes, ...moved];
}
