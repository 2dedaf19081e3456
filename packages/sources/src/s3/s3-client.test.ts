import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { S3Client } from "@aws-sdk/client-s3";
import { refuse, type S3Request } from "@turnaway/testing/s3-server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deliver, environment, REGION, s3Fixture, type S3Fixture } from "../../test/s3-fixture.ts";
import { downloadObjects } from "./download-objects.ts";
import { listS3Source } from "./list-source.ts";
import { createS3Client } from "./s3-client.ts";

let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture({ region: "eu-west-1" });
  deliver(s3.objects, { at: "2026-11-19T12:00" });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await s3.close();
});

describe("createS3Client", () => {
  test.each(["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"])(
    "talks to %s, path style",
    async (name) => {
      const { AWS_ENDPOINT_URL: url, ...env } = environment(s3.server.url, "eu-west-1");
      const client = await createS3Client({ ...env, [name]: url });
      expect((await listS3Source("s3://logs", { client })).objects).toHaveLength(1);
      expect(s3.server.requests[0]).toMatchObject({ bucket: "logs", status: 200 });
    },
  );

  test.each([
    ["AWS_REGION", { AWS_REGION: "eu-west-1" }, "eu-west-1"],
    ["AWS_DEFAULT_REGION", { AWS_DEFAULT_REGION: "eu-west-1" }, "eu-west-1"],
    ["nothing", {}, "us-east-1"],
  ])("takes the region from %s", async (_what, env, region) => {
    vi.stubEnv("AWS_REGION", undefined);
    vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent");
    expect(await (await createS3Client(env)).config.region()).toBe(region);
  });

  test("follows a bucket to its own region with one request", async () => {
    const client = await createS3Client(environment(s3.server.url, REGION), { bucket: "logs" });
    expect(s3.server.requests.map(({ operation, status }) => [operation, status])).toEqual([
      ["HeadBucket", 301],
    ]);
    expect(await client.config.region()).toBe("eu-west-1");
    expect((await listS3Source("s3://logs", { client })).objects).toHaveLength(1);
  });

  test("leaves a bucket that is not there to whoever lists it", async () => {
    const env = environment(s3.server.url);
    const client = await createS3Client(env, { bucket: "none" });
    await expect(listS3Source("s3://none", { client })).rejects.toThrow("no bucket named none");
  });

  test("says that there are no credentials", async () => {
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"]) {
      vi.stubEnv(name, undefined);
    }
    vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent");
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    const client = await createS3Client({ AWS_ENDPOINT_URL: s3.server.url, AWS_REGION: REGION });
    await expect(listS3Source("s3://logs", { client })).rejects.toMatchObject({
      code: "AWS",
      message: expect.stringMatching(/no AWS credentials were found: .*Set AWS_PROFILE, run/s),
    });
  });
});

test("a session that expires under parallel downloads is renewed by its provider", async () => {
  for (let hour = 10; hour < 20; hour++) deliver(s3.objects, { at: `2026-11-19T${hour}:00` });
  const isOldGet = ({ operation, credential }: S3Request): boolean =>
    operation === "GetObject" && credential?.accessKeyId === "OLD";
  s3.server.inject({ when: isOldGet, fault: refuse(400, "ExpiredToken") });
  let calls = 0;
  const client = new S3Client({
    endpoint: s3.server.url,
    region: "eu-west-1",
    forcePathStyle: true,
    credentials: async () => {
      calls += 1;
      return { accessKeyId: calls === 1 ? "OLD" : `NEW${calls}`, secretAccessKey: "secret" };
    },
  });
  const { objects } = await listS3Source("s3://logs", { client });
  const { files } = await downloadObjects(objects, { client, cacheDir: s3.cacheDir });
  expect(files).toHaveLength(10);
  expect(s3.server.requests.filter(isOldGet).length).toBeGreaterThan(1);
});

test("the SDK is loaded with the first client, not with the package", async () => {
  const script = `
    const { registerHooks } = await import("node:module");
    let loaded = 0;
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier.startsWith("@aws-sdk/client-s3")) loaded += 1;
        return next(specifier, context);
      },
    });
    const { createS3Client } = await import("./src/s3/index.ts");
    const before = loaded;
    await createS3Client({ AWS_REGION: "us-east-1" });
    console.log(JSON.stringify([before > 0, loaded > 0]));`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "--eval", script],
    { cwd: new URL("../..", import.meta.url) },
  );
  expect(JSON.parse(stdout)).toEqual([false, true]);
});
