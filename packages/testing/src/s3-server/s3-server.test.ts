import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  S3Client,
} from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { CHECKSUM_ALGORITHMS, crc64nvme } from "./checksums.ts";
import {
  folderBucket,
  memoryBucket,
  refuse,
  startS3Server,
  type S3Server,
  type StoredObject,
} from "./index.ts";

const KEYS = ["a/1", "a/2", "a/b/3", "a/b/4", "c/5 ü&<.gz", "top"];
const objects = new Map<string, Uint8Array | StoredObject>(
  KEYS.map((key) => [key, Buffer.from(`body of ${key}`)]),
);

let server: S3Server;
let client: S3Client;

beforeAll(async () => {
  const buckets = { logs: memoryBucket(objects), far: memoryBucket(new Map(), "eu-west-1") };
  server = await startS3Server({ buckets, pageSize: 2 });
  client = clientOf(server.url);
});

beforeEach(() => server.reset());
afterAll(() => server.close());

describe("ListObjectsV2", () => {
  test.each([
    ["everything, page by page", {}, KEYS, []],
    ["one folder", { Prefix: "a/" }, KEYS.slice(0, 4), []],
    ["folders before keys below them", { Delimiter: "/" }, ["top"], ["a/", "c/"]],
    ["the children of a folder", { Prefix: "a/", Delimiter: "/" }, ["a/1", "a/2"], ["a/b/"]],
    ["what comes after a key", { StartAfter: "a/b/3" }, KEYS.slice(3), []],
    ["nothing where nothing is", { Prefix: "x/" }, [], []],
  ])("lists %s", async (_what, input, keys, folders) => {
    expect(await listAll(client, input)).toEqual({ keys, folders });
  });

  test("counts a folder as one key of a page", async () => {
    const page = await client.send(new ListObjectsV2Command({ Bucket: "logs", Delimiter: "/" }));
    expect(page).toMatchObject({ IsTruncated: true, KeyCount: 2 });
  });
});

describe("GetObject", () => {
  test.each([
    ["the whole object", undefined, "body of a/1", 200],
    ["a range", "bytes=5-6", "of", 206],
    ["an open range", "bytes=8-", "a/1", 206],
    ["the last bytes", "bytes=-3", "a/1", 206],
  ])("sends %s", async (_what, Range, body, status) => {
    const answer = await client.send(new GetObjectCommand({ Bucket: "logs", Key: "a/1", Range }));
    expect(await answer.Body?.transformToString()).toBe(body);
    expect(answer.$metadata.httpStatusCode).toBe(status);
  });

  test.each(CHECKSUM_ALGORITHMS)("sends a %s that the SDK accepts", async (checksum) => {
    objects.set("sum", { body: Buffer.from("123456789"), checksum });
    const command = new GetObjectCommand({ Bucket: "logs", Key: "sum", ChecksumMode: "ENABLED" });
    const answer = await client.send(command);
    expect(await answer.Body?.transformToString()).toBe("123456789");
    objects.delete("sum");
  });

  test("knows the check value of CRC-64/NVME", () => {
    expect(crc64nvme(Buffer.from("123456789"))).toBe(0xae8b14860a799888n);
  });
});

describe("refuses", () => {
  test.each([
    ["a bucket that is not there", { Bucket: "none" }, "NoSuchBucket", 404],
    ["a bucket of another region", { Bucket: "far" }, "PermanentRedirect", 301],
  ])("%s", async (_what, input, name, status) => {
    await expect(client.send(new ListObjectsV2Command(input))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: status },
    });
  });

  test("a key that is not there", async () => {
    const command = new GetObjectCommand({ Bucket: "logs", Key: "none" });
    await expect(client.send(command)).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("an object that changed", async () => {
    const command = new GetObjectCommand({ Bucket: "logs", Key: "a/1", IfMatch: '"old"' });
    await expect(client.send(command)).rejects.toMatchObject({ name: "PreconditionFailed" });
  });

  test("a request without a signature", async () => {
    const answer = await fetch(`${server.url}/logs?list-type=2`);
    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining("not signed"),
    ]);
  });
});

describe("faults", () => {
  const isGet = (request: { operation: string }): boolean => request.operation === "GetObject";
  const get = async (): Promise<string | undefined> => {
    const answer = await client.send(new GetObjectCommand({ Bucket: "logs", Key: "a/1" }));
    return answer.Body?.transformToString();
  };

  test("hit as often as the rule says, and then no more", async () => {
    server.inject({ when: isGet, times: 2, fault: refuse(503, "SlowDown") });
    await expect(get()).rejects.toMatchObject({ name: "SlowDown" });
    await expect(get()).rejects.toMatchObject({ name: "SlowDown" });
    await expect(get()).resolves.toBe("body of a/1");
    expect(server.requests.map((request) => request.status)).toEqual([503, 503, 200]);
  });

  test.each(["reset", "truncate"] as const)("%s ends in an error", async (kind) => {
    server.inject({ when: isGet, fault: { kind } });
    await expect(get()).rejects.toThrow();
  });

  test("corrupt changes bytes and no length", async () => {
    objects.set("a/1", { body: Buffer.from("body of a/1"), checksum: "none" });
    server.inject({ when: isGet, fault: { kind: "corrupt" } });
    const bytes = await get();
    expect(bytes).not.toBe("body of a/1");
    expect(bytes?.slice(0, 5)).toBe("body ");
    objects.set("a/1", Buffer.from("body of a/1"));
  });

  test.each(["hang", "stall"] as const)("%s waits until the client gives up", async (kind) => {
    server.inject({ when: isGet, fault: { kind } });
    const signal = AbortSignal.timeout(100);
    const url = `${server.url}/logs/a/1`;
    const answer = fetch(url, { signal }).then((response) => response.text());
    await expect(answer).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

test("a folder is a bucket", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "s3-server-"));
  await mkdir(path.join(folder, "a/b"), { recursive: true });
  await writeFile(path.join(folder, "a/b/x.log"), "hello");
  const other = await startS3Server({ buckets: { disk: folderBucket(folder, "eu-west-1") } });
  const disk = clientOf(other.url, "eu-west-1");
  expect(await listAll(disk, { Bucket: "disk" })).toEqual({ keys: ["a/b/x.log"], folders: [] });
  const location = await disk.send(new GetBucketLocationCommand({ Bucket: "disk" }));
  expect(location.LocationConstraint).toBe("eu-west-1");
  const head = await disk.send(new HeadBucketCommand({ Bucket: "disk" }));
  expect(head.BucketRegion).toBe("eu-west-1");
  await other.close();
  await rm(folder, { recursive: true });
});

afterEach(() => {
  for (const request of server.requests) expect(request.operation).not.toBe("Unsupported");
});

function clientOf(endpoint: string, region = "us-east-1"): S3Client {
  return new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: "AKIDLOOPBACK", secretAccessKey: "secret" },
  });
}

async function listAll(
  from: S3Client,
  input: { Bucket?: string; Prefix?: string; Delimiter?: string; StartAfter?: string },
): Promise<{ keys: string[]; folders: string[] }> {
  const keys: string[] = [];
  const folders: string[] = [];
  let token: string | undefined;
  do {
    const page = await from.send(
      new ListObjectsV2Command({ Bucket: "logs", ...input, ContinuationToken: token }),
    );
    keys.push(...(page.Contents ?? []).map((object) => object.Key ?? ""));
    folders.push(...(page.CommonPrefixes ?? []).map((common) => common.Prefix ?? ""));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return { keys, folders };
}
