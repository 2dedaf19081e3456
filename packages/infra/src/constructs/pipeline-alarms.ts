import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

import { DELIVERED_METRICS } from "../delivery-policy.ts";
import { SilenceAlarm } from "./silence-alarm.ts";

export interface PipelineAlarmsProps {
  readonly topic: ITopic;
  /**
   * Bucket that flow logs are delivered to, with request metrics under the filter
   * {@link DELIVERED_METRICS}. Without them the alarm is raised, since nobody sees a file come.
   */
  readonly bucketName: string;
  /** Hours without a delivered file that raise an alarm. */
  readonly silentHours: number;
  /** Athena workgroup of the reports, with metrics on. */
  readonly workgroup: string;
  /** Hours without a query of a report that raise an alarm. */
  readonly reportHours: number;
  /** Bytes that Athena reads in a day, above which an alarm is raised. */
  readonly dailyScanBytes: number;
}

/** Tells when the pipeline itself is silent, or reads more than it should. */
export class PipelineAlarms extends Construct {
  constructor(scope: Construct, id: string, props: PipelineAlarmsProps) {
    super(scope, id);
    const { topic, bucketName, silentHours, workgroup, reportHours } = props;
    new SilenceAlarm(this, "NoDelivery", {
      metric: deliveriesTo(bucketName),
      hours: silentHours,
      topic,
      means: `No flow log file has reached the bucket ${bucketName} for ${silentHours} hours. See whether the flow logs are active and whether the bucket's policy and key let the service write: turnaway doctor.`,
    });
    new SilenceAlarm(this, "NoReport", {
      metric: answeredQueries(workgroup),
      hours: reportHours,
      topic,
      means: `No query of a report has succeeded in the workgroup ${workgroup} for ${reportHours} hours. See the runs of the report's workflow: schedules of a quiet repository are switched off after 60 days.`,
    });
    watchBytes(this, props);
  }
}

function deliveriesTo(bucketName: string): Metric {
  return new Metric({
    namespace: "AWS/S3",
    metricName: "PutRequests",
    dimensionsMap: { BucketName: bucketName, FilterId: DELIVERED_METRICS },
    statistic: "Sum",
  });
}

// Athena counts no queries. Each has an execution time, so the times are counted.
function answeredQueries(workgroup: string): Metric {
  return new Metric({
    namespace: "AWS/Athena",
    metricName: "TotalExecutionTime",
    dimensionsMap: { QueryState: "SUCCEEDED", QueryType: "DML", WorkGroup: workgroup },
    statistic: "SampleCount",
  });
}

function watchBytes(
  scope: Construct,
  { workgroup, dailyScanBytes, topic }: PipelineAlarmsProps,
): void {
  const alarm = new Alarm(scope, "DailyScan", {
    alarmDescription: `Athena has read ${dailyScanBytes} bytes or more in a day in the workgroup ${workgroup}. See its history for the queries; athena.scanLimit stops a single one.`,
    metric: bytesRead(workgroup),
    threshold: dailyScanBytes,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
}

// Cancelled and failed queries are billed for what they read, so all states are added up.
function bytesRead(workgroup: string): MathExpression {
  const metrics = ["DML", "DDL"].flatMap((type) =>
    ["SUCCEEDED", "FAILED", "CANCELED"].map((state) => [
      `${type}_${state}`.toLowerCase(),
      new Metric({
        namespace: "AWS/Athena",
        metricName: "ProcessedBytes",
        dimensionsMap: { QueryState: state, QueryType: type, WorkGroup: workgroup },
        statistic: "Sum",
      }),
    ]),
  );
  return new MathExpression({
    expression: "SUM(METRICS())",
    usingMetrics: Object.fromEntries(metrics) as Record<string, Metric>,
    period: Duration.days(1),
    label: "Bytes read",
  });
}
