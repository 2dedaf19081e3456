import { readFile, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { TurnawayError } from "@turnaway/core";
import { refuse, type Fault, type StoredObject } from "@turnaway/testing/s3-server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deliver, s3Fixture, type S3Fixture } from "../../test/s3-fixture.ts";
import { downloadObjects, type Download, type DownloadOptions } from "./download-objects.ts";
import { listS3Source } from "./list-source.ts";
import type { S3Object } from "./s3-object.ts";

let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture({ maxAttempts: 3, stallMs: 300 });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  expect((await s3.cached()).filter((name) => name.endsWith(".part"))).toEqual([]);
  await s3.close();
});

test("files come in the order of the objects, with what their keys say", async () => {
  const objects = await deliverDay(20);
  const { files, problems, downloaded } = await download(objects);
  expect(files.map(({ name }) => name)).toEqual(objects.map(({ key }) => `s3://logs/${key}`));
  expect(files[3]).toMatchObject({
    size: objects[3]!.size,
    identity: `${objects[3]!.etag}:${objects[3]!.size}`,
    day: "2026-11-19",
    deliveredAt: Date.parse("2026-11-19T03:00:00Z") / 1000,
    path: expect.stringMatching(/\.log\.gz$/),
  });
  for (const [index, file] of files.entries()) {
    expect(await readFile(file.path)).toEqual(bodyOf(objects[index]!));
  }
  expect([problems, downloaded]).toEqual([[], 20]);
});

test("progress ends at all files and all bytes, also where a download was repeated", async () => {
  const objects = await deliverDay(5);
  s3.server.inject({ when: isGet, times: 2, fault: { kind: "truncate" } });
  const totalBytes = objects.reduce((sum, { size }) => sum + size, 0);
  const seen: unknown[] = [];
  await download(objects, { onProgress: (progress) => seen.push(progress) });
  expect(seen.at(-1)).toEqual({ files: 5, totalFiles: 5, bytes: totalBytes, totalBytes });
});

describe("the cache", () => {
  test("serves a second run without a request", async () => {
    const objects = await deliverDay(6);
    const first = await download(objects);
    s3.server.reset();
    const second = await download(objects);
    expect(second).toEqual({ ...first, downloaded: 0, reused: 6 });
    expect(s3.server.requests).toEqual([]);
  });

  test.each<[string, (file: string) => Promise<void>]>([
    ["cut short", (file) => truncate(file, 10)],
    ["emptied", (file) => truncate(file, 0)],
    ["changed in one byte", flipLastByte],
  ])("fetches a file again that was %s", async (_what, damage) => {
    const objects = await deliverDay(3);
    const { files } = await download(objects);
    await damage(files[1]!.path);
    const again = await download(objects);
    expect(again).toMatchObject({ downloaded: 1, reused: 2 });
    expect(await readFile(again.files[1]!.path)).toEqual(bodyOf(objects[1]!));
    expect(await s3.cached()).toHaveLength(3);
  });

  test("does not serve an object that was overwritten under the same key and size", async () => {
    const [object] = await deliverDay(1);
    await download([object!]);
    s3.objects.set(object!.key, Buffer.alloc(object!.size, 7));
    const [changed] = await listDay();
    const { files, downloaded } = await download([changed!]);
    expect(downloaded).toBe(1);
    expect(await readFile(files[0]!.path)).toEqual(Buffer.alloc(object!.size, 7));
  });

  test("brings an object that is given twice once", async () => {
    const [object] = await deliverDay(1);
    expect(await download([object!, object!])).toMatchObject({ files: [{}], downloaded: 1 });
  });

  test("is safe for two runs at once", async () => {
    const objects = await deliverDay(10);
    const [one, two] = await Promise.all([download(objects), download(objects)]);
    expect(one.files).toEqual(two.files);
    expect(await s3.cached()).toHaveLength(10);
  });

  test("that can not be written is an OUTPUT error naming the folder", async () => {
    const objects = await deliverDay(2);
    await writeFile(path.join(s3.cacheDir, "logs"), "a file where the folder should be");
    await expect(download(objects)).rejects.toMatchObject({
      code: "OUTPUT",
      detail: { where: path.join(s3.cacheDir, "logs") },
    });
  });
});

