import type { LogFormat } from "@turnaway/core";
import { DEFAULT_SETTINGS, type SqlSettings } from "@turnaway/sql";
import { Annotations, Duration } from "aws-cdk-lib";
import {
  Alarm,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import {
  CfnQueryDefinition,
  FilterPattern,
  type ILogGroup,
  MetricFilter,
} from "aws-cdk-lib/aws-logs";
import { type ITopic, Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";

import { nameOf } from "../deployment.ts";
import {
  fieldsWithout,
  filterPattern,
  REJECT_CONDITIONS,
  type RejectKind,
} from "../watch/filter-pattern.ts";
import { savedQueries, type SavedQueries, type Thresholds } from "../watch/saved-queries.ts";
import { AlertTopic } from "./alert-topic.ts";
import { RejectDashboard } from "./reject-dashboard.ts";
import { SilenceAlarm } from "./silence-alarm.ts";

export interface RejectWatchProps {
  /** Name of the deployment: metrics are in the namespace `Turnaway/NAME`. */
  readonly name: string;
  /** Log group that flow logs are delivered to. */
  readonly logGroup: ILogGroup;
  /** Format of its records. Of another format the patterns would count nothing. */
  readonly format: LogFormat;
  /**
   * Seconds that one record may sum up: the older, the later it comes.
   *
   * @default 600
   */
  readonly aggregation?: number;
  /** What raises an alarm, and whom it reaches; `alerts` of turnaway.yml has this shape. */
  readonly alerts: RejectAlerts;
  /**
   * Topic in the same region that alarms are sent to.
   *
   * @default null: a topic is made here, since alarms reach none in another region
   */
  readonly topicArn?: string | null;
  /**
   * What the saved queries take for inside, for a service and for an admin port.
   *
   * @default the private ranges and the ports that everybody knows
   */
  readonly settings?: SqlSettings;
  /**
   * Thresholds of the detections among the saved queries.
   *
   * @default their own
   */
  readonly thresholds?: Thresholds;
}

/** Thresholds are refused records in one minute; null is no alarm. */
export interface RejectAlerts {
  readonly sshRejects: number;
  readonly rdpRejects: number | null;
  readonly adminRejects: number | null;
  readonly allRejects: number | null;
  /** Whether refused records that leave the band that CloudWatch expects raise an alarm. */
  readonly rejectBand: boolean;
  /** Hours without a record that raise an alarm. */
  readonly silentHours: number;
  readonly emails: readonly string[];
  readonly urls: readonly string[];
}

/**
 * Sees refused records as they arrive in a log group: counts them, raises alarms, keeps the
 * questions that a person asks next, and shows all of it on a dashboard.
 *
 * What the log format can't tell is left out, with a warning at synthesis.
 */
export class RejectWatch extends Construct {
  /** Where its alarms are sent to. */
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: RejectWatchProps) {
    super(scope, id);
    const { name, alerts, logGroup } = props;
    this.topic =
      props.topicArn === undefined || props.topicArn === null
        ? new AlertTopic(this, "AlertTopic", { topicName: nameOf({ name }, "alerts"), ...alerts })
            .topic
        : Topic.fromTopicArn(this, "GivenTopic", props.topicArn);
    const counts = this.#countRejects(props);
    const alarms = [
      ...this.#raiseAlarms(counts, props),
      new SilenceAlarm(this, "SilentLogGroup", {
        metric: recordsOf(logGroup),
        hours: alerts.silentHours,
        topic: this.topic,
        means: `No flow log record has reached the log group ${logGroup.logGroupName} for ${alerts.silentHours} hours, though an idle interface writes NODATA. See whether the flow log is active, and whether its role may write.`,
      }).alarm,
    ];
    new RejectDashboard(this, "Dashboard", {
      name,
      logGroup,
      rejects: counts.get("all"),
      sshRejects: counts.get("ssh"),
      topSources: this.#saveQueries(props).queries.find((query) => query.name === TOP_SOURCES),
      alarms,
    });
  }

  #countRejects({ name, logGroup, format, alerts }: RejectWatchProps): Counts {
    const kinds = KINDS.filter((kind) => kind === "all" || thresholdOf(alerts, kind) !== null);
    return new Map(
      kinds.flatMap((kind): [RejectKind, Metric][] => {
        const condition = REJECT_CONDITIONS[kind];
        const pattern = filterPattern(format, condition);
        if (pattern === undefined) {
          const lacking = fieldsWithout(format, condition).join(", ");
          this.#warn(kind, `there is no alarm on ${MEANS[kind]}: logs.fields lacks ${lacking}`);
          return [];
        }
        const { construct, metricName } = NAMES[kind];
        const filter = new MetricFilter(this, `${construct}Filter`, {
          logGroup,
          filterPattern: FilterPattern.literal(pattern),
          metricNamespace: `Turnaway/${name}`,
          metricName,
          metricValue: "1",
          defaultValue: 0,
        });
        return [[kind, filter.metric({ statistic: "Sum", period: MINUTE })]];
      }),
    );
  }

  #raiseAlarms(counts: Counts, props: RejectWatchProps): Alarm[] {
    const { name, alerts, aggregation = 600 } = props;
    const alarms = [...counts].flatMap(([kind, metric]): Alarm[] => {
      const threshold = thresholdOf(alerts, kind);
      if (threshold === null) return [];
      return [
        new Alarm(this, `${NAMES[kind].construct}Alarm`, {
          alarmDescription: `${threshold} or more ${MEANS[kind]} in one minute. Who it was says the saved query Turnaway/${name}/${NAMES[kind].query}.`,
          metric,
          threshold,
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          ...anyMinuteOfTheLast(minutesLate(aggregation)),
          treatMissingData: TreatMissingData.NOT_BREACHING,
        }),
      ];
    });
    const all = counts.get("all");
    if (alerts.rejectBand && all !== undefined) alarms.push(this.#watchBand(name, all));
    for (const alarm of alarms) alarm.addAlarmAction(new SnsAction(this.topic));
    return alarms;
  }

  #watchBand(name: string, rejects: Metric): Alarm {
    return new AnomalyDetectionAlarm(this, "RejectBandAlarm", {
      alarmDescription: `Refused records have left the band that is usual at this time of the week. What changed says the saved query Turnaway/${name}/accepted-vs-rejected.`,
      metric: rejects.with({ period: Duration.minutes(15) }),
      stdDevs: 3,
      comparisonOperator: ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #saveQueries(props: RejectWatchProps): SavedQueries {
    const { name, logGroup, format, settings = DEFAULT_SETTINGS, thresholds = {} } = props;
    const saved = savedQueries({ format, settings, thresholds });
    for (const query of saved.queries) {
      new CfnQueryDefinition(this, `Query-${query.name}`, {
        name: `Turnaway/${name}/${query.name}`,
        queryString: `# ${query.what}\n${query.text}`,
        logGroupNames: [logGroup.logGroupName],
      });
    }
    return saved;
  }

  #warn(kind: RejectKind, message: string): void {
    Annotations.of(this).addWarningV2(`turnaway:${kind}-rejects`, message);
  }
}

