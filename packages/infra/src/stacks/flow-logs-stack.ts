import { sqlSettings } from "@turnaway/runs/sql";
import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { FlowLog, type FlowLogProps, type LogGroupDestination } from "../constructs/flow-log.ts";
import { FlowLogGroup } from "../constructs/flow-log-group.ts";
import { LogGroupRole } from "../constructs/log-group-role.ts";
import { RejectWatch } from "../constructs/reject-watch.ts";
import { logPlace } from "../delivery/log-place.ts";
import { nameOf, type Watched, type WatchedPlace } from "../deployment.ts";
import { type StackInput, stackProps } from "./stack-input.ts";

export interface FlowLogsInput extends StackInput {
  /** The account and region, with what is logged there. */
  readonly env: WatchedPlace;
  /** Topic of the alarms; null where the place has to make its own. */
  readonly topicArn: string | null;
}

/** The flow logs of one account and region, and what watches their log group. */
export class FlowLogsStack extends Stack {
  constructor(scope: Construct, id: string, input: FlowLogsInput) {
    const { deployment, env } = input;
    const what = `flow logs of ${env.account} in ${env.region}`;
    super(scope, id, stackProps(input, nameOf(deployment, "flow-logs"), { what }));
    const place = logPlace(deployment);
    const logGroup = this.#logGroup(input);
    for (const watched of env.watched) {
      if (place !== null) this.#flowLog(input, watched, { to: "bucket", place });
      // Filters count lines by the position of their fields: no line of another format among them.
      if (logGroup !== null && watched.kind !== "transitGateways")
        this.#flowLog(input, watched, logGroup);
    }
  }

  /** Its id is the resource's and the destination's: another one beside it changes no name. */
  #flowLog(
    { deployment: { config } }: FlowLogsInput,
    watched: Watched,
    destination: FlowLogProps["destination"],
  ): void {
    const { trafficType, aggregation, format, tags } = config.logs;
    new FlowLog(this, `${watched.id}-${destination.to}`, {
      watched,
      destination,
      trafficType,
      aggregation,
      format,
      tags,
    });
  }

  #logGroup({ deployment, env, topicArn }: FlowLogsInput): LogGroupDestination | null {
    const { alerts, cloudwatch, logs, report } = deployment.config;
    if (cloudwatch.logGroup === null) return null;
    const { arn, logGroup } = new FlowLogGroup(this, "LogGroup", {
      name: cloudwatch.logGroup,
      place: env,
      create: cloudwatch.createLogGroup,
      retention: cloudwatch.retention,
      encryption: cloudwatch.encryption,
    });
    const role = new LogGroupRole(this, "LogGroupRole", { logGroupArn: arn, place: env });
    new RejectWatch(this, "RejectWatch", {
      name: deployment.name,
      logGroup,
      format: logs.format,
      aggregation: logs.aggregation,
      alerts,
      topicArn,
      settings: sqlSettings(deployment.config),
      thresholds: report.detections,
    });
    return { to: "log-group", name: cloudwatch.logGroup, roleArn: role.roleArn };
  }
}
