import type { GlueTableInput } from "@turnaway/sql";
import { CfnTable } from "aws-cdk-lib/aws-glue";
import type { Construct } from "constructs";

export interface RawLogTableProps {
  /** Account whose catalogue it stands in. */
  readonly account: string;
  readonly database: string;
  /** The table as Glue keeps it; `glueTableInput` makes it from turnaway.yml. */
  readonly table: GlueTableInput;
}

/** A table over delivered files. Nothing is lost with it: it only says how to read them. */
export class RawLogTable extends CfnTable {
  constructor(scope: Construct, id: string, { account, database, table }: RawLogTableProps) {
    const { StorageDescriptor: storage } = table;
    super(scope, id, {
      catalogId: account,
      databaseName: database,
      tableInput: {
        name: table.Name,
        description: table.Description,
        tableType: table.TableType,
        parameters: table.Parameters,
        partitionKeys: columns(table.PartitionKeys),
        storageDescriptor: {
          columns: columns(storage.Columns),
          location: storage.Location,
          inputFormat: storage.InputFormat,
          outputFormat: storage.OutputFormat,
          serdeInfo: {
            serializationLibrary: storage.SerdeInfo.SerializationLibrary,
            parameters: storage.SerdeInfo.Parameters,
          },
        },
      },
    });
  }
}

function columns(list: GlueTableInput["PartitionKeys"]): CfnTable.ColumnProperty[] {
  return list.map(({ Name, Type, Comment }) => ({ name: Name, type: Type, comment: Comment }));
}
