import type { Dashboard } from "./dashboard.ts";
import { writtenForm } from "./format/field-forms.ts";
import { fieldIdOf, formatField } from "./format/field-text.ts";
import { clickIdOf } from "./format/on-click.ts";
import { eachGroup, type Group, isGroup, partAt, type Path } from "./model/tree.ts";

/**
 * The dashboard with ids that a person can read where a machine made them up, as the console
 * does: `1f0c…-9a` of a visual with the title "Top sources" becomes `top-sources`.
 *
 * Other ids stay, so a second pass changes nothing. Whatever refers to an id follows it.
 */
export function withReadableIds(dashboard: Dashboard): Dashboard {
  const definition = dashboard.definition as unknown as Group;
  const named = renamed(definition, namesOfAll(definition)) as Group;
  const sheets = named["Sheets"];
  const readable = Array.isArray(sheets)
    ? { ...named, Sheets: sheets.map((sheet: unknown) => withReadableFields(sheet)) }
    : named;
  return { ...dashboard, definition: readable as unknown as Dashboard["definition"] };
}

/** Contains what no person writes: a UUID. */
const MADE_UP = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/i;

/** Members that give something an id, and where its name stands beside it. */
const NAMED_BY: Readonly<Record<string, readonly Path[]>> = {
  SheetId: [["Name"], ["Title"]],
  VisualId: [
    ["Title", "FormatText", "PlainText"],
    ["Subtitle", "FormatText", "PlainText"],
  ],
  FilterGroupId: [["Filters", 0]],
  FilterId: [["Column", "ColumnName"]],
  FilterControlId: [["Title"]],
  ParameterControlId: [["Title"], ["SourceParameterName"]],
  SheetTextBoxId: [],
  SheetImageId: [],
  CustomActionId: [["Name"]],
};

const WITHOUT_NAME: Readonly<Record<string, string>> = {
  SheetId: "sheet",
  VisualId: "visual",
  FilterGroupId: "filter",
  FilterId: "filter",
  FilterControlId: "control",
  ParameterControlId: "control",
  SheetTextBoxId: "text",
  SheetImageId: "image",
  CustomActionId: "action",
};

function namesOfAll(definition: Group): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  const declarations: { readonly id: string; readonly base: string }[] = [];
  eachGroup(definition, (group, path) => {
    for (const [member, names] of Object.entries(NAMED_BY)) {
      const id = group[member];
      if (typeof id !== "string" || isScope(member, path)) continue;
      if (member === "CustomActionId" && path.includes("Visuals")) continue;
      if (MADE_UP.test(id)) {
        declarations.push({ id, base: slugOf(nameOf(group, names)) || WITHOUT_NAME[member]! });
      } else taken.add(id);
    }
  });
  for (const { id, base } of declarations) {
    if (!found.has(id)) found.set(id, freeName(base, taken));
  }
  return found;
}

// The scope of a filter speaks of a sheet by the member that elsewhere declares one.
function isScope(member: string, path: Path): boolean {
  return member === "SheetId" && path.includes("SheetVisualScopingConfigurations");
}

function nameOf(group: Group, names: readonly Path[]): string {
  for (const path of names) {
    const name = partAt(group, path);
    if (typeof name === "string") return name;
    // A group of filters is called after the column of its first one.
    const [filter] = isGroup(name) ? Object.values(name) : [];
    const column = partAt(filter, ["Column", "ColumnName"]);
    if (typeof column === "string") return column;
  }
  return "";
}

function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^\w]+/g, "-")
    .slice(0, 60)
    .replaceAll(/^-+|-+$/g, "");
}

function freeName(base: string, taken: Set<string>): string {
  let name = base;
  for (let n = 2; taken.has(name); n += 1) name = `${base}-${n}`;
  taken.add(name);
  return name;
}

function renamed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === "string") return names.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (!isGroup(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, renamed(part, names)]),
  );
}

// Fields are named inside their visual alone, where the same column may stand twice; what a
// click does is named after the visual.
function withReadableFields(sheet: unknown): unknown {
  if (!isGroup(sheet) || !Array.isArray(sheet["Visuals"])) return sheet;
  return {
    ...sheet,
    Visuals: sheet["Visuals"].map((visual: unknown) => renamed(visual, fieldNames(visual))),
  };
}

function fieldNames(visual: unknown): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const [whole] = isGroup(visual) ? Object.values(visual) : [];
  const visualId = partAt(whole, ["VisualId"]);
  eachGroup(visual, (body, path) => {
    const { FieldId: id, Column, CustomActionId: action } = body;
    if (typeof action === "string" && MADE_UP.test(action) && !names.has(action)) {
      names.set(action, freeName(clickIdOf(String(visualId)), taken));
    }
    const column = isGroup(Column) ? Column["ColumnName"] : undefined;
    if (typeof id !== "string" || typeof column !== "string" || names.has(id)) return;
    if (!MADE_UP.test(id)) {
      taken.add(id);
      return;
    }
    const member = String(path.at(-1));
    const role = member.endsWith("DimensionField") ? "dimension" : "measure";
    const form = writtenForm(member.endsWith("Field") ? role : "column", member, body);
    const base = form === undefined ? column : fieldIdOf(formatField({ ...form, column }));
    names.set(id, freeName(base, taken));
  });
  return names;
}
