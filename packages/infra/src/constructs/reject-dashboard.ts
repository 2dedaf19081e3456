import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  type Metric,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { ILogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";

import type { SavedQuery } from "../watch/saved-queries.ts";

export interface RejectDashboardProps {
  /** Name of the deployment. */
  readonly name: string;
  readonly logGroup: ILogGroup;
  /** Refused records; undefined where the log format has no action. */
  readonly rejects: Metric | undefined;
  /** The same on SSH; undefined where the log format lacks a field for it. */
  readonly sshRejects: Metric | undefined;
  /** Sources with most refused records; undefined where the log format lacks a field for it. */
  readonly topSources: SavedQuery | undefined;
  readonly alarms: readonly Alarm[];
}

/** One page for the question "what is refused right now?". */
export class RejectDashboard extends Construct {
  constructor(scope: Construct, id: string, props: RejectDashboardProps) {
    super(scope, id);
    const { name, logGroup, rejects, sshRejects, topSources, alarms } = props;
    const graphs = [
      graph("Refused records", rejects),
      graph("Refused records to SSH (22/tcp)", sshRejects),
    ].filter((widget) => widget !== undefined);
    const dashboard = new Dashboard(this, "Dashboard", { defaultInterval: Duration.hours(24) });
    dashboard.addWidgets(
      new TextWidget({
        markdown: `# Turnaway: ${name}\nWhat is refused now, as logged. What of it is new, who owns it and what to do says the daily report.`,
        width: FULL_WIDTH,
        height: 2,
      }),
    );
    dashboard.addWidgets(
      new AlarmStatusWidget({ title: "Alarms", alarms: [...alarms], width: FULL_WIDTH, height: 3 }),
    );
    dashboard.addWidgets(...graphs);
    if (topSources !== undefined) {
      dashboard.addWidgets(
        new LogQueryWidget({
          title: "Top 20 source addresses with most rejected requests",
          logGroupNames: [logGroup.logGroupName],
          queryString: topSources.text,
          view: LogQueryVisualizationType.TABLE,
          width: FULL_WIDTH,
          height: 9,
        }),
      );
    }
  }
}

const FULL_WIDTH = 24;

function graph(title: string, metric: Metric | undefined): GraphWidget | undefined {
  if (metric === undefined) return undefined;
  return new GraphWidget({
    title,
    left: [metric.with({ period: Duration.minutes(5), label: title })],
    leftYAxis: { min: 0, showUnits: false },
    width: FULL_WIDTH / 2,
    height: 6,
  });
}
