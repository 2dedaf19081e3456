import { Duration } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

export interface SilenceAlarmProps {
  /** Counts what has to keep coming. Its period becomes one hour. */
  readonly metric: Metric;
  /** Hours in a row without any that raise the alarm: 1 to 168, the longest that CloudWatch looks back. */
  readonly hours: number;
  readonly topic: ITopic;
  /** What the alarm means and what to do, as the mail says it. */
  readonly means: string;
}

/**
 * Tells that something no longer comes, and that it is back.
 *
 * AWS publishes no zero where nothing happens, so missing data is what it is about: breaching.
 */
export class SilenceAlarm extends Construct {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { metric, hours, topic, means }: SilenceAlarmProps) {
    super(scope, id);
    this.alarm = new Alarm(this, "Alarm", {
      alarmDescription: means,
      metric: metric.with({ period: Duration.hours(1) }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: hours,
      datapointsToAlarm: hours,
      treatMissingData: TreatMissingData.BREACHING,
    });
    this.alarm.addAlarmAction(new SnsAction(topic));
    this.alarm.addOkAction(new SnsAction(topic));
  }
}
