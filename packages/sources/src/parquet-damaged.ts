import type { FileProblem } from "./file-outcome.ts";

/** A Parquet file that can't be read to its end. */
export function parquetDamaged(detail: string): FileProblem {
  return { code: "PARQUET_DAMAGED", detail, partial: true };
}
