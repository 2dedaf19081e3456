import { describe, expect, it } from "vitest";

import { policyAllows, type PolicyRequest } from "./policy-allows.ts";

const REQUEST: PolicyRequest = {
  service: "delivery.logs.amazonaws.com",
  action: "s3:PutObject",
  resource: "arn:aws:s3:::flow/AWSLogs/111111111111/vpcflowlogs/eu-central-1/2026/11/19/x.log.gz",
  context: {
    "aws:sourceaccount": "111111111111",
    "aws:sourcearn": "arn:aws:logs:eu-central-1:111111111111:delivery-source/x",
    "aws:securetransport": "true",
  },
};

const ALLOW = {
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::flow/AWSLogs/111111111111/*",
};

const allows = (...statements: object[]) => policyAllows({ Statement: statements }, REQUEST);

describe("a policy lets the service in", () => {
  it.each<[string, object]>([
    ["when it says so", {}],
    ["for any action of S3", { Action: ["s3:Get*", "S3:*"] }],
    ["by a service among others", { Principal: { Service: ["x", REQUEST.service] } }],
    ["when it lets in everybody", { Principal: "*" }],
    ["when it lets in everybody of AWS", { Principal: { AWS: "*" } }],
    ["for a part of the path", { Resource: ["arn:aws:s3:::flow/*/vpcflowlogs/eu-central-?/*"] }],
    [
      "under conditions that hold",
      {
        Condition: {
          StringEquals: { "AWS:SourceAccount": ["9", "111111111111"] },
          ArnLike: { "aws:SourceArn": "arn:aws:logs:*:111111111111:*" },
          Bool: { "aws:SecureTransport": true },
        },
      },
    ],
    [
      "when a condition is about something else",
      { Condition: { StringEqualsIfExists: { "aws:x": "1" } } },
    ],
  ])("%s", (_when, change) => {
    expect(allows({ ...ALLOW, ...change })).toBe(true);
  });

  it("as its only statement that is no list", () => {
    expect(policyAllows({ Statement: ALLOW }, REQUEST)).toBe(true);
  });
});

describe("a policy does not let the service in", () => {
  it.each<[string, object]>([
    ["when it is for another service", { Principal: { Service: "logging.s3.amazonaws.com" } }],
    ["when it is for a role", { Principal: { AWS: "arn:aws:iam::1:role/x" } }],
    ["for another action", { Action: "s3:PutObjectAcl" }],
    ["for another account's folder", { Resource: "arn:aws:s3:::flow/AWSLogs/222222222222/*" }],
    ["for the bucket alone", { Resource: "arn:aws:s3:::flow" }],
    ["for a folder in another case", { Resource: "arn:aws:s3:::flow/awslogs/*" }],
    [
      "for another account",
      { Condition: { StringEquals: { "aws:SourceAccount": "222222222222" } } },
    ],
    ["for another region", { Condition: { ArnLike: { "aws:SourceArn": "arn:aws:logs:us-*" } } }],
    [
      "where a key is asked for that nobody sends",
      { Condition: { StringEquals: { "aws:x": "1" } } },
    ],
    [
      "by an operator that is not understood",
      { Condition: { DateLessThan: { "aws:SourceAccount": "1" } } },
    ],
    ["by what it does not name", { Action: undefined, NotAction: "s3:DeleteObject" }],
    ["without a principal", { Principal: undefined }],
  ])("%s", (_when, change) => {
    expect(allows({ ...ALLOW, ...change })).toBe(false);
  });

  it("when another statement denies it", () => {
    const deny = { ...ALLOW, Effect: "Deny", Principal: "*", Action: "s3:*" };
    expect(allows(ALLOW, deny)).toBe(false);
    expect(
      allows(ALLOW, { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } }),
    ).toBe(true);
  });

  it.each([undefined, null, {}, [], "text", { Statement: null }])("when it is %j", (policy) => {
    expect(policyAllows(policy, REQUEST)).toBe(false);
  });
});
