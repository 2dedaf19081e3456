import { type Token, tokenize, TokenReader } from "./tokens.ts";
import { trinoType } from "./trino-type.ts";

/** `CREATE [EXTERNAL] TABLE` as Athena has it. */
export interface CreateTable {
  readonly ifNotExists: boolean;
  readonly name: readonly string[];
  readonly columns: readonly TableColumn[];
  readonly partitions: readonly TablePartition[];
  readonly comment: string | null;
  readonly serde: string | null;
  readonly delimiter: string | null;
  readonly storedAs: string | null;
  readonly location: string | null;
  readonly properties: Readonly<Record<string, string>>;
}

export interface TableColumn {
  readonly name: string;
  /** As Trino writes it. */
  readonly type: string;
  readonly comment: string | null;
}

/** A partition column of Hive, or a transform of Iceberg, which has no type. */
export interface TablePartition {
  readonly name: string;
  readonly type: string | null;
  readonly comment: string | null;
}

/** @throws SyntaxError for what Athena would not take, and for what nobody here writes. */
export function parseCreateTable(sql: string): CreateTable {
  const reader = new TokenReader(tokenize(sql));
  reader.expect("CREATE");
  reader.skip("EXTERNAL");
  reader.expect("TABLE");
  const ifNotExists = reader.skip("IF", "NOT", "EXISTS");
  const name = reader.name();
  const columns = list(reader, column);
  const table: Mutable = {
    ifNotExists,
    name,
    columns,
    partitions: [],
    comment: null,
    serde: null,
    delimiter: null,
    storedAs: null,
    location: null,
    properties: {},
  };
  while (!reader.done) readClause(reader, table);
  return table;
}

type Mutable = { -readonly [Key in keyof CreateTable]: CreateTable[Key] };

function readClause(reader: TokenReader, table: Mutable): void {
  if (reader.skip("COMMENT")) table.comment = reader.text();
  else if (reader.skip("PARTITIONED", "BY")) table.partitions = list(reader, partition);
  else if (reader.skip("ROW", "FORMAT", "SERDE")) table.serde = reader.text();
  else if (reader.skip("ROW", "FORMAT", "DELIMITED")) table.serde = "delimited";
  else if (reader.skip("FIELDS", "TERMINATED", "BY")) table.delimiter = reader.text();
  else if (reader.skip("LINES", "TERMINATED", "BY")) reader.text();
  else if (reader.skip("ESCAPED", "BY")) reader.text();
  else if (reader.skip("WITH", "SERDEPROPERTIES")) {
    table.delimiter = Object.fromEntries(list(reader, property))["field.delim"] ?? table.delimiter;
  } else if (reader.skip("STORED", "AS", "INPUTFORMAT")) {
    table.storedAs = reader.text();
    reader.expect("OUTPUTFORMAT");
    reader.text();
  } else if (reader.skip("STORED", "AS")) table.storedAs = reader.take().value;
  else if (reader.skip("LOCATION")) table.location = reader.text();
  else if (reader.skip("TBLPROPERTIES")) {
    table.properties = Object.fromEntries(list(reader, property));
  } else if (!reader.skip(";")) throw reader.unexpected("a clause of CREATE TABLE");
}

function list<Item>(reader: TokenReader, item: (reader: TokenReader) => Item): Item[] {
  reader.expect("(");
  const items = [item(reader)];
  while (reader.skip(",")) items.push(item(reader));
  reader.expect(")");
  return items;
}

function column(reader: TokenReader): TableColumn {
  const name = reader.take().value;
  const type = trinoType(readType(reader));
  return { name, type, comment: reader.skip("COMMENT") ? reader.text() : null };
}

// A transform of Iceberg reads `bucket(16, client)`; Trino has its arguments the other way.
function partition(reader: TokenReader): TablePartition {
  const name = reader.take().value;
  if (reader.peek()?.value === "(") {
    const args = list(reader, (r) => r.take().value);
    return { name: `${name}(${args.toReversed().join(", ")})`, type: null, comment: null };
  }
  const next = reader.peek();
  if (next === undefined || next.value === "," || next.value === ")") {
    return { name, type: null, comment: null };
  }
  const type = trinoType(readType(reader));
  return { name, type, comment: reader.skip("COMMENT") ? reader.text() : null };
}

function property(reader: TokenReader): [string, string] {
  const key = reader.text();
  reader.expect("=");
  return [key, reader.text()];
}

// Everything to the comma, the bracket or the comment that ends it.
function readType(reader: TokenReader): string {
  let type = "";
  let depth = 0;
  for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
    if (depth === 0 && endsType(token)) return type;
    if (token.value === "(" || token.value === "<") depth += 1;
    if (token.value === ")" || token.value === ">") depth -= 1;
    type += reader.take().value;
  }
  return type;
}

function endsType({ kind, value }: Token): boolean {
  if (kind === "sign") return value === "," || value === ")";
  return kind === "word" && value.toUpperCase() === "COMMENT";
}
