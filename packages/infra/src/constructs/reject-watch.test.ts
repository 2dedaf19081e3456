import { DEFAULT_FORMAT, type LogFormat, parseLogFormat, RICH_FORMAT } from "@turnaway/core";
import { Annotations, Match, type Template } from "aws-cdk-lib/assertions";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { describe, expect, it } from "vitest";

import { propertiesOf, templateOf } from "../../test/template-of.ts";
import { RejectWatch, type RejectWatchProps } from "./reject-watch.ts";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:turnaway-production-alerts";
const ALERTS: RejectWatchProps["alerts"] = {
  sshRejects: 1,
  rdpRejects: null,
  adminRejects: null,
  allRejects: null,
  rejectBand: false,
  silentHours: 6,
  emails: [],
  urls: [],
};

type Change = Partial<Omit<RejectWatchProps, "alerts">> & {
  readonly alerts?: Partial<RejectWatchProps["alerts"]>;
};

function watch({ alerts, ...change }: Change = {}): { template: Template; warnings: string[] } {
  let warnings: string[] = [];
  const template = templateOf((stack) => {
    new RejectWatch(stack, "RejectWatch", {
      name: "production",
      logGroup: LogGroup.fromLogGroupName(stack, "Group", "/vpc/flow-logs"),
      format: DEFAULT_FORMAT,
      topicArn: TOPIC,
      ...change,
      alerts: { ...ALERTS, ...alerts },
    });
    warnings = Annotations.fromStack(stack)
      .findWarning("*", Match.anyValue())
      .map(({ entry }) => JSON.stringify(entry.data));
  });
  return { template, warnings };
}

const EVERYTHING: Change = {
  alerts: { rdpRejects: 5, adminRejects: 20, allRejects: 1000, rejectBand: true },
};

