import type { Config } from "@turnaway/core";
import { Annotations, Duration } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type IKey, Key } from "aws-cdk-lib/aws-kms";
import {
  Bucket,
  BucketEncryption,
  type IBucket,
  type LifecycleRule,
  ObjectLockRetention,
  StorageClass,
  type Transition,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

import { DELIVERED_METRICS } from "../delivery-policy.ts";
import { type DeliveryScope, deliveryStatements } from "../delivery/delivery-statements.ts";
import type { LogPlace } from "../delivery/log-place.ts";
import { DeliveryKey } from "./delivery-key.ts";
import { PrivateBucket } from "./private-bucket.ts";

export interface LogBucketProps {
  readonly place: LogPlace;
  /** Who may deliver. */
  readonly delivery: DeliveryScope;
  /** Who keeps the key: S3, or KMS. */
  readonly encryption: Config["logs"]["encryption"];
  /** ARN of an existing key. @default with `kms`, a new one that rotates */
  readonly kmsKey: string | null;
  /** Name of an existing bucket for access logs. @default a bucket of its own */
  readonly accessLogs: string | null;
  /** Days that nothing can be deleted. @default none */
  readonly objectLock: Config["logs"]["objectLock"];
  /** How long files are kept, and where. */
  readonly lifeCycle: LifeCycle;
}

/** Days, counted from delivery. */
export type LifeCycle = Pick<
  Config["logs"],
  "retention" | "oldVersionDays" | "infrequentAccessDays" | "glacierDays" | "glacierClass"
>;

/**
 * The bucket that the flow logs of many accounts, regions and VPCs are delivered to. The rollup
 * lies in it, too, under `turnaway/`: it does not expire with the logs.
 */
export class LogBucket extends Construct {
  readonly bucket: Bucket;
  /** Undefined where S3 keeps the key. */
  readonly key: IKey | undefined;

  constructor(scope: Construct, id: string, props: LogBucketProps) {
    super(scope, id);
    const { place, delivery, objectLock } = props;
    this.key = this.#key(props);
    this.bucket = new PrivateBucket(this, "Bucket", {
      bucketName: place.bucket,
      versioned: true,
      ...(this.key === undefined
        ? { encryption: BucketEncryption.S3_MANAGED }
        : {
            encryption: BucketEncryption.KMS,
            encryptionKey: this.key,
            bucketKeyEnabled: true, // one call of KMS for many files
          }),
      serverAccessLogsBucket: this.#accessLogs(props),
      serverAccessLogsPrefix: `${place.bucket}/`,
      lifecycleRules: lifecycleRules(place, props.lifeCycle),
      metrics: [{ id: DELIVERED_METRICS, prefix: `${place.prefix}AWSLogs/` }],
      ...(objectLock === null
        ? {}
        : { objectLockEnabled: true, objectLockDefaultRetention: lockFor(objectLock) }),
    });
    if (props.accessLogs !== null)
      Annotations.of(this.bucket).acknowledgeWarning(
        "@aws-cdk/aws-s3:accessLogsPolicyNotAdded",
        "policyToMerge says what the existing bucket needs",
      );
    for (const statement of deliveryStatements(delivery))
      this.bucket.addToResourcePolicy(PolicyStatement.fromJson(statement));
  }

  #key({ encryption, kmsKey, delivery }: LogBucketProps): IKey | undefined {
    if (encryption === "s3") return undefined;
    return kmsKey === null
      ? new DeliveryKey(this, "Key", { scope: delivery })
      : Key.fromKeyArn(this, "Key", kmsKey);
  }

  #accessLogs({ accessLogs, lifeCycle }: LogBucketProps): IBucket {
    if (accessLogs !== null) return Bucket.fromBucketName(this, "AccessLogs", accessLogs);
    const bucket: Bucket = new PrivateBucket(this, "AccessLogs", {
      encryption: BucketEncryption.S3_MANAGED, // the only one that access logs are written with
      lifecycleRules: [
        {
          id: "access-logs",
          expiration: Duration.days(lifeCycle.retention),
          abortIncompleteMultipartUploadAfter: ABORT_AFTER,
        },
      ],
    });
    // The class leaves out what the interface has as undefined; it is one all the same.
    return bucket as IBucket;
  }
}

/** Whoever has not ended an upload by then never will, and its parts cost money unseen. */
const ABORT_AFTER = Duration.days(7);

function lifecycleRules(
  { prefix, gatewayPrefix }: LogPlace,
  { retention, oldVersionDays, ...colder }: LifeCycle,
): LifecycleRule[] {
  const files = { expiration: Duration.days(retention), transitions: transitions(colder) };
  return [
    { id: "flow-logs", prefix: `${prefix}AWSLogs/`, ...files },
    { id: "transit-gateway-logs", prefix: `${gatewayPrefix}AWSLogs/`, ...files },
    // Of everything, the rollup too: what was overwritten or deleted, and what never was finished.
    {
      id: "left-over",
      noncurrentVersionExpiration: Duration.days(oldVersionDays),
      expiredObjectDeleteMarker: true,
      abortIncompleteMultipartUploadAfter: ABORT_AFTER,
    },
  ];
}

const GLACIER = {
  instant: StorageClass.GLACIER_INSTANT_RETRIEVAL,
  flexible: StorageClass.GLACIER,
  deep: StorageClass.DEEP_ARCHIVE,
} as const;

function transitions({
  infrequentAccessDays,
  glacierDays,
  glacierClass,
}: Omit<LifeCycle, "retention" | "oldVersionDays">): Transition[] {
  return [
    ...after(infrequentAccessDays, StorageClass.INFREQUENT_ACCESS),
    ...after(glacierDays, GLACIER[glacierClass]),
  ];
}

function after(days: number | null, storageClass: StorageClass): Transition[] {
  return days === null ? [] : [{ storageClass, transitionAfter: Duration.days(days) }];
}

function lockFor({ mode, days }: NonNullable<LogBucketProps["objectLock"]>): ObjectLockRetention {
  const duration = Duration.days(days);
  return mode === "governance"
    ? ObjectLockRetention.governance(duration)
    : ObjectLockRetention.compliance(duration);
}
