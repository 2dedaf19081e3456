import { Duration, Validations } from "aws-cdk-lib";
import { CfnWorkGroup } from "aws-cdk-lib/aws-athena";
import { BucketEncryption } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

import { PrivateBucket } from "./private-bucket.ts";

export interface QueryWorkgroupProps {
  readonly name: string;
  /** Account that the bucket of the answers has to belong to. */
  readonly account: string;
  /** Bytes that stop a query; Athena takes 10,000,000 or more. */
  readonly scanLimitBytes: number;
  /** Where answers lie: with Athena for a day, or in a bucket of this name for some days. */
  readonly results: "managed" | { readonly bucketName: string; readonly days: number };
}

/**
 * The workgroup that every query runs in. What it says is enforced: no client moves its answers
 * elsewhere, or reads more than the limit.
 */
export class QueryWorkgroup extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: QueryWorkgroupProps) {
    super(scope, id);
    const { name, scanLimitBytes, results } = props;
    this.name = name;
    const workgroup = new CfnWorkGroup(this, "WorkGroup", {
      name,
      description: "Queries of Turnaway",
      state: "ENABLED",
      // Deletes the named queries and the history with it, without which it can't be deleted.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        requesterPaysEnabled: false,
        bytesScannedCutoffPerQuery: scanLimitBytes,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        ...(results === "managed"
          ? { managedQueryResultsConfiguration: { enabled: true } }
          : {
              // Said, since a workgroup that once had it on keeps it.
              managedQueryResultsConfiguration: { enabled: false },
              resultConfiguration: {
                outputLocation: `s3://${results.bucketName}/`,
                expectedBucketOwner: props.account,
                encryptionConfiguration: { encryptionOption: "SSE_S3" },
              },
            }),
      },
    });
    if (results !== "managed")
      workgroup.node.addDependency(new ResultsBucket(this, "Results", results));
  }
}

/** Answers: each can be asked for again, so they go after some days. */
class ResultsBucket extends PrivateBucket {
  constructor(
    scope: Construct,
    id: string,
    { bucketName, days }: { readonly bucketName: string; readonly days: number },
  ) {
    super(scope, id, {
      bucketName,
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [
        {
          id: "answers",
          expiration: Duration.days(days),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Answers are copies for some days. Who asked what stands in Athena's history and in CloudTrail.",
    });
  }
}
