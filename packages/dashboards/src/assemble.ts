import { dataSetArn, withTarget } from "./arns.ts";
import { DATA_SET_KEYS, type DashboardTarget } from "./dashboard.ts";
import { dashboardToApi, placeInDashboard } from "./format/dashboard-file.ts";
import { Misread } from "./format/lens.ts";
import { placeInSheet, sheetToApi, type SheetParts } from "./format/sheet-file.ts";
import { placeInVisual, visualToApi } from "./format/visual-file.ts";
import type { Group, Path } from "./model/tree.ts";
import { type FileProblem, type SourceFile, type SourceFiles, strayFile } from "./source-files.ts";

/** A definition put together from its files, and what stood in the way. */
export interface Assembled {
  /** The API's definition; times are still text. */
  readonly definition: Group;
  readonly problems: readonly FileProblem[];
  /** The file that a part of the definition comes from, and its place there. */
  readonly placeOf: (path: Path) => { readonly file: SourceFile; readonly path: Path };
}

/** What `dashboard.yml` says apart from the definition. */
export const HEAD_KEYS = ["name", "description", "theme", "data-sets", "sheets"] as const;

/** Puts the files together as far as they can be understood. */
export function assemble(files: SourceFiles, target: DashboardTarget): Assembled {
  const problems: FileProblem[] = [];
  const understand = <T>(file: SourceFile, read: () => T): T | undefined => {
    try {
      return read();
    } catch (cause) {
      if (!(cause instanceof Misread)) throw cause;
      const { path, message: why } = cause;
      problems.push({ file, path, what: `${path.join(".") || "the file"} is not understood`, why });
      return undefined;
    }
  };
  const dataSets = namesIn(files, "data-sets", problems);
  const sheets = namesIn(files, "sheets", problems);
  const placed = sheets.map((name): PlacedSheet => {
    const file = files.sheets.get(name)!;
    const parts = understand(file, () => sheetToApi(file.value)) ?? { sheet: {}, visuals: [] };
    return { file, parts };
  });
  problems.push(
    ...files.strays.map(strayFile),
    ...headProblems(files.dashboard),
    ...visualProblems(files, placed),
  );
  for (const file of files.dataSets.values()) problems.push(...dataSetProblems(file));

  const apiSheets = placed.map(({ file, parts }) => {
    const visuals = visualsOf(files, parts).flatMap((visual) => {
      const api = understand(visual, () => visualToApi(visual.value, visual.name));
      return api === undefined ? [] : [{ visual, api }];
    });
    return {
      file,
      visuals,
      api: sheetOf(
        file.name,
        parts,
        visuals.map(({ api }) => api),
      ),
    };
  });
  const rest = understand(files.dashboard, () => dashboardToApi(bodyOf(files.dashboard.value)));
  const definition = withTarget(
    {
      DataSetIdentifierDeclarations: dataSets.map((name) => {
        const { identifier = name, id = name } = files.dataSets.get(name)!.value;
        return { Identifier: identifier, DataSetArn: dataSetArn(target, String(id)) };
      }),
      ...(apiSheets.length === 0 ? {} : { Sheets: apiSheets.map(({ api }) => api) }),
      ...rest,
    },
    target,
  ) as Group;
  return {
    definition,
    problems,
    placeOf: (path) => placeIn(files, { dataSets, sheets: apiSheets }, path),
  };
}

interface PlacedSheet {
  readonly file: SourceFile;
  readonly parts: SheetParts;
}

function headProblems(file: SourceFile): FileProblem[] {
  const { name, description = "", theme = "" } = file.value;
  return Object.entries({ name, description, theme })
    .filter(([, value]) => typeof value !== "string")
    .map(([key, value]): FileProblem => ({
      file,
      path: [key],
      what: value === undefined ? `${key} is missing` : `wrong value for ${key}`,
      why: "expected text",
    }));
}

function bodyOf(value: Group): Group {
  return Object.fromEntries(
    Object.entries(value).filter(([key]) => !(HEAD_KEYS as readonly string[]).includes(key)),
  );
}

function sheetOf(SheetId: string, { sheet }: SheetParts, visuals: readonly Group[]): Group {
  return { SheetId, ...sheet, ...(visuals.length === 0 ? {} : { Visuals: visuals }) };
}

function visualsOf(files: SourceFiles, { visuals }: SheetParts): readonly SourceFile[] {
  return visuals.flatMap((id) => files.visuals.get(id) ?? []);
}

