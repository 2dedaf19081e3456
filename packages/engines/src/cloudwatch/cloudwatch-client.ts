import type { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";

import { clientSettings, type Environment } from "@turnaway/core/aws-clients";

export interface CloudwatchClientOptions {
  /** Milliseconds without an answer after which a request is given up and tried again. */
  readonly requestMs?: number;
}

/**
 * A client by the SDK's default chain, without retries of its own.
 *
 * The SDK is loaded here, on first use, since local runs need not pay for its import.
 */
export async function createCloudwatchClient(
  env: Environment,
  { requestMs }: CloudwatchClientOptions = {},
): Promise<CloudWatchLogs> {
  const { CloudWatchLogs } = await import("@aws-sdk/client-cloudwatch-logs");
  const endpointVariable = "AWS_ENDPOINT_URL_CLOUDWATCH_LOGS";
  return new CloudWatchLogs(clientSettings(env, { endpointVariable, requestMs }));
}
