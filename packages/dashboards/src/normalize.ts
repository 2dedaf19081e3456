import { TurnawayError } from "@turnaway/core";

import { dataSetIdOf, withoutTarget } from "./arns.ts";
import type { Dashboard, DashboardTarget, DataSetFile, DefinitionFiles } from "./dashboard.ts";
import { withoutFilledIn } from "./filled-in.ts";
import { dashboardToFile } from "./format/dashboard-file.ts";
import { sheetToFile } from "./format/sheet-file.ts";
import { visualToFile } from "./format/visual-file.ts";
import { DEFINITION } from "./model/shape.ts";
import { withoutDates } from "./model/times.ts";
import { type Group, isGroup, isSame } from "./model/tree.ts";
import { DASHBOARD_FILE, pathOf } from "./source-files.ts";
import { writeYaml } from "./yaml-text.ts";

/**
 * A dashboard of the API as files: the inverse of `expand`, but for what QuickSight fills in
 * (see {@link withoutFilledIn}), which is not written down.
 *
 * @param before the files that there are: what did not change stays as it was written there
 * @throws TurnawayError CONFIG when the definition can not be files: a data set of another
 * account, two visuals of one id.
 */
export function normalize(
  { definition, dataSets, ...head }: Dashboard,
  target: DashboardTarget,
  before: DefinitionFiles = {},
): DefinitionFiles {
  const plain = withoutDates(withoutFilledIn(definition, DEFINITION)) as Group;
  const { DataSetIdentifierDeclarations, Sheets, ...rest } = plain;
  const declared = declaredFiles(listed(DataSetIdentifierDeclarations), dataSets, target);
  const sheets = listed(withoutTarget(Sheets, target));
  const values = new Map<string, unknown>();
  const add = (path: string, value: unknown): void => {
    if (values.has(path)) throw twice(path);
    values.set(path, value);
  };
  const names = declared.map(({ name }) => name);
  add(DASHBOARD_FILE, {
    ...head,
    ...(isSame(names, names.toSorted()) ? {} : { "data-sets": names }),
    ...(sheets.length === 0 ? {} : { sheets: sheets.map(({ SheetId }) => SheetId) }),
    ...dashboardToFile(withoutTarget(rest, target) as Group),
  });
  for (const { name, file } of declared) add(pathOf("data-sets", name), file);
  for (const { SheetId, Visuals, ...sheet } of sheets) {
    const visuals = listed(Visuals).map((visual) => visualToFile(visual) ?? refused(visual));
    for (const [id, file] of visuals) add(pathOf("visuals", id), file);
    const parts = { sheet, visuals: visuals.map(([id]) => id) };
    add(pathOf("sheets", String(SheetId)), sheetToFile(parts));
  }
  return Object.fromEntries(
    [...values].map(([path, value]) => [path, writeYaml(value, before[path])]),
  );
}

interface DeclaredFile {
  readonly name: string;
  readonly file: DataSetFile;
}

// A data set keeps the file that it has; a new one is named after what the definition calls it.
function declaredFiles(
  declarations: readonly Group[],
  known: Readonly<Record<string, DataSetFile>>,
  target: DashboardTarget,
): readonly DeclaredFile[] {
  const taken = new Set(Object.keys(known));
  return declarations.map(({ Identifier, DataSetArn }) => {
    const identifier = String(Identifier);
    const id = dataSetIdOf(target, String(DataSetArn));
    if (id === undefined) throw elsewhere(identifier, String(DataSetArn));
    const found = Object.entries(known).find(
      ([name, file]) => (file.identifier ?? name) === identifier,
    );
    const name = found?.[0] ?? freeName(identifier, taken);
    const { identifier: _was, id: _wasId, ...rest } = found?.[1] ?? {};
    return {
      name,
      file: {
        ...rest,
        ...(identifier === name ? {} : { identifier }),
        ...(id === name ? {} : { id }),
      },
    };
  });
}

function freeName(identifier: string, taken: Set<string>): string {
  const slug = identifier
    .toLowerCase()
    .replaceAll(/[^\w]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  const base = slug === "" ? "data-set" : slug.slice(0, 100);
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}-${n}`;
  taken.add(name);
  return name;
}

function listed(value: unknown): readonly Group[] {
  return Array.isArray(value) ? value.filter(isGroup) : [];
}

function twice(path: string): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: "an id stands twice in the definition",
    where: path,
    why: "files are named after ids",
    fix: "give one of the two another id",
  });
}

function elsewhere(identifier: string, arn: string): TurnawayError {
  return new TurnawayError("CONFIG", {
    what: `data set ${identifier} lies somewhere else`,
    where: arn,
    why: "files name no account and no region, so all data sets are in the one of the deployment",
    fix: "move the visuals to a data set of the deployment",
  });
}

function refused(visual: unknown): never {
  throw new TurnawayError("CONFIG", {
    what: "a visual that is not known",
    where: isGroup(visual) ? Object.keys(visual).join(", ") : String(visual),
    why: "it is not one of the members of the model that this version has",
    fix: "update turnaway",
  });
}
