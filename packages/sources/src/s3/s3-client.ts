import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { clientSettings, type Environment } from "@turnaway/core/aws-clients";

/** The part of the SDK client that this adapter calls. */
export type S3Sender = Pick<S3Client, "send">;

export interface S3ClientOptions {
  /** When given, the client is one for this bucket's own region. */
  readonly bucket?: string;
  /** Tries of one request before its error counts; the SDK waits between them, with jitter. */
  readonly maxAttempts?: number;
  /** Milliseconds without a byte after which a request is given up and tried again. */
  readonly stallMs?: number;
}

/**
 * A client by the SDK's default chain: keys, profile, SSO, web identity, container, instance.
 * `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` set means path-style addressing, since
 * endpoints of one's own rarely have a host name for each bucket. The SDK is loaded here,
 * on first use: its import costs a tenth of a second that local runs need not pay.
 */
export async function createS3Client(
  env: Environment,
  options: S3ClientOptions = {},
): Promise<S3Client> {
  const { S3Client } = await import("@aws-sdk/client-s3");
  const config = clientConfig(env, options);
  let client = new S3Client(config);
  const region = await client.config.region().catch(() => undefined);
  if (region === undefined) client = new S3Client({ ...config, region: FALLBACK_REGION });
  if (options.bucket === undefined) return client;
  const home = await bucketRegion(client, options.bucket);
  if (home === undefined || home === (region ?? FALLBACK_REGION)) return client;
  client.destroy();
  return new S3Client({ ...config, region: home });
}

const FALLBACK_REGION = "us-east-1";
const DEFAULT_MAX_ATTEMPTS = 8;

function clientConfig(
  env: Environment,
  { maxAttempts = DEFAULT_MAX_ATTEMPTS, stallMs }: S3ClientOptions,
): S3ClientConfig {
  const endpointVariable = "AWS_ENDPOINT_URL_S3";
  const settings = clientSettings(env, { endpointVariable, requestMs: stallMs });
  return {
    ...settings,
    maxAttempts,
    ...(settings.endpoint !== undefined && { forcePathStyle: true }),
  };
}

// S3 names the bucket's region in the headers of any answer, refusals included. Asked once:
// the SDK's own redirect costs every request a second one and is not safe side by side.
async function bucketRegion(client: S3Client, bucket: string): Promise<string | undefined> {
  const { HeadBucketCommand } = await import("@aws-sdk/client-s3");
  try {
    return (await client.send(new HeadBucketCommand({ Bucket: bucket }))).BucketRegion;
  } catch (error) {
    const { $response } = error as { $response?: { headers?: Record<string, string> } };
    return $response?.headers?.["x-amz-bucket-region"];
  }
}
