import { parseCreateTable } from "./create-table.ts";
import { literal, quote, tableName, type TranslateOptions } from "./names.ts";
import { tokenize, TokenReader, toTrinoQuotes } from "./tokens.ts";
import { writeCreateTable } from "./write-create-table.ts";

/**
 * A statement of Athena as statements of Trino, to be run in their order; the last one has
 * the answer.
 *
 * What both know goes through with double quotes for backquotes and no `;` at the end.
 *
 * @throws SyntaxError for DDL that can't be read.
 */
export function translateStatement(sql: string, options: TranslateOptions): readonly string[] {
  const words = firstWords(sql);
  const rule = RULES.find(([pattern]) => pattern.test(words));
  if (rule === undefined) return [toTrinoQuotes(sql)];
  return [rule[1](sql, options)].flat();
}

type Rule = (sql: string, options: TranslateOptions) => string | readonly string[];

const RULES: readonly (readonly [RegExp, Rule])[] = [
  [/^CREATE (EXTERNAL )?TABLE (?!.*\bAS (SELECT|WITH|\())/, createTable],
  [/^CREATE TABLE /, createTableAs],
  [/^(CREATE|DROP) (DATABASE|SCHEMA) /, database],
  [/^UNLOAD /, unload],
  [/^OPTIMIZE /, optimize],
  [/^VACUUM /, vacuum],
  [/^MSCK REPAIR TABLE /, repair],
  [/^ALTER TABLE \S+ (ADD|DROP) (IF (NOT )?EXISTS )?PARTITION/, partitions],
  [/^SHOW (DATABASES|SCHEMAS)/, showDatabases],
  [/^SHOW PARTITIONS /, showPartitions],
  [/^SHOW VIEWS/, showViews],
  [/^SHOW TABLES/, showTables],
];

// Upper case, comments left out, one space between: what the rules look at.
function firstWords(sql: string): string {
  return tokenize(sql)
    .map(({ kind, value }) => (kind === "text" ? "''" : value.toUpperCase()))
    .join(" ")
    .replaceAll(" . ", ".");
}

function createTable(sql: string, options: TranslateOptions): string {
  return writeCreateTable(parseCreateTable(sql), options);
}

// Properties of Athena's own are left out; the catalog follows from the kind of table.
function createTableAs(sql: string, options: TranslateOptions): string {
  const text = toTrinoQuotes(sql);
  const match =
    /^\s*CREATE\s+TABLE\s+(IF\s+NOT\s+EXISTS\s+)?([\w".]+)\s*(?:WITH\s*\(([\s\S]*?)\)\s*)?AS\b\s*([\s\S]*)$/i.exec(
      text,
    );
  if (match === null) throw new SyntaxError(`can not read ${text.slice(0, 80)}`);
  const [, exists = "", name = "", written = "", query = ""] = match;
  const entries = propertyEntries(written);
  const isIceberg = entries.some(([key, value]) => key === "table_type" && /iceberg/i.test(value));
  const kept = entries
    .filter(([key]) => !ATHENA_PROPERTIES.has(key))
    .map(([key, value]) => `${key} = ${key === "format" ? value.toUpperCase() : value}`);
  const catalog = isIceberg ? options.iceberg : options.hive;
  const parts = name.split(".").map((part) => part.replaceAll('"', ""));
  const properties = kept.length === 0 ? "" : ` WITH (${kept.join(", ")})`;
  return `CREATE TABLE ${exists.toUpperCase()}${tableName(parts, catalog, options)}${properties} AS ${query}`;
}

const ATHENA_PROPERTIES = new Set(["table_type", "is_external", "write_compression"]);

// `a = 'x', b = ARRAY['y', 'z']`: a comma inside of brackets is no end.
function propertyEntries(written: string): [string, string][] {
  return [...written.matchAll(/(\w+)\s*=\s*(ARRAY\s*\[[^\]]*\]|'(?:[^']|'')*'|\w+)/gi)].map(
    ([, key = "", value = ""]) => [key.toLowerCase(), value],
  );
}

function database(sql: string, { hive }: TranslateOptions): string {
  const reader = new TokenReader(tokenize(sql));
  const isCreate = reader.skip("CREATE");
  if (!isCreate) reader.expect("DROP");
  reader.take();
  const exists = reader.skip("IF", "NOT", "EXISTS") ? "IF NOT EXISTS " : "";
  const there = reader.skip("IF", "EXISTS") ? "IF EXISTS " : "";
  const name = `${quote(hive)}.${quote(reader.name().at(-1)!)}`;
  if (!isCreate) return `DROP SCHEMA ${there}${name}${reader.skip("CASCADE") ? " CASCADE" : ""}`;
  if (reader.skip("COMMENT")) reader.text();
  const location = reader.skip("LOCATION") ? ` WITH (location = ${literal(reader.text())})` : "";
  return `CREATE SCHEMA ${exists}${name}${location}`;
}

// Trino has no UNLOAD: a table over the folder writes the same files, and is then forgotten.
function unload(sql: string, options: TranslateOptions): readonly string[] {
  const match =
    /^\s*UNLOAD\s*\(([\s\S]*)\)\s*TO\s*'((?:[^']|'')*)'\s*(?:WITH\s*\(([\s\S]*)\)\s*)?$/i.exec(
      toTrinoQuotes(sql),
    );
  if (match === null) throw new SyntaxError(`can not read ${sql.slice(0, 80)}`);
  const [, query = "", location = "", written = ""] = match;
  const format = propertyEntries(written).find(([key]) => key === "format")?.[1] ?? "'PARQUET'";
  const name = tableName(["unload_target"], options.hive, options);
  return [
    `CREATE TABLE ${name} WITH (external_location = '${location}', format = ${format.toUpperCase()}) AS ${query.trim()}`,
    `DROP TABLE ${name}`,
  ];
}

