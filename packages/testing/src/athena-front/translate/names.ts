/** The catalogs of Trino that stand for Athena's one. */
export interface TranslateOptions {
  /** Database that a name without one is in. */
  readonly database: string;
  /** Catalog over Glue and files. Athena writes `awsdatacatalog` into its views. */
  readonly hive: string;
  /** Catalog of Iceberg tables; the other one redirects to it. */
  readonly iceberg: string;
}

/** The full name of a table, whose own name may have a database and a catalog before it. */
export function tableName(
  parts: readonly string[],
  catalog: string,
  { database }: TranslateOptions,
): string {
  const name = parts.at(-1)!;
  return [catalog, parts.at(-2) ?? database, name].map(quote).join(".");
}

export function quote(name: string): string {
  return `"${name.toLowerCase().replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
