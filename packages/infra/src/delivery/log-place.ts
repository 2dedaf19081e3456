import type { S3Layout } from "@turnaway/core";

import type { Deployment } from "../deployment.ts";
import { partitionOf } from "../partition.ts";

/** Where in S3 flow logs are delivered to: what a policy, a flow log and a life-cycle rule say. */
export interface LogPlace {
  readonly bucket: string;
  readonly bucketArn: string;
  /** What flow logs of VPCs, subnets and interfaces are given: empty, or ending in `/`. */
  readonly prefix: string;
  /** The same for transit gateways: their records have other fields, so they lie apart. */
  readonly gatewayPrefix: string;
  readonly layout: S3Layout;
  readonly fileFormat: "text" | "parquet";
}

/** The place in S3 that a deployment delivers to; null where logs go to CloudWatch alone. */
export function logPlace({ config, home }: Pick<Deployment, "config" | "home">): LogPlace | null {
  const { bucket, prefix, layout, fileFormat } = config.logs;
  if (bucket === null) return null;
  const base = prefix === "" ? "" : `${prefix}/`;
  return {
    bucket,
    bucketArn: bucketArn(bucket, home.region),
    prefix: base,
    gatewayPrefix: `${base}transit-gateways/`,
    layout,
    fileFormat,
  };
}

/** ARN of a bucket: its name, and the partition of its region. */
export function bucketArn(bucket: string, region: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}`;
}
