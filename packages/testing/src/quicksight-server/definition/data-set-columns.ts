import type { Wire } from "../store.ts";

/**
 * Columns that a data set has for those who read it, with their types: those of its tables,
 * renamed, added and left out as its logical tables say.
 *
 * @param input of CreateDataSet or UpdateDataSet
 */
export function columnsOf({ PhysicalTableMap, LogicalTableMap }: Wire): Map<string, string> {
  const columns = new Map(
    groups(PhysicalTableMap).flatMap((table) =>
      inputColumns(table).map(({ Name, Type }): [string, string] => [Name, Type]),
    ),
  );
  for (const { DataTransforms = [] } of groups(LogicalTableMap)) {
    for (const transform of DataTransforms as readonly Transform[]) apply(transform, columns);
  }
  return columns;
}

interface Column {
  readonly Name: string;
  readonly Type: string;
}

interface Transform {
  readonly ProjectOperation?: { readonly ProjectedColumns: readonly string[] };
  readonly RenameColumnOperation?: { readonly ColumnName: string; readonly NewColumnName: string };
  readonly CreateColumnsOperation?: {
    readonly Columns: readonly { readonly ColumnName: string }[];
  };
  readonly CastColumnTypeOperation?: {
    readonly ColumnName: string;
    readonly NewColumnType: string;
  };
}

function apply(transform: Transform, columns: Map<string, string>): void {
  const {
    ProjectOperation: project,
    RenameColumnOperation: rename,
    CreateColumnsOperation: create,
    CastColumnTypeOperation: cast,
  } = transform;
  if (project !== undefined) {
    for (const name of columns.keys()) {
      if (!project.ProjectedColumns.includes(name)) columns.delete(name);
    }
  }
  if (rename !== undefined) {
    columns.set(rename.NewColumnName, columns.get(rename.ColumnName) ?? "STRING");
    columns.delete(rename.ColumnName);
  }
  for (const { ColumnName } of create?.Columns ?? []) columns.set(ColumnName, "UNKNOWN");
  if (cast !== undefined) columns.set(cast.ColumnName, cast.NewColumnType);
}

function inputColumns(table: Wire): readonly Column[] {
  const [source] = Object.values(table) as readonly Wire[];
  return (source?.["InputColumns"] ?? source?.["Columns"] ?? []) as readonly Column[];
}

function groups(map: unknown): readonly Wire[] {
  return Object.values((map ?? {}) as Record<string, Wire>);
}
