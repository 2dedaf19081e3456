import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { CreateBucketCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliver, environment, type Objects } from "../../test/s3-fixture.ts";
import { downloadObjects } from "./download-objects.ts";
import { listS3Source } from "./list-source.ts";
import { createS3Client } from "./s3-client.ts";

// A second opinion on what S3 says, by people who do not know this code. Needs Python's
// moto[server]; without it the loopback server of @turnaway/testing stands alone.
const hasMoto = spawnSync("python3", ["-c", "import moto.server, flask"]).status === 0;

describe.runIf(hasMoto)("against moto", () => {
  const objects: Objects = new Map();
  let moto: ChildProcess;
  let client: S3Client;
  let cacheDir: string;

  beforeAll(async () => {
    moto = spawn("python3", ["-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"]);
    client = await createS3Client(environment(await announcedUrl(moto)));
    cacheDir = await mkdtemp(path.join(tmpdir(), "turnaway-moto-"));
    await client.send(new CreateBucketCommand({ Bucket: "logs" }));
    for (const layout of ["default", "hive-hourly"] as const) {
      for (const day of ["18", "19", "20", "21"]) {
        for (const time of ["00:05", "12:00", "23:55"]) {
          deliver(objects, { layout, at: `2026-11-${day}T${time}` });
        }
      }
    }
    for (const [Key, Body] of objects as Map<string, Uint8Array>) {
      await client.send(new PutObjectCommand({ Bucket: "logs", Key, Body }));
    }
  }, 60_000);

  afterAll(async () => {
    client.destroy();
    moto.kill();
    await once(moto, "exit");
    await rm(cacheDir, { recursive: true });
  });

  test("a day is listed and downloaded", async () => {
    const window = { start: Date.UTC(2026, 10, 19) / 1000, end: Date.UTC(2026, 10, 20) / 1000 };
    const listing = await listS3Source("s3://logs", { client, window });
    expect(listing.objects).toHaveLength(2 * 4);
    const { files, problems } = await downloadObjects(listing.objects, { client, cacheDir });
    expect(problems).toEqual([]);
    for (const [index, file] of files.entries()) {
      expect(await readFile(file.path)).toEqual(objects.get(listing.objects[index]!.key));
    }
  });

  test("the newest whole day is found", async () => {
    expect((await listS3Source("s3://logs", { client })).day).toBe("2026-11-21");
  });

  test("a bucket that is not there is named", async () => {
    await expect(listS3Source("s3://none", { client })).rejects.toThrow("no bucket named none");
  });
});

async function announcedUrl(server: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: server.stderr! })) {
    const url = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (url === undefined) continue;
    server.stderr!.resume();
    return url;
  }
  throw new Error("moto did not start");
}
