/**
 * What CDK would do otherwise today for the sake of apps of yesterday. Each is what a new app gets;
 * named here, since an app that is made in code has no cdk.json.
 */
export const FEATURE_FLAGS: Readonly<Record<string, unknown>> = {
  // A plan names resources by their place among the constructs, not by ids with a hash.
  "aws:cdk:enable-path-metadata": true,
  // Access logs by a bucket policy: buckets that enforce their owner know no ACL.
  "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": true,
  "@aws-cdk/aws-iam:minimizePolicies": true,
  "@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope": true,
  "@aws-cdk/core:enablePartitionLiterals": true,
  "@aws-cdk/core:checkSecretUsage": true,
  "@aws-cdk/core:validateAgainstDefaultRules": true,
  "@aws-cdk/core:target-partitions": ["aws", "aws-cn", "aws-us-gov"],
  "@aws-cdk/customresources:installLatestAwsSdkDefault": false,
};