type Counts = ReadonlyMap<RejectKind, Metric>;

const KINDS: readonly RejectKind[] = ["all", "ssh", "rdp", "admin"];

const MINUTE = Duration.minutes(1);

const TOP_SOURCES = "top-rejected-sources";

/** Ids of constructs make logical ids, and dashboards of others name metrics: neither may change. */
const NAMES = {
  all: { construct: "Reject", metricName: "Rejects", query: TOP_SOURCES },
  ssh: { construct: "SshReject", metricName: "SshRejects", query: "ssh-rejects" },
  rdp: { construct: "RdpReject", metricName: "RdpRejects", query: "top-rejected" },
  admin: { construct: "AdminReject", metricName: "AdminRejects", query: "top-rejected" },
} as const satisfies Record<RejectKind, object>;

const MEANS: Readonly<Record<RejectKind, string>> = {
  all: "refused records",
  ssh: "refused records to SSH (22/tcp)",
  rdp: "refused records to RDP (3389/tcp and udp)",
  admin: "refused records to an admin or database port",
};

function thresholdOf(alerts: RejectAlerts, kind: RejectKind): number | null {
  return alerts[`${kind}Rejects`];
}

/** Minutes within which CloudWatch Logs has nearly every record, after its window is over. */
const DELIVERY_MINUTES = 10;

/**
 * A metric of a log event stands at the time of the event, which is the start of the record.
 * When the record arrives, that minute is long past, and an alarm that looks at the last
 * minute alone would never see it.
 */
function minutesLate(aggregation: number): number {
  return aggregation / 60 + DELIVERY_MINUTES;
}

function anyMinuteOfTheLast(minutes: number) {
  return { evaluationPeriods: minutes, datapointsToAlarm: 1 };
}

function recordsOf(logGroup: ILogGroup): Metric {
  return new Metric({
    namespace: "AWS/Logs",
    metricName: "IncomingLogEvents",
    dimensionsMap: { LogGroupName: logGroup.logGroupName },
    statistic: "Sum",
  });
}
