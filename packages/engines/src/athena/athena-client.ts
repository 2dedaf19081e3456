import type { Athena, AthenaClientConfig } from "@aws-sdk/client-athena";

type Environment = Readonly<Record<string, string | undefined>>;

export interface AthenaClientOptions {
  /** Milliseconds without an answer after which a request is given up and tried again. */
  readonly requestMs?: number;
}

/**
 * A client by the SDK's default chain: keys, profile, SSO, web identity, container, instance.
 *
 * It does not retry: the engine does, to its own deadline, and hears the signal meanwhile.
 * The SDK is loaded here, on first use, since local runs need not pay for its import.
 */
export async function createAthenaClient(
  env: Environment,
  options: AthenaClientOptions = {},
): Promise<Athena> {
  const { Athena } = await import("@aws-sdk/client-athena");
  return new Athena(clientConfig(env, options));
}

/** The account that the credentials belong to, asked of STS where the SDK does not know it. */
export async function readCallerAccount(env: Environment, client: Athena): Promise<string | null> {
  const { accountId } = await client.config.credentials();
  if (accountId !== undefined) return accountId;
  const { STS } = await import("@aws-sdk/client-sts");
  const endpoint = endpointOf(env, "AWS_ENDPOINT_URL_STS");
  const sts = new STS({
    region: await client.config.region(),
    credentials: client.config.credentials,
    ...(endpoint && { endpoint }),
  });
  try {
    return (await sts.getCallerIdentity({})).Account ?? null;
  } finally {
    sts.destroy();
  }
}

const DEFAULT_REQUEST_MS = 30_000;

function clientConfig(env: Environment, options: AthenaClientOptions): AthenaClientConfig {
  const requestMs = options.requestMs ?? DEFAULT_REQUEST_MS;
  const endpoint = endpointOf(env, "AWS_ENDPOINT_URL_ATHENA");
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

function endpointOf(env: Environment, service: string): string | undefined {
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true";
  return ignored ? undefined : env[service] || env.AWS_ENDPOINT_URL;
}

// The SDK reads these from the process by itself; taking them from `env` keeps the
// parameter true. A profile named in the environment goes before keys, as in the SDK.
function staticKeys(env: Environment): Pick<AthenaClientConfig, "credentials"> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey || env.AWS_PROFILE) return {};
  const sessionToken = env.AWS_SESSION_TOKEN;
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}
