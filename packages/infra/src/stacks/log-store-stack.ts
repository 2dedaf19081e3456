import { Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";

import { LogBucket } from "../constructs/log-bucket.ts";
import { deliveryScope } from "../delivery/delivery-scope.ts";
import { logPlace } from "../delivery/log-place.ts";
import { nameOf } from "../deployment.ts";
import { type LogStore, type StackInput, stackProps } from "./stack-input.ts";

/**
 * The bucket of the logs. Of one that exists already nothing is made or changed: then the stack is
 * empty, and `policyToMerge` says what the bucket needs.
 */
export class LogStoreStack extends Stack implements LogStore {
  readonly bucketName: string | null;
  readonly bucketArn: string | null;
  readonly keyArn: string | null;

  constructor(scope: Construct, id: string, input: StackInput) {
    const { deployment } = input;
    const what = "the bucket of the flow logs";
    super(scope, id, stackProps(input, nameOf(deployment, "logs"), { what, holdsData: true }));
    const { logs } = deployment.config;
    const place = logPlace(deployment);
    this.bucketName = place?.bucket ?? null;
    // Written out and not referred to, so that no stack holds on to another one by an export.
    this.bucketArn = place?.bucketArn ?? null;
    this.keyArn = logs.kmsKey;
    if (place === null || !logs.createBucket) return;
    const { key } = new LogBucket(this, "LogBucket", {
      place,
      delivery: deliveryScope(deployment, place),
      encryption: logs.encryption,
      kmsKey: logs.kmsKey,
      accessLogs: logs.accessLogs,
      objectLock: logs.objectLock,
      lifeCycle: logs,
    });
    this.keyArn = key?.keyArn ?? null;
  }
}
