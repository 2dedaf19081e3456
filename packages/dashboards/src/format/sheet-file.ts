import { type Group, isGroup, isSame, type Path } from "../model/tree.ts";
import { filterControls, parameterControls } from "./controls.ts";
import { gridRows } from "./grid-lens.ts";
import { lengthen, type Lens, Misread, placeOf, shorten } from "./lens.ts";
import { group, listOf, named, plain, text, word } from "./plain-lenses.ts";
import { byId } from "./union-lens.ts";

/** A sheet as its file says it: everything but its visuals, which have files of their own. */
export interface SheetParts {
  /** The API's sheet without `SheetId` and `Visuals`. */
  readonly sheet: Group;
  /** Ids of its visuals, in the API's order. */
  readonly visuals: readonly string[];
}

/** @throws Misread */
export function sheetToApi(written: Group): SheetParts {
  const { visuals, ...rest } = written;
  const lenses = sheetLenses(typesIn(rest));
  const sheet = lengthen(lenses, rest);
  if (visuals === undefined) return { sheet, visuals: visualsOfGrid(sheet) };
  return { sheet, visuals: listOf(visuals).map(text) };
}

/** The file of a sheet; the list of visuals only where it does not follow from the grid. */
export function sheetToFile({ sheet, visuals }: SheetParts): Group {
  const types = Object.fromEntries(
    elementsOf(sheet).map((e) => [e["ElementId"], e["ElementType"]]),
  );
  const lenses = sheetLenses((id) => String(types[id]));
  const written = shorten(lenses, sheet);
  // The grid knows what its items are by looking at the rest of the file.
  const safe =
    written["grid"] === undefined && written["controls-grid"] === undefined
      ? true
      : isSame(sheetToApi(written).sheet, sheet);
  const file = safe
    ? written
    : shorten(
        lenses.filter(({ key }) => !key.endsWith("grid")),
        sheet,
      );
  const implied = sheetToApi(file).visuals;
  return isSame(implied, visuals) ? file : { ...file, visuals };
}

/** Where a part of the API's sheet stands in its file. */
export function placeInSheet(written: Group, path: Path): Path {
  return placeOf(sheetLenses(typesIn(written)), written, path);
}

function sheetLenses(typeOf: (id: string) => string): readonly Lens[] {
  return [
    plain("name", "Name"),
    plain("title", "Title"),
    plain("description", "Description"),
    word("content", "ContentType"),
    parameterControls(),
    filterControls(),
    textBoxes(),
    layoutOf("controls-grid", "SheetControlLayouts", typeOf),
    layoutOf("grid", "Layouts", typeOf),
  ];
}

// A sheet has one layout, and it is nearly always a grid on a canvas of a fixed width.
function layoutOf(key: string, member: string, typeOf: (id: string) => string): Lens {
  const rows = gridRows("rows", ["Elements"], typeOf);
  const canvas = ["CanvasSizeOptions", "ScreenCanvasSizeOptions"];
  const lenses = [
    named("width", canvas, {
      ...Object.fromEntries(
        [1024, 1280, 1366, 1600, 1920].map((width) => [
          `${width}px`,
          { ResizeOption: "FIXED", OptimizedViewPortWidth: `${width}px` },
        ]),
      ),
      responsive: { ResizeOption: "RESPONSIVE" },
    }),
    rows,
  ];
  return {
    key,
    path: [member],
    toApi: (written) => {
      const whole = Array.isArray(written) ? { rows: written } : group(written);
      try {
        return [{ Configuration: { GridLayout: lengthen(lenses, whole) } }];
      } catch (cause) {
        if (!(cause instanceof Misread) || !Array.isArray(written)) throw cause;
        throw new Misread(cause.message, cause.path.slice(1));
      }
    },
    toFile: (part) => {
      const layout = gridIn(part);
      if (layout === undefined) return undefined;
      const written = shorten(lenses, layout);
      return Object.keys(written).join() === "rows" ? written["rows"] : written;
    },
    place: ([, , , ...below], written) => {
      if (Array.isArray(written)) return placeOf(lenses, { rows: written }, below).slice(1);
      return isGroup(written) ? placeOf(lenses, written, below) : [];
    },
  };
}

function gridIn(layouts: unknown): Group | undefined {
  if (!Array.isArray(layouts) || layouts.length !== 1 || !isGroup(layouts[0])) return undefined;
  const configuration: unknown = layouts[0]["Configuration"];
  const grid = isGroup(configuration) ? configuration["GridLayout"] : undefined;
  return isGroup(grid) ? grid : undefined;
}

function elementsOf(sheet: Group): readonly Group[] {
  return ["Layouts", "SheetControlLayouts"].flatMap((member) => {
    const elements = gridIn(sheet[member])?.["Elements"];
    return Array.isArray(elements) ? elements.filter(isGroup) : [];
  });
}

function visualsOfGrid(sheet: Group): readonly string[] {
  const elements = gridIn(sheet["Layouts"])?.["Elements"];
  return (Array.isArray(elements) ? elements.filter(isGroup) : [])
    .filter(({ ElementType }) => ElementType === "VISUAL")
    .map(({ ElementId }) => String(ElementId));
}

// An item of the grid is a visual unless the file says that it is something else.
function typesIn(written: Group): (id: string) => string {
  const declared = new Map<string, string>();
  for (const [key, type] of Object.entries({
    "parameter-controls": "PARAMETER_CONTROL",
    "filter-controls": "FILTER_CONTROL",
    texts: "TEXT_BOX",
  })) {
    const part = written[key];
    for (const id of isGroup(part) ? Object.keys(part) : []) declared.set(id, type);
  }
  const api = written["api"];
  const images = isGroup(api) ? api["Images"] : undefined;
  for (const image of Array.isArray(images) ? images.filter(isGroup) : []) {
    declared.set(String(image["SheetImageId"]), "IMAGE");
  }
  return (id) => declared.get(id) ?? "VISUAL";
}

function textBoxes(): Lens {
  return byId("texts", ["TextBoxes"], {
    toApi: ({ content, ...rest }, id) => {
      const unknown = Object.keys(rest)[0];
      if (unknown !== undefined) throw new Misread("unknown key, allowed is content", [unknown]);
      return { SheetTextBoxId: id, ...(content === undefined ? {} : { Content: text(content) }) };
    },
    toFile: ({ SheetTextBoxId, Content }) =>
      typeof Content === "string" ? [String(SheetTextBoxId), Content] : undefined,
    expandShort: (content) => ({ content }),
  });
}
