import { parseDeployableConfig } from "@turnaway/core";
import { describe, expect, it } from "vitest";

import { planDeployment } from "../deployment.ts";
import { countResources } from "./count-resources.ts";
import { type CountedResources, estimateCost } from "./estimate-cost.ts";
import { PRICES, tiered } from "./prices.ts";

const NOTHING: CountedResources = {
  keys: 0,
  alarms: 0,
  anomalyAlarms: 0,
  metrics: 0,
  dashboards: 0,
  instances: 0,
};

describe("the estimate", () => {
  it.each([
    // 304 GB × 0.25; 1.4706 GB a day stored × 100 days × 0.023; a fifth of it; 5.294 GB a day read.
    ["S3 alone", "logs: { bucket: flow, retention: 100 }", [76, 3.38, 0.68, 0.8]],
    [
      "Parquet, getting colder",
      "logs: { bucket: flow, retention: 100, fileFormat: parquet, infrequentAccessDays: 30, glacierDays: 60, glacierClass: deep }",
      [76, 10.64, 1.01, 0.55, 0.06, 0.68, 0.8],
    ],
    // 1.4706 GB a day, a fifth of it, twelve days of that.
    [
      "S3 and dashboards",
      "logs: { bucket: flow, retention: 100 }\ndashboards: { principals: ['arn:aws:quicksight:eu-central-1:123456789012:group/default/a'] }",
      [76, 3.38, 0.68, 0.8, 0.54],
    ],
    ["CloudWatch alone", "cloudwatch: { logGroup: g, retention: 30 }", [152, 1.32]],
  ])("adds up a month of %s", (_name, text, usd) => {
    const { lines } = estimateCost(deploymentOf(text), NOTHING);
    expect(lines.map((line) => Number(line.usd.toFixed(2)))).toEqual(usd);
  });

  it("adds what is billed by the piece, and nothing that is not there", () => {
    const counted = { ...NOTHING, keys: 2, alarms: 3, instances: 1 };
    const { lines } = estimateCost(deploymentOf("cloudwatch: { logGroup: g }"), counted);
    expect(lines.slice(2).map(({ what, usd }) => [what, Number(usd.toFixed(2))])).toEqual([
      ["KMS keys", 2],
      ["Alarms", 0.3],
      ["Demo network", 3.72],
    ]);
  });

  it("does not let Athena grow with the retention", () => {
    const athena = (days: number): number =>
      estimateCost(deploymentOf(`logs: { bucket: flow, retention: ${days} }`), NOTHING).lines.find(
        ({ what }) => what.startsWith("Athena"),
      )!.usd;
    expect(athena(3650)).toBe(athena(7));
  });
});

describe("a price by tiers", () => {
  const tiers = PRICES.usd.deliveryToS3;
  it.each([
    [0, 0],
    [10_240, 2560],
    [10_241, 2560.15],
    [61_440, 2560 + 3072 + 1536 + 512],
  ])("of %d GB", (gb, usd) => expect(tiered(gb, tiers)).toBeCloseTo(usd, 6));
});

describe("the count", () => {
  it("tells alarms with a band from others, and metrics of a bucket from filters", () => {
    const Resources = Object.fromEntries(
      [
        { Type: "AWS::CloudWatch::Alarm", Properties: {} },
        { Type: "AWS::CloudWatch::Alarm", Properties: { ThresholdMetricId: "band" } },
        { Type: "AWS::Logs::MetricFilter" },
        { Type: "AWS::S3::Bucket", Properties: { MetricsConfigurations: [{ Id: "delivered" }] } },
        { Type: "AWS::S3::Bucket" },
      ].map((resource, i) => [`R${i}`, resource]),
    );
    expect(countResources([{ Resources }, {}])).toEqual({
      ...NOTHING,
      alarms: 1,
      anomalyAlarms: 1,
      metrics: 17,
    });
  });
});

function deploymentOf(text: string) {
  const base =
    "accounts: ['123456789012']\nregions: [eu-central-1]\ninfrastructure: { expectedGbPerDay: 10 }\n";
  return planDeployment(parseDeployableConfig(base + text, "turnaway.yml").config);
}
