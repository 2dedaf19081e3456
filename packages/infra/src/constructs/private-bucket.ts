import { RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, type BucketProps, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/**
 * A bucket as all of ours are: nobody outside reads it, nothing without TLS, its owner owns every
 * object, and it stays when its stack goes. Its policy goes: CloudFormation writes none over one
 * that is there, so the bucket could not be taken back into a stack.
 */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, {
      ...props,
      enforceSSL: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
