import type { QuickSightStore, Wire } from "../store.ts";
import type { WorkError } from "../work.ts";
import { columnsOf } from "./data-set-columns.ts";

/** What makes a version of this definition fail: data sets, columns and types that are not there. */
export function definitionErrors(definition: Wire, store: QuickSightStore): WorkError[] {
  const declared = new Map(
    listOf(definition["DataSetIdentifierDeclarations"]).map(({ Identifier, DataSetArn }) => [
      String(Identifier),
      { arn: String(DataSetArn), columns: columnsAt(String(DataSetArn), store) },
    ]),
  );
  const errors: WorkError[] = [...declared.values()]
    .filter(({ columns }) => columns === undefined)
    .map(({ arn }) => ({
      Type: "DATA_SET_NOT_FOUND",
      Message: `The data set '${arn}' can not be found`,
      ViolatedEntities: [],
    }));
  const calculated = calculatedFields(definition);
  for (const use of usesIn(definition)) {
    const dataSet = declared.get(use.dataSet);
    if (dataSet?.columns === undefined || calculated.has(keyOf(use))) continue;
    const error = errorOf(use, { arn: dataSet.arn, type: dataSet.columns.get(use.column) });
    if (error !== undefined) errors.push(error);
  }
  return errors;
}

interface ColumnUse {
  readonly dataSet: string;
  readonly column: string;
  /** Types that the place can do with; null for any. */
  readonly types: readonly string[] | null;
  /** As the service names places: `sheet/overview/visual/top-sources`. */
  readonly path: string;
}

function columnsAt(arn: string, { dataSets }: QuickSightStore): Map<string, string> | undefined {
  const dataSet = [...dataSets.values()].find((each) => each.arn === arn);
  return dataSet === undefined ? undefined : columnsOf(dataSet.input);
}

function errorOf(
  { column, types, path }: ColumnUse,
  { arn, type }: { arn: string; type: string | undefined },
): WorkError | undefined {
  const ViolatedEntities = [{ Path: path }];
  if (type === undefined) {
    return {
      Type: "COLUMN_REPLACEMENT_MISSING",
      Message: `Required column '${column}' is missing in data set '${arn}'`,
      ViolatedEntities,
    };
  }
  if (types === null || type === "UNKNOWN" || types.includes(type)) return undefined;
  return {
    Type: "COLUMN_TYPE_MISMATCH",
    Message: `Column '${column}' of data set '${arn}' is of type ${type}, expected ${types.join(" or ")}`,
    ViolatedEntities,
  };
}

const NUMBERS = ["INTEGER", "DECIMAL"];

// What a member of a definition can do with; the others take any column.
const TYPES_AT: Readonly<Record<string, readonly string[]>> = {
  NumericalDimensionField: NUMBERS,
  NumericalMeasureField: NUMBERS,
  DateDimensionField: ["DATETIME"],
  DateMeasureField: ["DATETIME"],
  NumericRangeFilter: NUMBERS,
  NumericEqualityFilter: NUMBERS,
  TimeRangeFilter: ["DATETIME"],
  TimeEqualityFilter: ["DATETIME"],
  RelativeDatesFilter: ["DATETIME"],
};

/** Each column of each data set that the definition names, once for each place that has a name. */
function usesIn(definition: Wire): readonly ColumnUse[] {
  const uses = new Map<string, ColumnUse>();
  const add = (use: ColumnUse): void => {
    uses.set(`${use.path} ${keyOf(use)} ${use.types?.join() ?? ""}`, use);
  };
  const visit = (value: unknown, { path, member }: { path: string; member: string }): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, { path, member });
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const group = value as Wire;
    const named = pathOf(group, { path, member });
    const { DataSetIdentifier: dataSet, ColumnName: column, Expression: expression } = group;
    if (typeof dataSet === "string" && typeof column === "string") {
      add({ dataSet, column, types: TYPES_AT[member] ?? null, path: named });
    }
    if (typeof dataSet === "string" && typeof expression === "string") {
      for (const [, column] of expression.matchAll(/(?<!\$)\{([^}$]+)\}/g)) {
        add({ dataSet, column: column!, types: null, path: named });
      }
    }
    for (const [key, part] of Object.entries(group)) {
      // A column stands under `Column` in whatever says what can be done with it.
      visit(part, { path: named, member: key === "Column" ? member : key });
    }
  };
  visit(definition, { path: "", member: "" });
  return [...uses.values()];
}

const NAMED: readonly (readonly [member: string, id: string, word: string])[] = [
  ["Sheets", "SheetId", "sheet"],
  ["FilterGroups", "FilterGroupId", "filter-group"],
  ["CalculatedFields", "Name", "calculated-field"],
];

function pathOf(group: Wire, { path, member }: { path: string; member: string }): string {
  const named = NAMED.find(([list, id]) => list === member && typeof group[id] === "string");
  if (named !== undefined) return `${named[2]}/${String(group[named[1]])}`;
  if (member.endsWith("Visual") && typeof group["VisualId"] === "string") {
    return `${path}/visual/${group["VisualId"]}`;
  }
  if (member.endsWith("Filter") && typeof group["FilterId"] === "string") {
    return `${path}/filter/${group["FilterId"]}`;
  }
  return path;
}

function calculatedFields(definition: Wire): ReadonlySet<string> {
  return new Set(
    listOf(definition["CalculatedFields"]).map(({ DataSetIdentifier, Name }) =>
      keyOf({ dataSet: String(DataSetIdentifier), column: String(Name) }),
    ),
  );
}

function keyOf({ dataSet, column }: Pick<ColumnUse, "dataSet" | "column">): string {
  return JSON.stringify([dataSet, column]);
}

function listOf(value: unknown): readonly Wire[] {
  return Array.isArray(value) ? (value as Wire[]) : [];
}