function optimize(sql: string, options: TranslateOptions): string {
  const match =
    /^\s*OPTIMIZE\s+([\w".]+)\s+REWRITE\s+DATA\s+USING\s+BIN_PACK\s*(WHERE\s[\s\S]*)?$/i.exec(
      toTrinoQuotes(sql),
    );
  if (match === null) throw new SyntaxError(`can not read ${sql.slice(0, 80)}`);
  const [, name = "", where] = match;
  return `ALTER TABLE ${named(name, options.iceberg, options)} EXECUTE optimize${where ? ` ${where.trim()}` : ""}`;
}

function vacuum(sql: string, options: TranslateOptions): readonly string[] {
  const name = named(
    toTrinoQuotes(sql)
      .replace(/^\s*VACUUM\s+/i, "")
      .trim(),
    options.iceberg,
    options,
  );
  return [
    `ALTER TABLE ${name} EXECUTE expire_snapshots(retention_threshold => '7d')`,
    `ALTER TABLE ${name} EXECUTE remove_orphan_files(retention_threshold => '7d')`,
  ];
}

function repair(sql: string, options: TranslateOptions): string {
  const reader = new TokenReader(tokenize(sql));
  reader.expect("MSCK", "REPAIR", "TABLE");
  const [table, schema = options.database] = reader.name().toReversed();
  return `CALL ${quote(options.hive)}.system.sync_partition_metadata(${literal(schema)}, ${literal(table!)}, 'ADD')`;
}

// One call for each partition: several may stand in one statement.
function partitions(sql: string, options: TranslateOptions): readonly string[] {
  const reader = new TokenReader(tokenize(sql));
  reader.expect("ALTER", "TABLE");
  const [table, schema = options.database] = reader.name().toReversed();
  const isAdd = reader.skip("ADD");
  if (!isAdd) reader.expect("DROP");
  if (!reader.skip("IF", "NOT", "EXISTS")) reader.skip("IF", "EXISTS");
  const calls: string[] = [];
  while (reader.skip("PARTITION")) {
    const { names, values } = partitionSpec(reader);
    const target = `${literal(schema)}, ${literal(table!)}, ARRAY[${names.map(literal).join(", ")}], ARRAY[${values.map(literal).join(", ")}]`;
    const location = reader.skip("LOCATION") ? `, ${literal(reader.text())}` : "";
    const procedure = isAdd ? "register_partition" : "unregister_partition";
    calls.push(`CALL ${quote(options.hive)}.system.${procedure}(${target}${location})`);
    reader.skip(",");
  }
  return calls;
}

function partitionSpec(reader: TokenReader): { names: string[]; values: string[] } {
  const names: string[] = [];
  const values: string[] = [];
  reader.expect("(");
  do {
    names.push(reader.take().value);
    reader.expect("=");
    values.push(reader.take().value);
  } while (reader.skip(","));
  reader.expect(")");
  return { names, values };
}

// Columns are called as Athena calls them.
function showDatabases(_sql: string, { hive }: TranslateOptions): string {
  return `SELECT schema_name AS database_name FROM ${quote(hive)}.information_schema.schemata WHERE schema_name <> 'information_schema' ORDER BY 1`;
}

function showPartitions(sql: string, options: TranslateOptions): string {
  const reader = new TokenReader(tokenize(sql));
  reader.expect("SHOW", "PARTITIONS");
  const name = reader.name();
  return `SELECT * FROM ${tableName([...name.slice(0, -1), `${name.at(-1)!}$partitions`], options.hive, options)}`;
}

function showViews(sql: string, options: TranslateOptions): string {
  const database = databaseOf(sql, options);
  return `SELECT table_name AS views FROM ${quote(options.hive)}.information_schema.views WHERE table_schema = ${literal(database)} ORDER BY 1`;
}

function showTables(sql: string, options: TranslateOptions): string {
  const pattern = /'((?:[^']|'')*)'\s*;?\s*$/.exec(sql)?.[1];
  const like =
    pattern === undefined ? "" : ` AND table_name LIKE '${pattern.replaceAll("*", "%")}'`;
  return `SELECT table_name AS tab_name FROM ${quote(options.hive)}.information_schema.tables WHERE table_schema = ${literal(databaseOf(sql, options))}${like} ORDER BY 1`;
}

function databaseOf(sql: string, { database }: TranslateOptions): string {
  const match = /\b(?:IN|FROM)\s+([\w`".]+)/i.exec(sql);
  return match?.[1]?.replaceAll(/[`"]/g, "").split(".").at(-1) ?? database;
}

function named(name: string, catalog: string, options: TranslateOptions): string {
  return tableName(
    name.split(".").map((part) => part.replaceAll('"', "")),
    catalog,
    options,
  );
}
