import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { findField } from "@turnaway/core/fields";
import { parquetMetadata, type FileMetaData, type SchemaElement } from "hyparquet";

import type { FileProblem } from "./file-outcome.ts";
import { parquetDamaged } from "./parquet-damaged.ts";

/** A Parquet file of flow-log records, as its footer describes it. */
export interface ParquetTable {
  readonly columns: readonly ParquetColumn[];
  readonly records: number;
}

export interface ParquetColumn {
  /** With underscores, lower case: `pkt_srcaddr`. */
  readonly name: string;
  /** As the file spells it. */
  readonly source: string;
  /** As a log format names it: `pkt-srcaddr`. */
  readonly field: string;
  readonly type: "int" | "bigint" | "string" | "other";
}

/**
 * Reads the footer of a Parquet file. Nothing else: the engine decodes the pages.
 *
 * Refused are files that are cut off or whose footer is damaged, and those whose
 * columns are not a flow log's: an engine would count their rows as empty records.
 */
export function readParquetFooter(file: string): ParquetTable | FileProblem {
  const footer = readFooter(file);
  if (footer === undefined) {
    return parquetDamaged("the Parquet file is cut off: its closing PAR1 is missing");
  }
  let meta: FileMetaData;
  try {
    meta = parquetMetadata(footer.bytes);
  } catch (error) {
    return parquetDamaged(`the footer of the Parquet file is damaged: ${String(error)}`);
  }
  if (lastByteOf(meta) > footer.fileSize) {
    return parquetDamaged("the Parquet file is damaged: its footer names bytes beyond its end");
  }
  return tableOf(meta);
}

/** The footer with its length and magic: what the metadata parser wants to see. */
function readFooter(file: string): { bytes: ArrayBuffer; fileSize: number } | undefined {
  const fd = openSync(file, "r");
  try {
    const fileSize = fstatSync(fd).size;
    if (fileSize < SMALLEST_PARQUET) return undefined;
    const tail = readAt(fd, fileSize - 8, 8);
    if (tail.toString("latin1", 4) !== "PAR1") return undefined;
    const length = tail.readUInt32LE() + 8;
    if (length > Math.min(fileSize - 4, MAX_FOOTER)) return undefined;
    const bytes = readAt(fd, fileSize - length, length);
    return { bytes: new Uint8Array(bytes).buffer, fileSize };
  } finally {
    closeSync(fd);
  }
}

const SMALLEST_PARQUET = 12;
const MAX_FOOTER = 64 * 1024 * 1024;

function readAt(fd: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(fd, bytes, 0, length, position);
  return bytes;
}

function lastByteOf(meta: FileMetaData): number {
  const ends = meta.row_groups.flatMap((group) =>
    group.columns.map(({ meta_data: column }) =>
      column === undefined
        ? 0
        : Number(column.dictionary_page_offset ?? column.data_page_offset) +
          Number(column.total_compressed_size),
    ),
  );
  return ends.reduce((last, end) => Math.max(last, end), 0);
}

function tableOf(meta: FileMetaData): ParquetTable | FileProblem {
  const leaves = meta.schema.filter((element) => element.type !== undefined);
  const columns = leaves.map(columnOf);
  const known = columns.filter((column) => findField(column.name) !== undefined);
  const isFlowLog = known.some(({ name }) => MARKS.has(name)) && known.length * 2 >= columns.length;
  const names = columns.map(({ name }) => name);
  if (!isFlowLog) {
    const shown = names.slice(0, 4).join(", ");
    return {
      code: "FORMAT_UNSUPPORTED",
      detail: `it looks like a Parquet file with the columns ${shown}, not flow logs`,
      partial: true,
    };
  }
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    return parquetDamaged(`two columns of the Parquet file are named ${twice}`);
  return { columns, records: Number(meta.num_rows) };
}

/** Columns that other kinds of table hardly have; `start` or `type` alone say nothing. */
const MARKS = new Set([
  "srcaddr",
  "dstaddr",
  "pkt_srcaddr",
  "interface_id",
  "log_status",
  "tgw_attachment_id",
]);

function columnOf(element: SchemaElement): ParquetColumn {
  const name = element.name.toLowerCase().replaceAll(/[^a-z0-9]/g, "_");
  const field = findField(name)?.name ?? name;
  return { name, source: element.name, field, type: typeOf(element) };
}

function typeOf(element: SchemaElement): ParquetColumn["type"] {
  if (element.type === "BYTE_ARRAY") return "string";
  if (element.type === "INT32" && isPlainInteger(element)) return "int";
  if (element.type === "INT64" && isPlainInteger(element)) return "bigint";
  return "other";
}

function isPlainInteger({ converted_type: converted }: SchemaElement): boolean {
  return converted === undefined || /^U?INT_/.test(converted);
}
