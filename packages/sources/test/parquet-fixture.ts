import { parquetWriteBuffer } from "hyparquet-writer";

/** A Parquet file of text columns, `rows` rows long. */
export function parquetFile(columns: readonly string[], rows: number): Buffer {
  return Buffer.from(
    parquetWriteBuffer({
      columnData: columns.map((name) => ({
        name,
        data: Array.from({ length: rows }, (_, i) => `${name}-${i}`),
        type: "STRING",
      })),
    }),
  );
}
