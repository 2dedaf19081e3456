import { refuse, type Fault } from "@turnaway/testing/s3-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { deliver, environment, s3Fixture, type S3Fixture } from "../../test/s3-fixture.ts";
import { listS3Source } from "./list-source.ts";
import { createS3Client, type S3Sender } from "./s3-client.ts";

let s3: S3Fixture;

beforeEach(async () => {
  s3 = await s3Fixture({ pageSize: 2, maxAttempts: 2, stallMs: 200 });
  for (const hour of ["00", "01", "02"]) deliver(s3.objects, { at: `2026-11-19T${hour}:00` });
});
afterEach(() => s3.close());

describe("a listing that fails is one line with what to do", () => {
  test.each<[string, Fault, string]>([
    [
      "denied",
      refuse(403, "AccessDenied"),
      "access denied: the permission s3:ListBucket is missing. Allow s3:ListBucket on arn:aws:s3:::logs in the role's policy and the bucket policy.",
    ],
    [
      "no bucket",
      refuse(404, "NoSuchBucket"),
      "there is no bucket named logs. Check the name, and that AWS_ENDPOINT_URL and the profile are the intended ones.",
    ],
    [
      "expired",
      refuse(400, "ExpiredToken"),
      "the AWS session has expired (ExpiredToken). Sign in again and repeat the command: what was downloaded is kept.",
    ],
    [
      "wrong secret",
      refuse(403, "SignatureDoesNotMatch"),
      "AWS does not accept the access key (SignatureDoesNotMatch). Check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN.",
    ],
    [
      "another region",
      {
        ...refuse(301, "PermanentRedirect"),
        headers: { "x-amz-bucket-region": "eu-west-1" },
      } as Fault,
      "the bucket is in the region eu-west-1. Set AWS_REGION=eu-west-1.",
    ],
    [
      "skewed clock",
      refuse(403, "RequestTimeTooSkewed"),
      "this machine's clock is off by more than 15 minutes. Set the clock.",
    ],
    [
      "overloaded",
      refuse(503, "SlowDown"),
      "S3 answered SlowDown (503), 2 times in a row. Run again in some minutes.",
    ],
    [
      "an error of another kind",
      refuse(400, "InvalidArgument", "no <such> thing"),
      "S3 answered InvalidArgument: no <such> thing.",
    ],
    [
      "no S3 at all",
      { kind: "garbage" },
      "the answer is not a listing of S3's. Check AWS_ENDPOINT_URL and whether a proxy answers instead of S3.",
    ],
  ])("%s", async (_what, fault, rest) => {
    s3.server.inject({ when: () => true, fault });
    expect(await failure(s3.client)).toEqual({
      code: "AWS",
      message: `Can not list (s3://logs/): ${rest}`,
    });
  });

  test.each<[string, Fault]>([
    ["reset", { kind: "reset" }],
    ["hang", { kind: "hang" }],
    ["truncate", { kind: "truncate" }],
    ["stall", { kind: "stall" }],
  ])("%s", async (_what, fault) => {
    s3.server.inject({ when: () => true, fault });
    const { code, message } = await failure(s3.client);
    expect([code, message]).toEqual([
      "AWS",
      expect.stringContaining("Can not list (s3://logs/): "),
    ]);
    expect(message).toMatch(/can not be reached|is not S3's/);
  });

  test("nobody listens at the endpoint", async () => {
    await s3.server.close();
    const { message } = await failure(s3.client);
    expect(message).toMatch(
      /S3 can not be reached in 2 attempts \(ECONNREFUSED.*Check the network/,
    );
  });

  test("a host name that does not resolve", async () => {
    const client = await createS3Client(environment("http://nowhere.invalid"), { maxAttempts: 1 });
    expect((await failure(client)).message).toMatch(/can not be reached \((ENOTFOUND|EAI_AGAIN)/);
  });
});

test("a second page that fails is an error, never a short listing", async () => {
  const secondPage = ({ query }: { query: URLSearchParams }) => query.has("continuation-token");
  s3.server.inject({ when: secondPage, fault: refuse(500, "InternalError") });
  expect(await failure(s3.client)).toMatchObject({
    code: "AWS",
    message: expect.stringContaining("InternalError"),
  });
});

test.each<[string, Fault]>([
  ["reset", { kind: "reset" }],
  ["hang", { kind: "hang" }],
  ["500", refuse(500, "InternalError")],
  ["503", refuse(503, "SlowDown")],
])("a passing %s is survived", async (_what, fault) => {
  s3.server.inject({ when: () => true, times: 1, fault });
  expect((await listS3Source("s3://logs", { client: s3.client })).objects).toHaveLength(3);
});

test("an interrupted listing stops at once", async () => {
  s3.server.inject({ when: () => true, fault: { kind: "hang" } });
  const controller = new AbortController();
  const running = listS3Source("s3://logs", { client: s3.client, signal: controller.signal });
  await expect.poll(() => s3.server.requests.length).toBe(1);
  controller.abort();
  await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
});

test("an interruption does not wait for a client that sleeps between two tries", async () => {
  const controller = new AbortController();
  const asleep = { send: () => new Promise(() => controller.abort()) } as unknown as S3Sender;
  const running = listS3Source("s3://logs", { client: asleep, signal: controller.signal });
  await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
});

async function failure(client: S3Sender): Promise<{ code: string; message: string }> {
  const error = await listS3Source("s3://logs", { client }).catch((thrown: unknown) => thrown);
  const { code, message } = error as { code: string; message: string };
  return { code, message };
}
