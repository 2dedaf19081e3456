import { parseFlowLogFileName } from "@turnaway/core";
import { listS3Source, objectIdentity, type S3Sender } from "@turnaway/sources/s3";

/** A delivered file, as a listing shows it. */
export interface DeliveredFile {
  /** Changes when the content does, as far as the listing knows. */
  readonly identity: string;
  /** Bytes as stored. */
  readonly size: number;
  /** Unix seconds, as its name says. */
  readonly deliveredAt: number;
  /** Whose interfaces logged it. */
  readonly account: string;
  readonly region: string;
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
      const { key, size } = object;
      const name = parseFlowLogFileName(key.slice(key.lastIndexOf("/") + 1));
      if (name === undefined) return [];
      const { deliveredAt, account, region } = name;
      if (deliveredAt < span.start || deliveredAt >= span.end) return [];
      return [{ identity: objectIdentity(object), size, deliveredAt, account, region }];
    });
  };
}
