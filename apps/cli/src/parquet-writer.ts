import { writeFileSync } from "node:fs";
import path from "node:path";

import type { LogFormat } from "@turnaway/core";
import { makeTempFolder, openDuckdb, quoteLiteral, textScan } from "@turnaway/engines/duckdb";

/** Writes log text as Parquet with the columns and widths that AWS uses. */
export interface ParquetWriter {
  write(file: string, text: Iterable<string>, format: LogFormat): Promise<void>;
  close(): void;
}

export async function openParquetWriter(): Promise<ParquetWriter> {
  const temp = makeTempFolder();
  const database = await openDuckdb({ tempDir: temp.path });
  return {
    async write(file, text, format) {
      const plain = path.join(temp.path, "records.txt");
      const [, ...records] = [...text].join("").split("\n");
      writeFileSync(plain, records.join("\n"));
      await database.connection.run(
        `COPY (SELECT * FROM ${textScan({ format, paths: [plain] })}) TO ${quoteLiteral(file)} (FORMAT parquet, COMPRESSION gzip)`,
      );
    },
    close() {
      database.close();
      temp.remove();
    },
  };
}
