import { TurnawayError } from "@turnaway/core";

export interface S3Uri {
  readonly bucket: string;
  /** As given, without a leading slash; may name a folder, an object or nothing. */
  readonly prefix: string;
}

export function isS3Uri(source: string): boolean {
  return source.startsWith("s3://");
}

/** Throws USAGE for anything that is no `s3://bucket/prefix`, globs included. */
export function parseS3Uri(uri: string): S3Uri {
  const match = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/+(.*))?$/s.exec(uri);
  if (match === null) {
    throw new TurnawayError("USAGE", {
      what: "Not an S3 source",
      where: uri,
      why: "a bucket name is 3 to 63 lower-case letters, digits, dots and hyphens",
      fix: "write s3://bucket or s3://bucket/prefix",
    });
  }
  const [, bucket = "", prefix = ""] = match;
  if (/[*?]/.test(prefix)) {
    throw new TurnawayError("USAGE", {
      what: "An S3 source can not hold a glob",
      where: uri,
      why: "S3 lists by prefix, not by pattern",
      fix: `give the folder: s3://${bucket}/${prefix.replace(/[^/]*[*?].*$/s, "")}`,
    });
  }
  return { bucket, prefix };
}
