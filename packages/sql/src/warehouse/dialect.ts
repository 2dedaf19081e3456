import { type Dialect, TurnawayError } from "@turnaway/core";

import { athenaTableDdl } from "../tables/athena-ddl.ts";
import type { IcebergTable } from "../tables/table-definition.ts";
import { trinoTableDdl } from "../tables/trino-ddl.ts";

/** Where the tables of the rollup lie, and how their names are written. */
export interface WarehousePlace {
  readonly dialect: Dialect;
  /** Database of the tables and views. */
  readonly schema: string;
  /** Catalogue of Iceberg tables, on Trino; Athena knows the kind of a table by itself. */
  readonly icebergCatalog: string | null;
  /**
   * `s3://bucket/folder/`, below which each table gets a folder. Athena needs it; on Trino
   * the location of the schema serves where it is null.
   */
  readonly location: string | null;
}

/** The table by the name that statements use. */
export function tableName({ schema, icebergCatalog }: WarehousePlace, table: string): string {
  return icebergCatalog === null ? table : `${icebergCatalog}.${schema}.${table}`;
}

/** Creates the table where it is not there yet. */
export function createTable(place: WarehousePlace, table: IcebergTable): string {
  if (place.dialect === "athena") return athenaTableDdl(table, locationOf(place, table.name));
  return trinoTableDdl(table, {
    qualifier: place.icebergCatalog === null ? "" : `${place.icebergCatalog}.${place.schema}.`,
    ...(place.location === null ? {} : { location: locationOf(place, table.name) }),
  });
}

/** Creates a table with the rows of a query; fails where it exists, so it never doubles rows. */
export function createTableAs(place: WarehousePlace, table: string, query: string): string {
  const options =
    place.dialect === "athena"
      ? ` WITH (table_type = 'ICEBERG', is_external = false, format = 'PARQUET', location = '${locationOf(place, table)}')`
      : "";
  return `CREATE TABLE ${tableName(place, table)}${options} AS\n${query}`;
}

function locationOf({ location }: WarehousePlace, table: string): string {
  if (location !== null) return `${location}${table}/`;
  throw new TurnawayError("CONFIG", {
    what: "no place for the tables of the rollup",
    where: "athena",
    why: "Athena wants to know the folder in S3 of each Iceberg table",
    fix: "name a folder of a bucket for them",
  });
}
