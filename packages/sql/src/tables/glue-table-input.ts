import type {
  ColumnType,
  ExternalTable,
  PartitionColumn,
  TableColumn,
} from "./table-definition.ts";

/** A `TableInput` as the Glue API and CloudFormation take it. */
export interface GlueTableInput {
  readonly Name: string;
  readonly Description: string;
  readonly TableType: "EXTERNAL_TABLE";
  readonly Parameters: Readonly<Record<string, string>>;
  readonly PartitionKeys: readonly GlueColumn[];
  readonly StorageDescriptor: {
    readonly Columns: readonly GlueColumn[];
    readonly Location: string;
    readonly InputFormat: string;
    readonly OutputFormat: string;
    readonly SerdeInfo: {
      readonly SerializationLibrary: string;
      readonly Parameters: Readonly<Record<string, string>>;
    };
  };
}

interface GlueColumn {
  readonly Name: string;
  readonly Type: string;
  readonly Comment: string;
}

/** The table as Glue keeps it. */
export function glueTableInput(table: ExternalTable): GlueTableInput {
  const { name, means, columns, partitions, location, storage } = table;
  return {
    Name: name,
    Description: means,
    TableType: "EXTERNAL_TABLE",
    Parameters: { EXTERNAL: "TRUE", ...tableProperties(table) },
    PartitionKeys: partitions.map((column) => ({
      Name: column.name,
      Type: "string",
      Comment: column.means,
    })),
    StorageDescriptor: {
      Columns: columns.map(glueColumn),
      Location: location,
      InputFormat: storage.inputFormat,
      OutputFormat: storage.outputFormat,
      SerdeInfo: {
        SerializationLibrary: storage.serde,
        Parameters: storage.serdeProperties,
      },
    },
  };
}

/** Properties of the table: the format's own, and how partitions are projected. */
export function tableProperties({
  partitions,
  template,
  storage,
}: ExternalTable): Readonly<Record<string, string>> {
  return {
    ...storage.properties,
    "projection.enabled": "true",
    ...Object.assign({}, ...partitions.map(projectionProperties)),
    "storage.location.template": template,
  };
}

/** A type as Hive and Glue write it. */
export function hiveType(type: ColumnType): string {
  return HIVE_TYPES[type];
}

const HIVE_TYPES: Readonly<Record<ColumnType, string>> = {
  varchar: "string",
  integer: "int",
  bigint: "bigint",
  "decimal(38,0)": "decimal(38,0)",
  boolean: "boolean",
};

function glueColumn({ name, type, means }: TableColumn): GlueColumn {
  return { Name: name, Type: hiveType(type), Comment: means };
}

function projectionProperties({ name, projection }: PartitionColumn): Record<string, string> {
  const of = (key: string): string => `projection.${name}.${key}`;
  const type = { [of("type")]: projection.type };
  switch (projection.type) {
    case "enum":
      return { ...type, [of("values")]: projection.values.join(",") };
    case "injected":
      return type;
    case "integer":
      return {
        ...type,
        [of("range")]: `${projection.first},${projection.last}`,
        [of("digits")]: String(projection.digits),
      };
    case "date":
      return {
        ...type,
        [of("range")]: `${projection.first},${projection.last}`,
        [of("format")]: projection.format,
        [of("interval")]: "1",
        [of("interval.unit")]: projection.unit,
      };
  }
}
