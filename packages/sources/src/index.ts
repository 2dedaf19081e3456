export type { ParquetGroup, TextGroup } from "./batch-groups.ts";
export { addCoverage, type FileCoverage } from "./coverage.ts";
export { listLocalSources, type ListOptions, type SourceListing } from "./list-local.ts";
export type { ParquetColumn } from "./parquet.ts";
export {
  readBatches,
  type Batch,
  type BatchReader,
  type ReadLimits,
  type ReadOptions,
  type ReadProgress,
} from "./read-batches.ts";
export type { SourceFile } from "./source-file.ts";