describe("a passing fault is survived, and what lies on disk is right", () => {
  const faults: Fault[] = [
    { kind: "reset" },
    { kind: "hang" },
    { kind: "truncate" },
    { kind: "stall" },
    { kind: "short" },
    { kind: "corrupt" },
    refuse(500, "InternalError"),
    refuse(503, "SlowDown"),
  ];
  test.each(faults.map((fault) => [nameOf(fault), fault] as const))("%s", async (_name, fault) => {
    const objects = await deliverDay(3);
    s3.server.inject({ when: isGet, times: 2, fault });
    const { files, problems } = await download(objects);
    expect(problems).toEqual([]);
    for (const [index, file] of files.entries()) {
      expect(await readFile(file.path)).toEqual(bodyOf(objects[index]!));
    }
  });
});

describe("a wrong byte is noticed", () => {
  const md5 = "0cc175b9c0f1b6a831c399e269772661";
  test.each<[string, Omit<StoredObject, "body">]>([
    ["by the MD5 alone", { checksum: "none" }],
    ["by CRC32 where the ETag is a multipart one", { checksum: "crc32", etag: `${md5}-2` }],
    ["by CRC64NVME where the ETag is a multipart one", { checksum: "crc64nvme", etag: `${md5}-2` }],
    ["by SHA-256 under a KMS key", { checksum: "sha256", etag: md5, encryption: "aws:kms" }],
  ])("%s", async (_how, how) => {
    // The laxest of the SDK's settings must not turn the check off.
    vi.stubEnv("AWS_RESPONSE_CHECKSUM_VALIDATION", "WHEN_REQUIRED");
    await s3.close();
    s3 = await s3Fixture({ maxAttempts: 3 });
    const objects = await deliverDay(2, how);
    s3.server.inject({ when: isGetOf(objects[0]!), fault: { kind: "corrupt" } });
    const { files, problems } = await download(objects);
    expect(files.map(({ name }) => name)).toEqual([`s3://logs/${objects[1]!.key}`]);
    expect(problems).toMatchObject([{ detail: expect.stringContaining("arrived damaged") }]);
  });
});

describe("one object that can not be read is a problem, the others are files", () => {
  const kms =
    "User: arn:aws:iam::1:role/r is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:1:key/ab-1";
  test.each<[string, Fault, string]>([
    ["denied", refuse(403, "AccessDenied"), "the permission s3:GetObject is missing"],
    [
      "KMS denied",
      refuse(403, "AccessDenied", kms),
      "kms:Decrypt is missing for the key arn:aws:kms:us-east-1:1:key/ab-1",
    ],
    ["KMS key disabled", refuse(400, "KMS.DisabledException"), "can not be used"],
    ["archived", refuse(403, "InvalidObjectState"), "archived"],
    ["deleted", refuse(404, "NoSuchKey"), "deleted after it was listed"],
    ["overwritten", refuse(412, "PreconditionFailed"), "overwritten after it was listed"],
    ["always 503", refuse(503, "SlowDown"), "SlowDown (503), 3 times in a row"],
    ["always cut", { kind: "truncate" }, "4 downloads in a row arrived damaged"],
    ["always short", { kind: "short" }, "4 downloads in a row arrived damaged"],
  ])("%s", async (_what, fault, detail) => {
    const objects = await deliverDay(4);
    s3.server.inject({ when: isGetOf(objects[2]!), fault });
    const { files, problems } = await download(objects);
    expect(files).toHaveLength(3);
    expect(problems).toEqual([
      {
        code: "S3_OBJECT_UNREADABLE",
        where: `s3://logs/${objects[2]!.key}`,
        detail: expect.stringContaining(detail),
        partial: true,
      },
    ]);
  });

  test("but when it is all of them, the run fails with the first", async () => {
    const objects = await deliverDay(4);
    s3.server.inject({ when: isGet, fault: refuse(403, "AccessDenied") });
    await expect(download(objects)).rejects.toMatchObject({
      code: "AWS",
      exitCode: 4,
      message: expect.stringMatching(/s3:GetObject on arn:aws:s3:::logs\/\* in the role/),
    });
  });
});