describe("metric filters", () => {
  it.each([
    ["by default", {}, { Rejects: "all", SshRejects: "ssh" }],
    [
      "of every threshold",
      EVERYTHING,
      { Rejects: "all", SshRejects: "ssh", RdpRejects: "rdp", AdminRejects: "admin" },
    ],
  ])("count %s, with zero where nothing is refused", (_name, change, expected) => {
    const filters = Object.values(propertiesOf(watch(change).template, "AWS::Logs::MetricFilter"));
    const transformations = filters.map(
      ({ MetricTransformations }) => (MetricTransformations as Transformation[])[0]!,
    );
    expect(transformations.map(({ MetricName }) => MetricName)).toEqual(Object.keys(expected));
    for (const transformation of transformations) {
      expect(transformation).toEqual({
        DefaultValue: 0,
        MetricName: transformation.MetricName,
        MetricNamespace: "Turnaway/production",
        MetricValue: "1",
      });
    }
  });

  it.each([
    ["default", DEFAULT_FORMAT, /dstport="22", protocol="6", packets/],
    ["rich", RICH_FORMAT, /dstport="22", protocol="6", packets/],
    ["custom", parseLogFormat("action protocol dstport"), /^\[action="REJECT", protocol="6"/],
  ])("go by the positions of the format, %s", (_name, format, expected) => {
    const filters = propertiesOf(watch({ format }).template, "AWS::Logs::MetricFilter");
    expect(filters["RejectWatchSshRejectFilter"]!["FilterPattern"]).toMatch(expected);
  });
});

interface Transformation {
  readonly MetricName: string;
}

describe("alarms on refused records", () => {
  it.each([
    ["Ssh", {}, 1],
    ["Ssh", { alerts: { sshRejects: 7 } }, 7],
    ["Rdp", EVERYTHING, 5],
    ["Admin", EVERYTHING, 20],
    ["", EVERYTHING, 1000],
  ] as [string, Change, number][])("%s, with %j: %i in one minute", (kind, change, threshold) => {
    const alarms = propertiesOf(watch(change).template, "AWS::CloudWatch::Alarm");
    expect(alarms[`RejectWatch${kind}RejectAlarm`]).toMatchObject({
      Namespace: "Turnaway/production",
      MetricName: `${kind}Rejects`,
      Statistic: "Sum",
      Period: 60,
      Threshold: threshold,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      DatapointsToAlarm: 1,
      TreatMissingData: "notBreaching",
      AlarmActions: [TOPIC],
    });
  });

  it.each([
    [600, 20],
    [60, 11],
  ])("look back as far as a record of %i seconds may come late", (aggregation, minutes) => {
    const alarms = propertiesOf(watch({ aggregation }).template, "AWS::CloudWatch::Alarm");
    expect(alarms["RejectWatchSshRejectAlarm"]!["EvaluationPeriods"]).toBe(minutes);
  });

  it("are none on what has no threshold", () => {
    const alarms = propertiesOf(watch().template, "AWS::CloudWatch::Alarm");
    expect(Object.keys(alarms)).toEqual([
      "RejectWatchSshRejectAlarm",
      "RejectWatchSilentLogGroupAlarm",
    ]);
  });

  it("follow the usual band where it is asked for", () => {
    const alarms = propertiesOf(watch(EVERYTHING).template, "AWS::CloudWatch::Alarm");
    expect(alarms["RejectWatchRejectBandAlarm"]).toMatchObject({
      ComparisonOperator: "LessThanLowerOrGreaterThanUpperThreshold",
      TreatMissingData: "notBreaching",
      AlarmActions: [TOPIC],
      Metrics: [
        { Expression: "ANOMALY_DETECTION_BAND(m0, 3)" },
        { MetricStat: { Metric: { MetricName: "Rejects" }, Stat: "Sum", Period: 900 } },
      ],
    });
  });

  it("tell when no record comes at all", () => {
    const alarms = propertiesOf(
      watch({ alerts: { silentHours: 12 } }).template,
      "AWS::CloudWatch::Alarm",
    );
    expect(alarms["RejectWatchSilentLogGroupAlarm"]).toMatchObject({
      Namespace: "AWS/Logs",
      MetricName: "IncomingLogEvents",
      Dimensions: [{ Name: "LogGroupName", Value: "/vpc/flow-logs" }],
      Period: 3600,
      EvaluationPeriods: 12,
      DatapointsToAlarm: 12,
      Threshold: 1,
      ComparisonOperator: "LessThanThreshold",
      TreatMissingData: "breaching",
      AlarmActions: [TOPIC],
      OKActions: [TOPIC],
    });
  });
});

describe("a log format that lacks fields", () => {
  it.each([
    ["version srcaddr dstaddr action", ["Rejects"], 1],
    ["version srcaddr dstaddr dstport protocol", [], 2],
  ] as [string, string[], number][])("%s: counts %j and warns", (fields, counted, warned) => {
    const format: LogFormat = parseLogFormat(fields);
    const { template, warnings } = watch({ format });
    const filters = Object.values(propertiesOf(template, "AWS::Logs::MetricFilter"));
    expect(
      filters.map(
        ({ MetricTransformations }) => (MetricTransformations as Transformation[])[0]!.MetricName,
      ),
    ).toEqual(counted);
    expect(warnings).toHaveLength(warned);
    expect(warnings.join()).toMatch(/there is no alarm on .*SSH.*: logs.fields lacks/);
  });
});

describe("saved queries", () => {
  it("hold the top sources, and stand for the time range of the console", () => {
    const queries = propertiesOf(watch().template, "AWS::Logs::QueryDefinition");
    const top = queries["RejectWatchQuerytoprejectedsources"]!;
    expect(top["Name"]).toBe("Turnaway/production/top-rejected-sources");
    expect(top["LogGroupNames"]).toEqual(["/vpc/flow-logs"]);
    expect(top["QueryString"]).toMatch(/^# The source addresses with most rejected requests/);
    expect(top["QueryString"]).toMatch(/\| limit 20$/);
  });
});

describe("the dashboard", () => {
  it("shows refused records, those to SSH, the top sources and the alarms", () => {
    const dashboards = propertiesOf(watch(EVERYTHING).template, "AWS::CloudWatch::Dashboard");
    const [dashboard] = Object.values(dashboards);
    const body = JSON.stringify(dashboard!["DashboardBody"]);
    for (const part of [
      "Refused records to SSH (22/tcp)",
      "Top 20 source addresses with most rejected requests",
      "SOURCE '/vpc/flow-logs' | ",
      '\\"type\\":\\"alarm\\"',
    ])
      expect(body).toContain(part);
    expect(body.match(/RejectAlarm|BandAlarm|SilentLogGroupAlarm/g)).toHaveLength(6);
  });
});

describe("where alarms go", () => {
  it("is a topic of its own where none is given", () => {
    const { template } = watch({ topicArn: null, alerts: { emails: ["net@example.com"] } });
    template.resourceCountIs("AWS::SNS::Topic", 1);
    template.resourceCountIs("AWS::SNS::Subscription", 1);
    expect(watch().template.findResources("AWS::SNS::Topic")).toEqual({});
  });
});
