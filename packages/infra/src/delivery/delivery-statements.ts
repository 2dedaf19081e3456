import { type S3Layout, TurnawayError } from "@turnaway/core";

/** What may be delivered, by whom, and where to. */
export interface DeliveryScope {
  readonly bucketArn: string;
  /** Folders above `AWSLogs/` that are delivered to, each empty or ending in `/`. */
  readonly prefixes: readonly string[];
  readonly layout: S3Layout;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Of the ARNs: `aws`, `aws-cn`, … */
  readonly partition: string;
}

/** A statement as policies of buckets and keys have it; lists also where one value would do. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly Service: string };
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** The service that writes flow logs into buckets. */
export const DELIVERY_SERVICE = "delivery.logs.amazonaws.com";

/**
 * What the policy of a bucket has to allow: one statement for the objects, one for the look at the
 * bucket's owner, each for all accounts, so that the policy grows by a line for an account and not
 * by a statement. Source: Amazon VPC User Guide, "Amazon S3 bucket permissions for flow logs".
 *
 * @throws TurnawayError CONFIG where the policy would be longer than S3 takes.
 */
export function deliveryStatements(scope: DeliveryScope): readonly PolicyStatement[] {
  const { bucketArn, prefixes, accounts } = scope;
  const source = sourceConditions(scope);
  const folders = prefixes.flatMap((prefix) =>
    accounts.map((account) => `${bucketArn}/${accountFolder(prefix, scope.layout, account)}*`),
  );
  const statements: readonly PolicyStatement[] = [
    {
      Sid: "AWSLogDeliveryWrite",
      Effect: "Allow",
      Principal: { Service: DELIVERY_SERVICE },
      Action: ["s3:PutObject"],
      Resource: folders,
      Condition: {
        ...source,
        StringEquals: {
          ...source["StringEquals"],
          "s3:x-amz-acl": ["bucket-owner-full-control"],
        },
      },
    },
    {
      Sid: "AWSLogDeliveryAclCheck",
      Effect: "Allow",
      Principal: { Service: DELIVERY_SERVICE },
      Action: ["s3:GetBucketAcl"],
      Resource: [bucketArn],
      Condition: source,
    },
  ];
  refuseTooLong(statements, scope);
  return statements;
}

/**
 * What the policy of a key has to allow, for a bucket whose objects it encrypts. Source: the same
 * guide, "Required key policy for use with SSE-KMS".
 */
export function deliveryKeyStatement(
  scope: Pick<DeliveryScope, "accounts" | "regions" | "partition">,
): PolicyStatement {
  return {
    Sid: "AWSLogDeliveryEncrypt",
    Effect: "Allow",
    Principal: { Service: DELIVERY_SERVICE },
    Action: [
      "kms:Encrypt",
      "kms:Decrypt",
      "kms:ReEncrypt*",
      "kms:GenerateDataKey*",
      "kms:DescribeKey",
    ],
    Resource: ["*"], // in the policy of a key: this key
    Condition: sourceConditions(scope),
  };
}

/** The service acts for many customers: only for these accounts, and from these regions. */
function sourceConditions({
  accounts,
  regions,
  partition,
}: Pick<DeliveryScope, "accounts" | "regions" | "partition">): PolicyStatement["Condition"] {
  return {
    StringEquals: { "aws:SourceAccount": accounts },
    ArnLike: {
      "aws:SourceArn": accounts.flatMap((account) =>
        regions.map((region) => `arn:${partition}:logs:${region}:${account}:*`),
      ),
    },
  };
}

function accountFolder(prefix: string, layout: S3Layout, account: string): string {
  const name = layout.startsWith("hive") ? `aws-account-id=${account}` : account;
  return `${prefix}AWSLogs/${name}/`;
}

/** Bytes of a bucket policy. Source: Amazon S3 User Guide, "Bucket policies". */
const MAX_POLICY_BYTES = 20_480;

/** For what else stands in the policy: that TLS is needed, and the frame around it all. */
const OTHER_STATEMENTS_BYTES = 1024;

function refuseTooLong(
  statements: readonly PolicyStatement[],
  { accounts, regions }: DeliveryScope,
): void {
  const bytes = JSON.stringify(statements).length + OTHER_STATEMENTS_BYTES;
  if (bytes <= MAX_POLICY_BYTES) return;
  throw new TurnawayError("CONFIG", {
    what: "the bucket's policy would be too long",
    where: "accounts",
    why: `${accounts.length} accounts in ${regions.length} ${regions.length === 1 ? "region" : "regions"} need ${bytes} bytes, and S3 takes ${MAX_POLICY_BYTES}`,
    fix: "list fewer accounts or regions, and give the others a deployment with a name and a bucket of its own",
  });
}