describe("what would hit every object ends the run", () => {
  test.each<[string, Fault, string]>([
    ["an expired token", refuse(400, "ExpiredToken"), "the AWS session has expired"],
    ["an unknown key", refuse(403, "InvalidAccessKeyId"), "does not accept the access key"],
    ["a connection that is always cut", { kind: "reset" }, "can not be reached in 3 attempts"],
    ["a server that never answers", { kind: "hang" }, "can not be reached in 3 attempts"],
  ])("%s", async (_what, fault, why) => {
    const objects = await deliverDay(4);
    s3.server.inject({ when: isGetOf(objects[1]!), fault });
    const error = await download(objects, { concurrency: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "AWS", message: expect.stringContaining(why) });
    expect(s3.server.requests.some(isGetOf(objects[2]!))).toBe(false);
    s3.server.reset();
    expect(await download(objects)).toMatchObject({ downloaded: 3, reused: 1 });
  });
});

describe("an interruption", () => {
  test.each<[string, Fault]>([
    ["while waiting for an answer", { kind: "hang" }],
    ["in the middle of a body", { kind: "stall" }],
    ["between two tries", refuse(503, "SlowDown")],
  ])("%s ends at once and leaves no part file", async (_what, fault) => {
    await s3.close();
    s3 = await s3Fixture({ maxAttempts: 20, stallMs: 60_000 });
    const objects = await deliverDay(8);
    s3.server.inject({ when: isGet, fault });
    const controller = new AbortController();
    const running = download(objects, { signal: controller.signal, concurrency: 4 });
    await expect.poll(() => s3.server.requests.filter(isGet).length).toBeGreaterThanOrEqual(4);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: "INTERRUPTED", exitCode: 130 });
  });

  test("is told by the reason that the caller gave", async () => {
    const objects = await deliverDay(1);
    const reason = new TurnawayError("TERMINATED", { what: "Stopped", why: "SIGTERM" });
    await expect(download(objects, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

async function deliverDay(count: number, how?: Omit<StoredObject, "body">): Promise<S3Object[]> {
  for (let hour = 0; hour < count; hour++) {
    const key = deliver(s3.objects, { at: `2026-11-19T${String(hour).padStart(2, "0")}:00` });
    const body = s3.objects.get(key) as Uint8Array;
    if (how !== undefined) s3.objects.set(key, { body, ...how });
  }
  return listDay();
}

async function listDay(): Promise<S3Object[]> {
  const { objects } = await listS3Source("s3://logs", { client: s3.client });
  s3.server.requests.length = 0;
  return objects;
}

async function download(
  objects: readonly S3Object[],
  options: Partial<DownloadOptions> = {},
): Promise<Download> {
  return downloadObjects(objects, { client: s3.client, cacheDir: s3.cacheDir, ...options });
}

function bodyOf({ key }: S3Object): Uint8Array {
  const stored = s3.objects.get(key)!;
  return stored instanceof Uint8Array ? stored : stored.body;
}

type IsRequest = (request: { operation: string; key: string }) => boolean;

function isGet({ operation }: { operation: string }): boolean {
  return operation === "GetObject";
}

function isGetOf(object: S3Object): IsRequest {
  return ({ operation, key }) => operation === "GetObject" && key === object.key;
}

function nameOf(fault: Fault): string {
  return fault.kind === "refuse" ? `${fault.status} ${fault.code}` : fault.kind;
}

async function flipLastByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  bytes[bytes.length - 1] = bytes.at(-1)! ^ 1;
  await writeFile(file, bytes);
}
