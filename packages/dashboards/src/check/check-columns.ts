import { didYouMean, type ErrorDetail } from "@turnaway/core";

import { assemble } from "../assemble.ts";
import type { DefinitionFiles } from "../dashboard.ts";
import { eachGroup, type Group, isGroup, partAt, type Path } from "../model/tree.ts";
import {
  detailOf,
  type FileProblem,
  inFileOrder,
  readSourceFiles,
  type SourceFiles,
} from "../source-files.ts";
import { NOWHERE } from "./check-definition.ts";

/** Columns that statements answer with: `datasets/traffic` to column to what it holds, where known. */
export type ColumnCatalogue = Readonly<Record<string, Readonly<Record<string, ColumnKind | null>>>>;

export type ColumnKind = "text" | "number" | "date";

/**
 * Holds the files against the columns of the SQL that they read.
 *
 * Every error names the file (the visual that would break), the column, and the statement
 * that does not have it, or has it with another type.
 *
 * @throws TurnawayError CONFIG for files that are not valid YAML
 */
export function checkColumns(
  files: DefinitionFiles,
  catalogue: ColumnCatalogue,
): readonly ErrorDetail[] {
  const sources = readSourceFiles(files);
  const { definition, placeOf } = assemble(sources, NOWHERE);
  const { problems, known } = readColumns(sources, definition, catalogue);
  for (const use of columnsUsed(definition)) {
    const dataSet = known.get(use.dataSet);
    if (dataSet === undefined) continue;
    const problem = problemOf(use, dataSet);
    if (problem !== undefined) problems.push({ ...problem, ...placeOf(use.path) });
  }
  return inFileOrder(problems.map(detailOf));
}

interface DataSetColumns {
  readonly source: string;
  /** Null where nothing here says it, as for a calculated field. */
  readonly kinds: ReadonlyMap<string, ColumnKind | null>;
}

function readColumns(
  sources: SourceFiles,
  definition: Group,
  catalogue: ColumnCatalogue,
): { readonly problems: FileProblem[]; readonly known: ReadonlyMap<string, DataSetColumns> } {
  const problems: FileProblem[] = [];
  const known = new Map<string, DataSetColumns>();
  for (const file of sources.dataSets.values()) {
    const { source, identifier = file.name } = file.value;
    const columns = typeof source === "string" ? catalogue[source] : undefined;
    if (typeof source !== "string" || columns === undefined) {
      problems.push(unknownSource(file, source, catalogue));
      continue;
    }
    const calculated = calculatedOf(definition, String(identifier));
    const kinds = new Map<string, ColumnKind | null>(Object.entries(columns));
    for (const name of calculated) kinds.set(name, null);
    known.set(String(identifier), { source, kinds });
  }
  return { problems, known };
}

function unknownSource(
  file: FileProblem["file"],
  source: unknown,
  catalogue: ColumnCatalogue,
): FileProblem {
  const fix = typeof source === "string" ? didYouMean(source, Object.keys(catalogue)) : undefined;
  return {
    file,
    path: ["source"],
    what: source === undefined ? "source is missing" : `unknown source ${JSON.stringify(source)}`,
    why: "a data set reads a view, rollup, query or data set of packages/sql",
    ...(fix === undefined ? {} : { fix }),
  };
}

function calculatedOf(definition: Group, dataSet: string): readonly string[] {
  const fields = definition["CalculatedFields"];
  return (Array.isArray(fields) ? fields.filter(isGroup) : [])
    .filter(({ DataSetIdentifier }) => DataSetIdentifier === dataSet)
    .map(({ Name }) => String(Name));
}

interface ColumnUse {
  readonly dataSet: string;
  readonly column: string;
  /** What the place where it stands can do with. */
  readonly kinds: readonly ColumnKind[] | null;
  readonly path: Path;
}

function columnsUsed(definition: Group): readonly ColumnUse[] {
  const uses: ColumnUse[] = [];
  eachGroup(definition, (group, path) => {
    const { ColumnName: column, Expression: expression } = group;
    const dataSet = group["DataSetIdentifier"] ?? dataSetOfVisual(definition, path);
    if (typeof dataSet !== "string") return;
    if (typeof column === "string") uses.push({ dataSet, column, kinds: kindsAt(path), path });
    if (typeof expression !== "string") return;
    const place = [...path, "Expression"];
    for (const column of columnsIn(expression)) {
      uses.push({ dataSet, column, kinds: null, path: place });
    }
  });
  return uses;
}

// An expression in a conditional format speaks of the data set that its visual shows.
function dataSetOfVisual(definition: Group, path: Path): string | undefined {
  const visual = path.indexOf("Visuals");
  if (visual < 0 || !path.includes("ConditionalFormatting")) return undefined;
  let found: string | undefined;
  eachGroup(partAt(definition, path.slice(0, visual + 2)), ({ DataSetIdentifier }) => {
    if (typeof DataSetIdentifier === "string") found ??= DataSetIdentifier;
  });
  return found;
}

/** The columns that an expression names, `{accepted_bytes}`, but for parameters and quoted text. */
export function columnsIn(expression: string): readonly string[] {
  const code = expression.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\/\*[\s\S]*?\*\//g, "''");
  return [...code.matchAll(/(?<!\$)\{([^{}]+)\}/g)].map((match) => match[1]!);
}

const KINDS: Readonly<Record<string, readonly ColumnKind[]>> = {
  NumericalDimensionField: ["number"],
  NumericalMeasureField: ["number"],
  DateDimensionField: ["date"],
  DateMeasureField: ["date"],
  CategoricalDimensionField: ["text"],
  CategoricalMeasureField: ["text"],
  CategoryFilter: ["text"],
  NumericRangeFilter: ["number"],
  NumericEqualityFilter: ["number"],
  TimeRangeFilter: ["date"],
  TimeEqualityFilter: ["date"],
  RelativeDatesFilter: ["date"],
};

function kindsAt(path: Path): readonly ColumnKind[] | null {
  return path.at(-1) === "Column" ? (KINDS[String(path.at(-2))] ?? null) : null;
}

function problemOf(
  { dataSet, column, kinds }: ColumnUse,
  { source, kinds: known }: DataSetColumns,
): Omit<FileProblem, "file" | "path"> | undefined {
  if (!known.has(column)) {
    const fix = didYouMean(column, [...known.keys()]);
    return {
      what: `unknown column ${column} of data set ${dataSet}`,
      why: `${source}.sql answers with ${[...known.keys()].join(", ")}`,
      ...(fix === undefined ? {} : { fix }),
    };
  }
  const kind = known.get(column);
  if (kind === undefined || kind === null || kinds === null || kinds.includes(kind))
    return undefined;
  return {
    what: `column ${column} of data set ${dataSet} is a ${kind}`,
    why: `it is used as a ${kinds.join(" or ")}`,
    fix: FIXES[kind],
  };
}

const FIXES: Readonly<Record<ColumnKind, string>> = {
  text: "write the column as it is, count(…) or distinct_count(…)",
  number: "write number(…) to group by it, or sum(…), average(…)",
  date: "write day(…), hour(…) or date(…)",
};
