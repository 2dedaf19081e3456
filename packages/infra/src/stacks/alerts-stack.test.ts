import type { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";

import { deploymentOf, propertiesOf, templateOfStack } from "../../test/template-of.ts";
import { AlertsStack } from "./alerts-stack.ts";

function alerts(yaml: string): Template {
  const deployment = deploymentOf(`name: production\n${yaml}`);
  return templateOfStack(
    (app) => new AlertsStack(app, "Alerts", { deployment, env: deployment.home }),
  );
}

const BUCKET = "logs: { bucket: example-flow-logs }";

function alarmsOf(yaml: string) {
  return propertiesOf(alerts(yaml), "AWS::CloudWatch::Alarm");
}

describe("alarms of the pipeline", () => {
  const alarms = alarmsOf(`
${BUCKET}
alerts: { silentHours: 3, reportHours: 30 }
athena: { workgroup: flows, dailyScanAlarm: 2 TB }
`);

  it.each([
    [
      "PipelineAlarmsNoDeliveryAlarm",
      {
        Namespace: "AWS/S3",
        MetricName: "PutRequests",
        Statistic: "Sum",
        Dimensions: [
          { Name: "BucketName", Value: "example-flow-logs" },
          { Name: "FilterId", Value: "delivered" },
        ],
        EvaluationPeriods: 3,
        DatapointsToAlarm: 3,
      },
    ],
    [
      "PipelineAlarmsNoReportAlarm",
      {
        Namespace: "AWS/Athena",
        MetricName: "TotalExecutionTime",
        Statistic: "SampleCount",
        Dimensions: [
          { Name: "QueryState", Value: "SUCCEEDED" },
          { Name: "QueryType", Value: "DML" },
          { Name: "WorkGroup", Value: "flows" },
        ],
        EvaluationPeriods: 30,
        DatapointsToAlarm: 30,
      },
    ],
  ])("tell that something no longer comes, and that it is back: %s", (id, expected) => {
    expect(alarms[id]).toMatchObject({
      ...expected,
      Period: 3600,
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
    });
    expect(alarms[id]!["AlarmActions"]).toEqual(alarms[id]!["OKActions"]);
  });

  it("add up what all queries of a day have read, whatever became of them", () => {
    const scan = alarms["PipelineAlarmsDailyScan"]!;
    expect(scan).toMatchObject({
      Threshold: 2e12,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      EvaluationPeriods: 1,
      TreatMissingData: "notBreaching",
    });
    const [sum, ...read] = scan["Metrics"] as { Expression?: string; MetricStat?: Stat }[];
    expect(sum!.Expression).toBe("SUM(METRICS())");
    const states = read.map(({ MetricStat }) => {
      expect(MetricStat).toMatchObject({
        Period: 86_400,
        Stat: "Sum",
        Metric: { Namespace: "AWS/Athena", MetricName: "ProcessedBytes" },
      });
      return MetricStat!.Metric.Dimensions.map(({ Value }) => Value).join(" ");
    });
    expect(states).toEqual([
      "SUCCEEDED DML flows",
      "FAILED DML flows",
      "CANCELED DML flows",
      "SUCCEEDED DDL flows",
      "FAILED DDL flows",
      "CANCELED DDL flows",
    ]);
  });

  it.each([
    ["a bucket of ours", BUCKET, 3],
    ["a bucket that exists already", "logs: { bucket: example-flow-logs, createBucket: false }", 3],
    ["no bucket", "cloudwatch: { logGroup: /vpc/flow-logs }", 0],
  ])("with %s: %i alarms", (_name, yaml, count) => {
    alerts(yaml).resourceCountIs("AWS::CloudWatch::Alarm", count);
  });

  it("look back no further than CloudWatch does", () => {
    const longest = alarmsOf(`${BUCKET}\nalerts: { silentHours: 168, reportHours: 168 }`);
    const seconds = Object.values(longest).flatMap(({ Period, EvaluationPeriods }) =>
      Period === 3600 ? [3600 * Number(EvaluationPeriods)] : [],
    );
    expect(seconds).toEqual([7 * 86_400, 7 * 86_400]);
  });
});

interface Stat {
  readonly Metric: { readonly Dimensions: readonly { readonly Value: string }[] };
}

describe("the budget", () => {
  const TOPIC = { SubscriptionType: "SNS", Address: { Ref: expect.stringMatching(/^AlertTopic/) } };
  const email = (address: string) => ({ SubscriptionType: "EMAIL", Address: address });
  const budgetOf = (yaml: string) =>
    Object.values(propertiesOf(alerts(`${BUCKET}\n${yaml}`), "AWS::Budgets::Budget"))[0];

  it("counts what is tagged, and tells addresses and the topic at each threshold once", () => {
    const budget = budgetOf(`
budget: { monthlyUsd: 50, notifyAt: [50, 100, 50] }
alerts: { emails: [net@example.com] }
`);
    expect(budget).toMatchObject({
      Budget: {
        BudgetType: "COST",
        TimeUnit: "MONTHLY",
        BudgetLimit: { Amount: 50, Unit: "USD" },
        CostFilters: { TagKeyValue: ["user:turnaway$production"] },
      },
      NotificationsWithSubscribers: [50, 100].map((Threshold) => ({
        Notification: {
          NotificationType: "ACTUAL",
          ComparisonOperator: "GREATER_THAN",
          ThresholdType: "PERCENTAGE",
          Threshold,
        },
        Subscribers: [TOPIC, email("net@example.com")],
      })),
    });
  });

  it("leaves more addresses than a notification may have to the topic", () => {
    const emails = Array.from({ length: 11 }, (_, i) => `a${i}@example.com`);
    const subscribers = (count: number) =>
      (
        budgetOf(
          `budget: { monthlyUsd: 5, notifyAt: [90] }\nalerts: { emails: [${emails.slice(0, count).join(", ")}] }`,
        )!["NotificationsWithSubscribers"] as { Subscribers: unknown[] }[]
      )[0]!.Subscribers;
    expect(subscribers(10)).toHaveLength(11);
    expect(subscribers(11)).toHaveLength(1);
  });

  it("is not there where none is set", () => {
    expect(budgetOf("")).toBeUndefined();
  });
});
