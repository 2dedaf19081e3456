import type { ListObjectsV2CommandInput, ListObjectsV2CommandOutput } from "@aws-sdk/client-s3";
import type { S3Sender } from "@turnaway/sources/s3";

import { factsOf } from "../../aws/error-facts.ts";
import { findMissingPermission, iamPermission } from "../../aws/missing-permission.ts";

/** What the doctor asks of S3. */
export interface S3Probe {
  list(input: ListObjectsV2CommandInput): Promise<ListObjectsV2CommandOutput>;
  /** Reads the first byte. */
  touch(bucket: string, key: string): Promise<void>;
}

export async function createS3Probe(client: S3Sender): Promise<S3Probe> {
  const { GetObjectCommand, ListObjectsV2Command } = await import("@aws-sdk/client-s3");
  return {
    list: (input) => client.send(new ListObjectsV2Command(input)),
    async touch(bucket, key) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key, Range: "bytes=0-0" });
      const { Body } = await client.send(command);
      await Body?.transformToByteArray();
    },
  };
}

export interface FolderContent {
  readonly objects: number;
  readonly bytes: number;
  /** Greatest key, which for flow logs is the newest of one flow log. */
  readonly keys: readonly string[];
}

/** Everything below a folder, at most so many pages of it. */
export async function readFolder(
  s3: S3Probe,
  bucket: string,
  prefix: string,
): Promise<FolderContent> {
  const keys: string[] = [];
  let bytes = 0;
  let token: string | undefined;
  let pages = 0;
  do {
    const page = await s3.list({
      Bucket: bucket,
      Prefix: prefix,
      ...(token !== undefined && { ContinuationToken: token }),
    });
    for (const { Key = "", Size = 0 } of page.Contents ?? []) {
      keys.push(Key);
      bytes += Size;
    }
    token = page.NextContinuationToken;
    pages += 1;
  } while (token !== undefined && pages < MOST_PAGES);
  return { objects: keys.length, bytes, keys };
}

/** Names of the folders directly below a prefix, without the prefix. */
export async function readFolders(s3: S3Probe, bucket: string, prefix: string): Promise<string[]> {
  const page = await s3.list({ Bucket: bucket, Prefix: prefix, Delimiter: "/" });
  return (page.CommonPrefixes ?? []).flatMap(({ Prefix = "" }) =>
    Prefix === "" ? [] : [Prefix.slice(prefix.length)],
  );
}

/** What S3 said, and the permission to add. */
export function explainS3(
  error: unknown,
  permission: "s3:ListBucket" | "s3:GetObject",
  bucket: string,
): { readonly what: string; readonly fix: string } {
  const { name, message, status } = factsOf(error);
  const resource = `arn:aws:s3:::${bucket}${permission === "s3:GetObject" ? "/*" : ""}`;
  if (status === 403 || name.startsWith("AccessDenied")) {
    const found = findMissingPermission(message) ?? iamPermission(permission, resource);
    return { what: `the permission ${found.permission} is missing`, fix: found.fix };
  }
  if (name === "NoSuchBucket") {
    return { what: `there is no bucket ${bucket}`, fix: "correct logs.bucket in turnaway.yml" };
  }
  return { what: `S3 answered ${name}${message && `: ${message}`}`, fix: "run again" };
}

const MOST_PAGES = 20;
