import { describe, expect, it } from "vitest";

import { deploymentOf } from "../test/template-of.ts";
import { policyToMerge } from "./delivery-policy.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

describe("what a person has to merge", () => {
  it.each<[string, string, string[] | null]>([
    ["is nothing where all is made", "logs: { bucket: flow, encryption: kms }", null],
    ["is nothing where no file is delivered", "cloudwatch: { logGroup: /flow }", null],
    [
      "goes into an existing bucket",
      "logs: { bucket: flow, createBucket: false }",
      ["policy of the bucket flow", "request metrics of the bucket flow"],
    ],
    [
      "goes into an existing key",
      `logs: { bucket: flow, encryption: kms, kmsKey: "${KEY}" }`,
      [`policy of the key ${KEY}`],
    ],
    [
      "goes into an existing bucket of access logs",
      "logs: { bucket: flow, accessLogs: seen }",
      ["policy of the bucket seen"],
    ],
    [
      "leaves the access logs of an existing bucket alone",
      `logs: { bucket: flow, createBucket: false, accessLogs: seen, encryption: kms, kmsKey: "${KEY}" }`,
      [
        "policy of the bucket flow",
        "request metrics of the bucket flow",
        `policy of the key ${KEY}`,
      ],
    ],
  ])("%s", (_what, yaml, places) => {
    const text = policyToMerge(deploymentOf(`${yaml}\n`));
    expect(text === null ? null : Object.keys(JSON.parse(text) as object)).toEqual(places);
  });

  it("reads as a person copies it", async () => {
    const text = policyToMerge(
      deploymentOf(
        `logs: { bucket: flow, createBucket: false, prefix: net, layout: hive, encryption: kms, kmsKey: "${KEY}" }\n`,
      ),
    );
    await expect(text).toMatchFileSnapshot("golden/policy-to-merge.json");
  });
});
