import { parseFlowLogFileName, type QueryEngine } from "@turnaway/core";
import { listS3Source, objectIdentity, type S3Sender } from "@turnaway/sources/s3";
import { partitionPredicate, RAW_TABLE, type RawScope } from "@turnaway/sql";

/** A delivered file, as a listing shows it. */
export interface DeliveredFile {
  /** Changes when the content does, as far as the listing knows. */
  readonly identity: string;
  /** Bytes as stored. */
  readonly size: number;
  /** Unix seconds, as its name says. */
  readonly deliveredAt: number;
}

/** Half-open, Unix seconds. */
export interface DeliverySpan {
  readonly start: number;
  readonly end: number;
}

/** The files that were delivered in the span, in any order. */
export type ListFiles = (
  span: DeliverySpan,
  signal?: AbortSignal,
) => Promise<readonly DeliveredFile[]>;

/** Lists objects of the bucket: reads no log, and knows a file that was written anew. */
export function listFilesInS3(client: S3Sender, uri: string): ListFiles {
  return async (span, signal) => {
    const { objects } = await listS3Source(uri, {
      client,
      window: span,
      settleHours: 0,
      ...(signal === undefined ? {} : { signal }),
    });
    return objects.flatMap((object) => {
      const { deliveredAt, size } = object;
      if (deliveredAt === null || deliveredAt < span.start || deliveredAt >= span.end) return [];
      return [{ identity: objectIdentity(object), size, deliveredAt }];
    });
  };
}

/**
 * Asks the engine for the hidden columns of the raw table. Of text that reads every byte of
 * the span, of Parquet its footers: for an engine whose files nobody but it may list.
 */
export function listFilesBySql(engine: QueryEngine, scope: RawScope): ListFiles {
  return async (span, signal) => {
    const { rows } = await engine.run(
      {
        name: "list-files",
        sql: `SELECT "$path" AS path, max("$file_size") AS size FROM ${RAW_TABLE} WHERE ${partitionPredicate(scope, span)} GROUP BY "$path"`,
      },
      signal,
    );
    return rows.flatMap((row) => {
      const path = String(row["path"]);
      const deliveredAt = parseFlowLogFileName(path.slice(path.lastIndexOf("/") + 1))?.deliveredAt;
      if (deliveredAt === undefined || deliveredAt < span.start || deliveredAt >= span.end)
        return [];
      return [
        { identity: `${path} ${String(row["size"])}`, size: Number(row["size"]), deliveredAt },
      ];
    });
  };
}
