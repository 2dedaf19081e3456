import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { AlertTopic } from "../constructs/alert-topic.ts";
import { CostBudget } from "../constructs/cost-budget.ts";
import { PipelineAlarms } from "../constructs/pipeline-alarms.ts";
import { nameOf } from "../deployment.ts";
import { type StackInput, stackProps } from "./stack-input.ts";

/** Whom alarms reach, the alarms of the pipeline itself, and what it may cost. */
export class AlertsStack extends Stack {
  /** Topic of all alarms in this account and region. */
  readonly topicArn: string;

  constructor(scope: Construct, id: string, input: StackInput) {
    const { deployment } = input;
    const { alerts, athena, budget, logs } = deployment.config;
    super(
      scope,
      id,
      stackProps(input, nameOf(deployment, "alerts"), {
        what: "whom alarms reach, and the budget",
      }),
    );
    const { topic } = new AlertTopic(this, "AlertTopic", {
      topicName: nameOf(deployment, "alerts"),
      emails: alerts.emails,
      urls: alerts.urls,
    });
    this.topicArn = topic.topicArn;
    if (logs.bucket !== null) {
      new PipelineAlarms(this, "PipelineAlarms", {
        topic,
        bucketName: logs.bucket,
        silentHours: alerts.silentHours,
        workgroup: athena.workgroup,
        reportHours: alerts.reportHours,
        dailyScanBytes: athena.dailyScanAlarmBytes,
      });
    }
    if (budget.monthlyUsd !== null) {
      new CostBudget(this, "CostBudget", {
        name: deployment.name,
        monthlyUsd: budget.monthlyUsd,
        notifyAt: budget.notifyAt,
        topicArn: topic.topicArn,
        emails: alerts.emails,
      });
    }
  }
}
