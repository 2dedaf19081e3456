/** A table as a value: what DDL and the Glue `TableInput` are rendered from. */
export type TableDefinition = ExternalTable | IcebergTable;

/** Files that something else writes, read where they lie. */
export interface ExternalTable {
  readonly kind: "external";
  readonly name: string;
  /** One sentence: what the rows are. */
  readonly means: string;
  /** In the order of the file where that counts. */
  readonly columns: readonly TableColumn[];
  readonly partitions: readonly PartitionColumn[];
  /** `s3://bucket/prefix/AWSLogs/` */
  readonly location: string;
  /** The folder of one partition, with a `${column}` for each, ending in `/`. */
  readonly template: string;
  readonly storage: StorageFormat;
}

/** A table of ours: rows come and go in atomic commits. */
export interface IcebergTable {
  readonly kind: "iceberg";
  readonly name: string;
  readonly means: string;
  readonly columns: readonly TableColumn[];
  /** Columns by whose values files are kept apart. */
  readonly partitionedBy: readonly string[];
}

export interface TableColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly means: string;
}

/** The types that our tables need. Glue writes varchar as `string` and integer as `int`. */
export type ColumnType = "varchar" | "integer" | "bigint" | "decimal(38,0)" | "boolean";

/** A partition column is text: Glue compares it as it stands in the path. */
export interface PartitionColumn {
  readonly name: string;
  readonly means: string;
  readonly projection: Projection;
}

/**
 * How the engine knows which values a partition column has, without asking a catalogue.
 * Source: Athena User Guide, "Supported types for partition projection".
 */
export type Projection =
  | { readonly type: "enum"; readonly values: readonly string[] }
  /** Any value; a query that does not name one is refused. */
  | { readonly type: "injected" }
  | {
      readonly type: "integer";
      readonly first: number;
      readonly last: number;
      readonly digits: number;
    }
  | {
      readonly type: "date";
      readonly first: string;
      readonly last: string;
      readonly format: string;
      readonly unit: "DAYS" | "HOURS";
    };

/** How files become rows: class names of Hive, and their settings. */
export interface StorageFormat {
  readonly serde: string;
  readonly serdeProperties: Readonly<Record<string, string>>;
  readonly inputFormat: string;
  readonly outputFormat: string;
  /** Properties of the table that belong to the format. */
  readonly properties: Readonly<Record<string, string>>;
}
