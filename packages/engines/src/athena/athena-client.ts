import type { Athena } from "@aws-sdk/client-athena";

import { clientSettings, type Environment } from "@turnaway/core/aws-clients";

export interface AthenaClientOptions {
  /** Milliseconds without an answer after which a request is given up and tried again. */
  readonly requestMs?: number;
}

/**
 * A client by the SDK's default chain, without retries of its own.
 *
 * The SDK is loaded here, on first use, since local runs need not pay for its import.
 */
export async function createAthenaClient(
  env: Environment,
  { requestMs }: AthenaClientOptions = {},
): Promise<Athena> {
  const { Athena } = await import("@aws-sdk/client-athena");
  const endpointVariable = "AWS_ENDPOINT_URL_ATHENA";
  return new Athena(clientSettings(env, { endpointVariable, requestMs }));
}

/** The account that the credentials belong to, asked of STS where the SDK does not know it. */
export async function readCallerAccount(env: Environment, client: Athena): Promise<string | null> {
  const { accountId } = await client.config.credentials();
  if (accountId !== undefined) return accountId;
  const { STS } = await import("@aws-sdk/client-sts");
  const sts = new STS({
    ...clientSettings(env, { endpointVariable: "AWS_ENDPOINT_URL_STS" }),
    // Nobody else repeats what is asked here.
    maxAttempts: 3,
    region: await client.config.region(),
    credentials: client.config.credentials,
  });
  try {
    return (await sts.getCallerIdentity({})).Account ?? null;
  } finally {
    sts.destroy();
  }
}
