import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dayPrefixes,
  flowLogKey,
  parseFlowLogFileName,
  parseFlowLogFolder,
  parseFlowLogKey,
  partitionTemplate,
  S3_LAYOUTS,
  type FlowLogKey,
} from "./layouts.ts";

const ACCOUNT = "123456789012";
const FILE = `${ACCOUNT}_vpcflowlogs_us-east-1_fl-0a1b2c3d_20261119T0705Z_fe123456.log.gz`;
const PLAIN = `AWSLogs/${ACCOUNT}/vpcflowlogs/us-east-1/2026/11/19/`;
const HIVE = `AWSLogs/aws-account-id=${ACCOUNT}/aws-service=vpcflowlogs/aws-region=us-east-1/year=2026/month=11/day=19/`;

describe("parseFlowLogKey", () => {
  const cases: Array<[string, Partial<FlowLogKey>]> = [
    [PLAIN + FILE, { base: "", layout: "default", hour: null }],
    [`${PLAIN}07/${FILE}`, { base: "", layout: "hourly", hour: "07" }],
    [HIVE + FILE, { base: "", layout: "hive", hour: null }],
    [`${HIVE}hour=07/${FILE}`, { base: "", layout: "hive-hourly", hour: "07" }],
    [`team/net/${PLAIN}${FILE}`, { base: "team/net/", layout: "default" }],
    [`AWSLogs/${PLAIN}${FILE}`, { base: "AWSLogs/" }],
    [PLAIN + FILE.replace("log.gz", "log.parquet"), { ext: "log.parquet" }],
  ];
  test.each(cases)("reads %s", (key, expected) => {
    expect(parseFlowLogKey(key)).toMatchObject({
      account: ACCOUNT,
      region: "us-east-1",
      flowLogId: "fl-0a1b2c3d",
      deliveredAt: Date.UTC(2026, 10, 19, 7, 5) / 1000,
      day: "2026-11-19",
      ...expected,
    });
  });

  test.each([
    ["another service", PLAIN.replace("vpcflowlogs", "elasticloadbalancing") + FILE],
    ["no AWSLogs folder", PLAIN.slice("AWSLogs/".length) + FILE],
    ["a folder more", `${PLAIN}07/05/${FILE}`],
    ["a month that is none", PLAIN.replace("/11/", "/13/") + FILE],
    ["plain and Hive mixed", HIVE.replace("year=", "") + FILE],
    ["another account's file", PLAIN + FILE.replace(ACCOUNT, "999999999999")],
    ["a stamp that is no time", PLAIN + FILE.replace("20261119", "20260231")],
    ["the folder marker", PLAIN],
    ["a file above the day", `AWSLogs/${ACCOUNT}/vpcflowlogs/us-east-1/2026/${FILE}`],
  ])("refuses %s", (_what, key) => {
    expect(parseFlowLogKey(key)).toBeUndefined();
  });

  test("gives back every key that flowLogKey writes", () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const parsed = parseFlowLogKey(flowLogKey(key));
        expect(parsed).toEqual({ ...key, hour: parsed?.hour });
        expect(flowLogKey(parsed!)).toBe(flowLogKey(key));
      }),
    );
  });

  test("finds the folder of every key among the day prefixes", () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const [prefix] = dayPrefixes(key.base, key.layout, {
          accounts: [key.account],
          regions: [key.region],
          day: key.day,
        });
        expect(flowLogKey(key).startsWith(prefix!)).toBe(true);
      }),
    );
  });
});

test("dayPrefixes has one entry for each account and region", () => {
  expect(
    dayPrefixes("", "hourly", {
      accounts: [ACCOUNT, "999999999999"],
      regions: ["us-east-1", "eu-west-1"],
      day: "2026-01-02",
    }),
  ).toEqual([
    `AWSLogs/${ACCOUNT}/vpcflowlogs/us-east-1/2026/01/02/`,
    `AWSLogs/${ACCOUNT}/vpcflowlogs/eu-west-1/2026/01/02/`,
    "AWSLogs/999999999999/vpcflowlogs/us-east-1/2026/01/02/",
    "AWSLogs/999999999999/vpcflowlogs/eu-west-1/2026/01/02/",
  ]);
});

describe("parseFlowLogFolder", () => {
  test.each([
    ["AWSLogs/", "account"],
    [`x/AWSLogs/${ACCOUNT}/`, "service"],
    [`AWSLogs/aws-account-id=${ACCOUNT}/`, "service"],
    [`AWSLogs/${ACCOUNT}/vpcflowlogs/`, "region"],
    [`AWSLogs/${ACCOUNT}/vpcflowlogs/us-gov-west-1/`, "year"],
    [PLAIN, "hour"],
    [`${HIVE}hour=23/`, null],
  ])("says what comes below %s", (prefix, next) => {
    expect(parseFlowLogFolder(prefix)).toMatchObject({ next });
  });

  test.each(["", "logs/", "AWSLogs", "myAWSLogs/", `AWSLogs/${ACCOUNT}/Config/`])(
    "knows that %j is in no layout",
    (prefix) => {
      expect(parseFlowLogFolder(prefix)).toBeUndefined();
    },
  );
});

test("parseFlowLogFileName needs no folder", () => {
  expect(parseFlowLogFileName(FILE)).toMatchObject({ account: ACCOUNT, ext: "log.gz" });
  expect(parseFlowLogFileName("eni-1-all.gz")).toBeUndefined();
});

test.each([
  ["hourly", "b/AWSLogs/${account}/vpcflowlogs/${region}/${year}/${month}/${day}/${hour}/"],
  [
    "hive",
    "b/AWSLogs/aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}/year=${year}/month=${month}/day=${day}/",
  ],
] as const)("partitionTemplate of %s names every level that varies", (layout, template) => {
  expect(partitionTemplate("b/", layout)).toBe(template);
});

const SECONDS_2100 = Date.UTC(2100, 0, 1) / 1000;

const anyKey: fc.Arbitrary<Omit<FlowLogKey, "hour">> = fc
  .record({
    base: fc.constantFrom("", "a/", "team one/net=1/", "AWSLogs/", "2026/"),
    layout: fc.constantFrom(...S3_LAYOUTS),
    account: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom("us-east-1", "us-gov-west-1", "ap-southeast-4", "eusc-de-east-1"),
    flowLogId: fc.stringMatching(/^fl-[0-9a-f]{1,17}$/),
    deliveredAt: fc.integer({ min: 0, max: SECONDS_2100 / 60 }).map((minutes) => minutes * 60),
    hash: fc.stringMatching(/^[0-9a-f]{8}$/),
    ext: fc.constantFrom("log.gz", "log.parquet", "log"),
  })
  .map((key) => ({ ...key, day: new Date(key.deliveredAt * 1000).toISOString().slice(0, 10) }));
