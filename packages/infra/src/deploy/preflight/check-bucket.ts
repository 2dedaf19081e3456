import {
  GetBucketEncryptionCommand,
  GetBucketPolicyCommand,
  HeadBucketCommand,
  S3Client,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";

import { missingStatements } from "../../delivery-policy.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok, warning } from "./note.ts";

/** Whether a bucket that `deploy` does not make is there, and takes what is delivered. */
export function checkExistingBucket(bucket: string, examined: Examined): Check {
  const { deployment, aws, signal } = examined;
  const { home } = deployment;
  const sent = { abortSignal: signal };
  return {
    about: `the bucket ${bucket}`,
    place: home,
    service: "S3",
    permission: `s3:ListBucket, s3:GetBucketPolicy and s3:GetEncryptionConfiguration on ${bucket}`,
    async look(): Promise<readonly PreflightNote[]> {
      const s3 = await aws.client(S3Client, home);
      const found = await findBucket(s3, bucket, signal);
      if (found === null) {
        return [
          error(
            `the bucket ${bucket} does not exist`,
            "write `logs.createBucket: true` and it is made, or correct logs.bucket",
          ),
        ];
      }
      if (found.region !== home.region) {
        return [
          error(
            `the bucket ${bucket} lies in ${found.region}, and everything else in ${home.region}`,
            `write \`infrastructure.region: ${found.region}\``,
          ),
        ];
      }
      const policy = await s3
        .send(new GetBucketPolicyCommand({ Bucket: bucket }), sent)
        .then(({ Policy }) => Policy ?? null)
        .catch(unless("NoSuchBucketPolicy"));
      const encryption = await s3
        .send(new GetBucketEncryptionCommand({ Bucket: bucket }), sent)
        .catch(unless("ServerSideEncryptionConfigurationNotFoundError"));
      const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0];
      return [
        policyNote(policy, examined, bucket),
        ...keyNotes(rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID, rule, examined),
      ];
    },
  };
}

/** Where the bucket lies; null where there is none. */
export async function findBucket(
  s3: S3Client,
  bucket: string,
  signal: AbortSignal,
): Promise<{ readonly region: string | undefined; readonly isOpen: boolean } | null> {
  try {
    const sent = { abortSignal: signal };
    const { BucketRegion } = await s3.send(new HeadBucketCommand({ Bucket: bucket }), sent);
    return { region: BucketRegion ?? "us-east-1", isOpen: true };
  } catch (thrown) {
    const { $metadata, $response } = thrown as Refusal;
    const region = $response?.headers?.["x-amz-bucket-region"];
    if ($metadata?.httpStatusCode === 404) return null;
    // Of another region, or of somebody else: it is there all the same.
    if ($metadata?.httpStatusCode === 301 || $metadata?.httpStatusCode === 403)
      return { region, isOpen: false };
    throw thrown;
  }
}

interface Refusal {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

function policyNote(
  policy: string | null,
  { deployment }: Examined,
  bucket: string,
): PreflightNote {
  const missing = missingStatements(policy, deployment);
  if (missing.length === 0) return ok(`the policy of ${bucket} lets flow logs in`);
  const sids = missing.map(({ Sid }) => Sid).join(" and ");
  return error(
    `the policy of ${bucket} does not let flow logs in: ${sids} ${missing.length === 1 ? "is" : "are"} missing`,
    "merge the statements that `turnaway deploy plan` ends with; nothing of the bucket is changed",
  );
}

/** The delivery service encrypts with the bucket's key, and only with one that lets it. */
function keyNotes(
  key: string | undefined,
  rule: ServerSideEncryptionRule | undefined,
  { deployment: { config } }: Examined,
): readonly PreflightNote[] {
  const { bucket, kmsKey } = config.logs;
  const byKms =
    rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm?.startsWith("aws:kms") === true;
  if (!byKms) return [];
  if (key === undefined || key.endsWith("alias/aws/s3")) {
    return [
      error(
        `the bucket ${bucket!} encrypts with the key of S3 in KMS, which lets no flow logs in`,
        "encrypt it with AES-256, or with a KMS key whose policy you write",
      ),
    ];
  }
  if (!key.startsWith("arn:")) {
    return [
      error(
        `the bucket ${bucket!} names its key as ${key}: flow logs to it become undeliverable`,
        "name the key by its ARN in the bucket's default encryption",
      ),
    ];
  }
  if (kmsKey === key) return [];
  return [
    warning(
      `the bucket ${bucket!} encrypts with ${key}, whose policy nobody has looked at`,
      `write \`encryption: kms\` and \`kmsKey: ${key}\` under logs`,
    ),
  ];
}

// What is not configured is an error to S3.
function unless(name: string): (thrown: Error) => null {
  return (thrown) => {
    if (thrown.name === name) return null;
    throw thrown;
  };
}