// The order in which dashboard.yml names them; data sets may be left to the order of the files.
function namesIn(
  files: SourceFiles,
  key: "data-sets" | "sheets",
  problems: FileProblem[],
): readonly string[] {
  const file = files.dashboard;
  const found = key === "sheets" ? files.sheets : files.dataSets;
  const written = file.value[key];
  if (written === undefined && key === "data-sets") return [...found.keys()];
  const names = (Array.isArray(written) ? written : []).map((name: unknown) =>
    typeof name === "string" ? name : JSON.stringify(name),
  );
  if (written !== undefined && !Array.isArray(written)) {
    problems.push({
      file,
      path: [key],
      what: `wrong value for ${key}`,
      why: "expected a list of names",
    });
  }
  for (const [i, name] of names.entries()) {
    if (found.has(name) && names.indexOf(name) === i) continue;
    const why = found.has(name) ? "it is named twice" : `there is no file ${key}/${name}.yml`;
    problems.push({ file, path: [key, i], what: `${name} can not be one of the ${key}`, why });
  }
  for (const [name, stray] of found) {
    if (names.includes(name)) continue;
    problems.push({
      file: stray,
      path: [],
      what: "the file is not used",
      why: `dashboard.yml does not name it`,
      fix: `add ${name} to ${key} in dashboard.yml, or remove the file`,
    });
  }
  return [...new Set(names)].filter((name) => found.has(name));
}

function visualProblems(files: SourceFiles, sheets: readonly PlacedSheet[]): FileProblem[] {
  const problems: FileProblem[] = [];
  const seenOn = new Map<string, string>();
  for (const { file, parts } of sheets) {
    for (const id of parts.visuals) {
      const other = seenOn.get(id);
      if (other !== undefined) {
        problems.push({
          file,
          path: [],
          what: `visual ${id} stands twice`,
          why: `sheet ${other} has it already`,
          fix: `copy visuals/${id}.yml under another name`,
        });
      } else if (!files.visuals.has(id)) {
        problems.push({
          file,
          path: ["grid"],
          what: `unknown visual ${id}`,
          why: `there is no file visuals/${id}.yml, and no control or text of that id on the sheet`,
        });
      }
      seenOn.set(id, file.name);
    }
  }
  for (const [id, file] of files.visuals) {
    if (seenOn.has(id)) continue;
    const fix = `add ${id} to the grid of a sheet, or remove the file`;
    problems.push({
      file,
      path: [],
      what: "the file is not used",
      why: "no sheet has this visual",
      fix,
    });
  }
  return problems;
}

function dataSetProblems(file: SourceFile): FileProblem[] {
  return Object.entries(file.value).flatMap(([key, value]): FileProblem[] => {
    const isKnown = (DATA_SET_KEYS as readonly string[]).includes(key);
    if (isKnown && typeof value === "string") return [];
    const why = isKnown ? "expected text" : `allowed are ${DATA_SET_KEYS.join(", ")}`;
    return [
      { file, path: [key], what: isKnown ? `wrong value for ${key}` : `unknown key ${key}`, why },
    ];
  });
}

function placeIn(
  files: SourceFiles,
  order: {
    readonly dataSets: readonly string[];
    readonly sheets: readonly {
      readonly file: SourceFile;
      readonly visuals: readonly { readonly visual: SourceFile }[];
    }[];
  },
  [first, index, third, fourth, ...below]: Path,
): { readonly file: SourceFile; readonly path: Path } {
  if (first === "DataSetIdentifierDeclarations" && index !== undefined) {
    const file = files.dataSets.get(order.dataSets[Number(index)] ?? "");
    if (file !== undefined) return { file, path: [] };
  }
  const sheet = first === "Sheets" ? order.sheets[Number(index)] : undefined;
  if (sheet === undefined) {
    const path = [first, index, third, fourth, ...below].filter((step) => step !== undefined);
    return { file: files.dashboard, path: placeInDashboard(files.dashboard.value, path) };
  }
  const visual = third === "Visuals" ? sheet.visuals[Number(fourth)]?.visual : undefined;
  if (visual !== undefined) return { file: visual, path: placeInVisual(visual.value, below) };
  const path = [third, fourth, ...below].filter((step) => step !== undefined);
  return { file: sheet.file, path: placeInSheet(sheet.file.value, path) };
}
