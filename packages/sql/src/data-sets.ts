import { getSqlFile } from "./compose.ts";
import { DATA_SET_TYPES, type DataSetColumnType } from "./tables/data-set-types.ts";

/** A column of a data set. */
export interface DataSetColumn {
  readonly name: string;
  readonly type: DataSetColumnType;
  /** What it holds, from the header of the file. */
  readonly means: string;
}

/** The view that a data set is on Athena and Trino: `dashboard_rejects`. */
export function dataSetView(name: string): string {
  return `dashboard_${name}`;
}

/** The columns of `datasets/NAME.sql`, in their order. @throws TurnawayError BUG when there is none. */
export function dataSetColumns(name: string): readonly DataSetColumn[] {
  return Object.entries(getSqlFile("datasets", name).columns ?? {}).map(([name, means]) => ({
    name,
    type: DATA_SET_TYPES[name]!,
    means,
  }));
}
