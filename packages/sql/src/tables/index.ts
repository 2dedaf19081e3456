export { athenaTableDdl } from "./athena-ddl.ts";
export { emptyTable } from "./empty-table.ts";
export { glueTableInput, type GlueTableInput } from "./glue-table-input.ts";
export {
  partitionColumnList,
  partitionColumnNames,
  partitionPredicate,
  type RawDays,
  type RawScope,
} from "./raw-partitions.ts";
export { RAW_TABLE, rawScope, rawTable, type RawTableConfig } from "./raw-table.ts";
export {
  ROLLUP_BUILDS,
  ROLLUP_TABLES,
  type RollupName,
  type RollupTable,
  ROLLUPS,
} from "./rollup-tables.ts";
export type {
  ColumnType,
  ExternalTable,
  IcebergTable,
  PartitionColumn,
  Projection,
  TableColumn,
  TableDefinition,
} from "./table-definition.ts";
export { DATA_SET_TYPES, type DataSetColumnType } from "./data-set-types.ts";
export { ROLLUP_TYPES } from "./rollup-types.ts";
export { trinoTableDdl } from "./trino-ddl.ts";
