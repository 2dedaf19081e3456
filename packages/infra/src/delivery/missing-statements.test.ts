import { S3_LAYOUTS } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { deploymentOf } from "../../test/template-of.ts";
import type { Deployment } from "../deployment.ts";
import { deliveryScope } from "./delivery-scope.ts";
import { deliveryKeyStatement, deliveryStatements } from "./delivery-statements.ts";
import { logPlace } from "./log-place.ts";
import { missingKeyStatements, missingStatements } from "./missing-statements.ts";

const KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

const deployment = (more = "") =>
  deploymentOf(`accounts: ["111111111111", "222222222222"]
regions: [eu-central-1, us-east-1]
infrastructure: { account: "111111111111", region: eu-central-1 }
logs: { bucket: flow, createBucket: false, prefix: net${more} }
`);

const wanted = (of: Deployment) => deliveryStatements(deliveryScope(of, logPlace(of)!));
const policy = (...statements: object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });
const missing = (live: string | null, of = deployment()) =>
  missingStatements(live, of).map(({ Sid }) => Sid);

const BOTH = ["AWSLogDeliveryWrite", "AWSLogDeliveryAclCheck"];

describe("a bucket's policy lacks", () => {
  it.each(S3_LAYOUTS)("nothing of what was merged into it, %s", (layout) => {
    const of = deployment(`, layout: ${layout}`);
    expect(missing(policy({ Sid: "Own", Effect: "Deny" }, ...wanted(of)), of)).toEqual([]);
  });

  it("nothing where somebody wrote the same in other words", () => {
    const conditions = {
      StringLike: { "aws:SourceAccount": ["1*", "222222222222"] },
      ArnEquals: { "aws:SourceArn": "arn:aws:logs:*:*:*" },
    };
    const service = { Effect: "Allow", Principal: { Service: ["delivery.logs.amazonaws.com"] } };
    const live = [
      { ...service, Action: "s3:Put*", Resource: "arn:aws:s3:::flow/net/*", Condition: conditions },
      { ...service, Action: ["s3:ListBucket", "s3:GetBucketAcl"], Resource: "arn:aws:s3:::flow" },
    ];
    expect(missing(policy(...live))).toEqual([]);
  });

  it.each<[string, (statement: object) => object | null, string[]]>([
    ["everything when there is none", () => null, BOTH],
    ["everything when it is for another service", withPrincipal("cloudtrail.amazonaws.com"), BOTH],
    ["everything when one account is not named", forAccount("111111111111"), BOTH],
    ["everything when one region is not named", fromRegion("eu-central-1"), BOTH],
    ["the objects when they lie elsewhere", at("arn:aws:s3:::flow/AWSLogs/*"), [BOTH[0]!]],
    [
      "the objects when the other layout was meant",
      at("arn:aws:s3:::flow/net/AWSLogs/aws*"),
      [BOTH[0]!],
    ],
  ])("%s", (_what, change, sids) => {
    const live = wanted(deployment()).map((one) => change(one));
    expect(missing(live.includes(null) ? null : policy(...(live as object[])))).toEqual(sids);
  });

  it("what transit gateways need once there is one", () => {
    const gateway = "transitGateways: [{ id: tgw-0a1b2c3d }]\n";
    const logs = "logs: { bucket: flow, createBucket: false }\n";
    const before = policy(...wanted(deploymentOf(logs)));
    expect(missing(before, deploymentOf(logs))).toEqual([]);
    expect(missing(before, deploymentOf(logs + gateway))).toEqual(["AWSLogDeliveryWrite"]);
  });

  it("what another statement denies", () => {
    const deny = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: "*" };
    expect(missing(policy(...wanted(deployment()), deny))).toEqual(["AWSLogDeliveryWrite"]);
  });

  it("nothing that can be said when it is no JSON", () => {
    expect(() => missing("<html>")).toThrow(
      "a policy can't be read (bucket flow): it is not JSON.",
    );
  });
});

describe("a key's policy lacks", () => {
  const of = deployment(`, encryption: kms, kmsKey: "${KEY}"`);
  const statement = deliveryKeyStatement(deliveryScope(of, logPlace(of)!));

  it.each<[string, object[], number]>([
    ["nothing of what was merged into it", [statement], 0],
    ["nothing where all of KMS is allowed", [{ ...statement, Action: "kms:*" }], 0],
    ["its statement where a call is missing", [{ ...statement, Action: ["kms:Decrypt"] }], 1],
    [
      "its statement where only the owner is let in",
      [{ ...statement, Principal: { AWS: "1" } }],
      1,
    ],
  ])("%s", (_what, live, count) => {
    expect(missingKeyStatements(policy(...live), of)).toHaveLength(count);
  });

  it("nothing where the deployment makes its own", () => {
    expect(missingKeyStatements(null, deployment())).toEqual([]);
  });
});

function withPrincipal(service: string) {
  return (statement: object) => ({ ...statement, Principal: { Service: service } });
}

function forAccount(account: string) {
  return (statement: object) => ({
    ...statement,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  });
}

function fromRegion(region: string) {
  return (statement: object) => ({
    ...statement,
    Condition: { ArnLike: { "aws:SourceArn": `arn:aws:logs:${region}:*:*` } },
  });
}

function at(resource: string) {
  return (statement: object) =>
    "Action" in statement && (statement.Action as string[]).includes("s3:PutObject")
      ? { ...statement, Resource: resource }
      : statement;
}
