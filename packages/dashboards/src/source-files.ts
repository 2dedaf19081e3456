import { type ErrorDetail, readYaml, TurnawayError, type YamlSource } from "@turnaway/core";

import type { DefinitionFiles } from "./dashboard.ts";
import { type Group, isGroup, type Path } from "./model/tree.ts";

/** One file of a dashboard, read. */
export interface SourceFile {
  readonly path: string;
  /** The name that ids follow from: `top-sources` of `visuals/top-sources.yml`. */
  readonly name: string;
  readonly value: Group;
  readonly yaml: YamlSource;
}

export interface SourceFiles {
  readonly dashboard: SourceFile;
  readonly dataSets: ReadonlyMap<string, SourceFile>;
  readonly sheets: ReadonlyMap<string, SourceFile>;
  readonly visuals: ReadonlyMap<string, SourceFile>;
  /** What belongs to no dashboard. */
  readonly strays: readonly SourceFile[];
}

/** Something wrong in one file. */
export interface FileProblem extends Omit<ErrorDetail, "where"> {
  readonly file: SourceFile;
  readonly path: Path;
}

/** The problem with its line, as errors carry it. */
export function detailOf({ file, path, ...detail }: FileProblem): ErrorDetail {
  return { ...detail, where: `${file.path}:${file.yaml.lineOf(path)}` };
}

/** The details by file and line. */
export function inFileOrder(details: readonly ErrorDetail[]): readonly ErrorDetail[] {
  const key = ({ where = "" }: ErrorDetail): readonly [string, number] => {
    const [file = "", line] = where.split(":");
    return [file, Number(line ?? 0)];
  };
  return details.toSorted((a, b) => {
    const [aFile, aLine] = key(a);
    const [bFile, bLine] = key(b);
    return aFile === bFile ? aLine - bLine : aFile < bFile ? -1 : 1;
  });
}

/** Reads every file. @throws TurnawayError CONFIG with whatever is not valid YAML. */
export function readSourceFiles(files: DefinitionFiles): SourceFiles {
  const details: ErrorDetail[] = [];
  const read = Object.keys(files)
    .toSorted()
    .flatMap((path) => {
      try {
        return [readFile(path, files[path]!)];
      } catch (cause) {
        if (!(cause instanceof TurnawayError)) throw cause;
        details.push(...cause.details);
        return [];
      }
    });
  const dashboard = read.find(({ path }) => path === DASHBOARD_FILE);
  if (dashboard === undefined && !(DASHBOARD_FILE in files)) details.push(NO_DASHBOARD);
  if (details.length > 0) throw new TurnawayError("CONFIG", details);
  return {
    dashboard: dashboard!,
    dataSets: inFolder(read, "data-sets"),
    sheets: inFolder(read, "sheets"),
    visuals: inFolder(read, "visuals"),
    strays: read.filter(({ path }) => !isKnown(path)),
  };
}

export const DASHBOARD_FILE = "dashboard.yml";

/** The path of a file in one of the folders. */
export function pathOf(folder: "data-sets" | "sheets" | "visuals", name: string): string {
  return `${folder}/${name}.yml`;
}

function readFile(path: string, text: string): SourceFile {
  const yaml = readYaml(text, path);
  const value = yaml.value ?? {};
  if (!isGroup(value)) {
    throw new TurnawayError("CONFIG", {
      what: "not a definition",
      where: path,
      why: "expected a group of keys",
    });
  }
  return { path, name: /([^/]*)\.yml$/.exec(path)?.[1] ?? path, value, yaml };
}

function isKnown(path: string): boolean {
  return path === DASHBOARD_FILE || /^(data-sets|sheets|visuals)\/[^/]+\.yml$/.test(path);
}

/** A file that is none of a dashboard's. */
export function strayFile(file: SourceFile): FileProblem {
  return {
    file,
    path: [],
    what: "unknown file",
    why: "a dashboard is dashboard.yml and the .yml files in data-sets, sheets and visuals",
    fix: "move it into one of these folders, or away",
  };
}

const NO_DASHBOARD: ErrorDetail = {
  what: "no dashboard",
  where: DASHBOARD_FILE,
  why: "the file is missing",
  fix: "write one with the name and the sheets of the dashboard",
};

function inFolder(read: readonly SourceFile[], folder: string): ReadonlyMap<string, SourceFile> {
  const files = read
    .filter(({ path }) => path.startsWith(`${folder}/`))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return new Map(files.map((file) => [file.name, file]));
}
