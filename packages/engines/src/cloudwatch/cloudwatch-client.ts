import type { CloudWatchLogs, CloudWatchLogsClientConfig } from "@aws-sdk/client-cloudwatch-logs";

type Environment = Readonly<Record<string, string | undefined>>;

export interface CloudwatchClientOptions {
  /** Milliseconds without an answer after which a request is given up and tried again. */
  readonly requestMs?: number;
}

/**
 * A client by the SDK's default chain: keys, profile, SSO, web identity, container, instance.
 *
 * It does not retry: the engine does, to its own deadline, and hears the signal meanwhile.
 * The SDK is loaded here, on first use, since local runs need not pay for its import.
 */
export async function createCloudwatchClient(
  env: Environment,
  options: CloudwatchClientOptions = {},
): Promise<CloudWatchLogs> {
  const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
  return new CloudWatchLogs(clientConfig(env, options));
}

const DEFAULT_REQUEST_MS = 30_000;

function clientConfig(
  env: Environment,
  { requestMs = DEFAULT_REQUEST_MS }: CloudwatchClientOptions,
): CloudWatchLogsClientConfig {
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true";
  const endpoint = ignored
    ? undefined
    : env.AWS_ENDPOINT_URL_CLOUDWATCH_LOGS || env.AWS_ENDPOINT_URL;
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  return {
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: Math.min(requestMs, 10_000),
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestMs,
    },
    ...(endpoint && { endpoint }),
    ...(region && { region }),
    ...(env.AWS_PROFILE && { profile: env.AWS_PROFILE }),
    ...staticKeys(env),
  };
}

// The SDK reads these from the process by itself; taking them from `env` keeps the
// parameter true. A profile named in the environment goes before keys, as in the SDK.
function staticKeys(env: Environment): Pick<CloudWatchLogsClientConfig, "credentials"> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey || env.AWS_PROFILE) return {};
  const sessionToken = env.AWS_SESSION_TOKEN;
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}
