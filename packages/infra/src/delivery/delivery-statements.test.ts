import { TurnawayError } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import {
  deliveryKeyStatement,
  type DeliveryScope,
  deliveryStatements,
} from "./delivery-statements.ts";

const SCOPE: DeliveryScope = {
  bucketArn: "arn:aws:s3:::flow",
  prefixes: [""],
  layout: "default",
  accounts: ["111111111111", "222222222222"],
  regions: ["eu-central-1", "us-east-1"],
  partition: "aws",
};

const accountIds = (count: number) =>
  Array.from({ length: count }, (_, i) => `${100000000000 + i}`);

describe("the objects that may be delivered", () => {
  it.each<[string, Partial<DeliveryScope>, string[]]>([
    [
      "lie in a folder for each account",
      {},
      ["arn:aws:s3:::flow/AWSLogs/111111111111/*", "arn:aws:s3:::flow/AWSLogs/222222222222/*"],
    ],
    [
      "lie in a folder that Hive understands",
      { layout: "hive-hourly", accounts: ["111111111111"], prefixes: ["net/"] },
      ["arn:aws:s3:::flow/net/AWSLogs/aws-account-id=111111111111/*"],
    ],
    [
      "of transit gateways lie apart",
      { prefixes: ["net/", "net/transit-gateways/"], accounts: ["111111111111"] },
      [
        "arn:aws:s3:::flow/net/AWSLogs/111111111111/*",
        "arn:aws:s3:::flow/net/transit-gateways/AWSLogs/111111111111/*",
      ],
    ],
  ])("%s", (_what, scope, resources) => {
    const [write] = deliveryStatements({ ...SCOPE, ...scope });
    expect(write).toMatchObject({
      Sid: "AWSLogDeliveryWrite",
      Action: ["s3:PutObject"],
      Resource: resources,
    });
  });
});

describe("every statement", () => {
  const statements = [...deliveryStatements(SCOPE), deliveryKeyStatement(SCOPE)];

  it.each(statements.map((one) => [one.Sid, one] as const))(
    "lets only the service in, for these accounts and regions: %s",
    (_sid, statement) => {
      expect(statement.Principal).toEqual({ Service: "delivery.logs.amazonaws.com" });
      expect(statement.Condition["StringEquals"]).toMatchObject({
        "aws:SourceAccount": SCOPE.accounts,
      });
      expect(statement.Condition["ArnLike"]).toEqual({
        "aws:SourceArn": [
          "arn:aws:logs:eu-central-1:111111111111:*",
          "arn:aws:logs:us-east-1:111111111111:*",
          "arn:aws:logs:eu-central-1:222222222222:*",
          "arn:aws:logs:us-east-1:222222222222:*",
        ],
      });
    },
  );

  it("asks for the owner's control of what is written", () => {
    expect(statements[0]!.Condition["StringEquals"]).toMatchObject({
      "s3:x-amz-acl": ["bucket-owner-full-control"],
    });
  });
});

describe("a policy longer than S3 takes", () => {
  it.each([
    [60, 1],
    [30, 4],
  ])("is still short with %i accounts in %i regions", (accounts, regions) => {
    expect(() => deliveryStatements(many(accounts, regions))).not.toThrow();
  });

  it.each([
    [120, 1],
    [60, 4],
  ])("is refused with %i accounts in %i regions, and says what to do", (accounts, regions) => {
    const attempt = () => deliveryStatements(many(accounts, regions));
    expect(attempt).toThrow(TurnawayError);
    expect(attempt).toThrow(
      /\(accounts\): \d+ accounts in \d+ regions? need \d+ bytes.*20480\. List fewer/,
    );
  });

  function many(accounts: number, regions: number): DeliveryScope {
    return {
      ...SCOPE,
      layout: "hive",
      accounts: accountIds(accounts),
      regions: Array.from({ length: regions }, (_, i) => `eu-central-${i + 1}`),
    };
  }
});
