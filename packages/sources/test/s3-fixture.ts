import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { S3Client } from "@aws-sdk/client-s3";
import { flowLogKey, type S3Layout } from "@turnaway/core";
import {
  memoryBucket,
  startS3Server,
  type S3Server,
  type StoredObject,
} from "@turnaway/testing/s3-server";
import { createS3Client } from "../src/s3/s3-client.ts";

export const ACCOUNT = "123456789012";
export const REGION = "us-east-1";

export type Objects = Map<string, Uint8Array | StoredObject>;

/** A bucket named `logs` on a loopback server, a client for it and an empty cache folder. */
export interface S3Fixture {
  readonly objects: Objects;
  readonly server: S3Server;
  readonly client: S3Client;
  readonly cacheDir: string;
  /** What stands in the cache, temporary files included. */
  cached(): Promise<string[]>;
  close(): Promise<void>;
}

export async function s3Fixture(
  options: { pageSize?: number; maxAttempts?: number; stallMs?: number; region?: string } = {},
): Promise<S3Fixture> {
  const objects: Objects = new Map();
  const { pageSize = 1000, region = REGION, ...clientOptions } = options;
  const server = await startS3Server({
    buckets: { logs: memoryBucket(objects, region) },
    pageSize,
  });
  const client = await createS3Client(environment(server.url, region), clientOptions);
  const cacheDir = await mkdtemp(path.join(tmpdir(), "turnaway-s3-"));
  return {
    objects,
    server,
    client,
    cacheDir,
    cached: () => readdir(path.join(cacheDir, "logs")).catch(() => []),
    async close() {
      client.destroy();
      await server.close();
      await rm(cacheDir, { recursive: true, force: true });
    },
  };
}

export function environment(endpoint: string, region = REGION): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: "AKIDLOOPBACK",
    AWS_SECRET_ACCESS_KEY: "secret",
  };
}

export interface Delivery {
  readonly base?: string;
  readonly layout?: S3Layout;
  readonly account?: string;
  readonly region?: string;
  /** `2026-11-19T07:05`, UTC. */
  readonly at: string;
}

/** Puts one flow-log file into the bucket where AWS would, and returns its key. */
export function deliver(objects: Objects, delivery: Delivery): string {
  const deliveredAt = Date.parse(`${delivery.at}:00Z`) / 1000;
  const key = flowLogKey({
    base: delivery.base ?? "",
    layout: delivery.layout ?? "default",
    account: delivery.account ?? ACCOUNT,
    region: delivery.region ?? REGION,
    flowLogId: "fl-0a1b2c3d",
    deliveredAt,
    hash: "fe123456",
    ext: "log.gz",
    day: delivery.at.slice(0, 10),
  });
  objects.set(key, gzipSync(`version account-id\n2 ${key}\n`));
  return key;
}
