import type { CountedResources } from "./estimate-cost.ts";

/** A template of CloudFormation, as far as costs go. */
export interface CountedTemplate {
  readonly Resources?: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
    >
  >;
}

/** Request metrics of S3 come as a set; this many of them are billed for one filter. */
const S3_REQUEST_METRICS = 16;

/** What the templates make that is billed by the piece. */
export function countResources(templates: readonly CountedTemplate[]): CountedResources {
  const resources = templates.flatMap(({ Resources = {} }) => Object.values(Resources));
  const of = (type: string): typeof resources => resources.filter(({ Type }) => Type === type);
  const alarms = of("AWS::CloudWatch::Alarm");
  const banded = alarms.filter(({ Properties }) => Properties?.ThresholdMetricId !== undefined);
  const filters = of("AWS::S3::Bucket").flatMap(
    ({ Properties }) => (Properties?.MetricsConfigurations ?? []) as readonly unknown[],
  );
  return {
    keys: of("AWS::KMS::Key").length,
    alarms: alarms.length - banded.length,
    anomalyAlarms: banded.length,
    metrics: of("AWS::Logs::MetricFilter").length + filters.length * S3_REQUEST_METRICS,
    dashboards: of("AWS::CloudWatch::Dashboard").length,
    instances: of("AWS::EC2::Instance").length,
  };
}
