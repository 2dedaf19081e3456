/** Variables of the environment that a client is made from. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the client of any AWS service is made with here; all SDK clients take these. */
export interface ClientSettings {
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
    readonly socketTimeout: number;
    readonly httpAgent: ThroughProxy;
    readonly httpsAgent: ThroughProxy;
  };
  readonly endpoint?: string;
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: StaticKeys;
}

/**
 * For Node's agents: `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, small letters too. The SDK makes
 * agents of its own, which know nothing of these by themselves.
 */
interface ThroughProxy {
  readonly proxyEnv: Environment;
}

export interface ClientSettingsOptions {
  /** The variable of this one service, such as `AWS_ENDPOINT_URL_ATHENA`. */
  readonly endpointVariable: string;
  /** Milliseconds without an answer after which a request is given up. Default is 30 seconds. */
  readonly requestMs?: number | undefined;
}

/**
 * Settings by the SDK's default chain: keys, profile, SSO, web identity, container, instance.
 *
 * The client does not retry: the engine does, to its own deadline, and hears the signal meanwhile.
 */
export function clientSettings(
  env: Environment,
  { endpointVariable, requestMs = DEFAULT_REQUEST_MS }: ClientSettingsOptions,
): ClientSettings {
  const endpoint = endpointOf(env, endpointVariable);
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  return {
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: Math.min(requestMs, 10_000),
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
      socketTimeout: requestMs,
      httpAgent: { proxyEnv: env },
      httpsAgent: { proxyEnv: env },
    },
    ...(endpoint && { endpoint }),
    ...(region && { region }),
    ...(env.AWS_PROFILE && { profile: env.AWS_PROFILE }),
    ...staticKeys(env),
  };
}

/** Where a service is told to be asked; undefined for where it always is. */
function endpointOf(env: Environment, variable: string): string | undefined {
  const ignored = env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === "true";
  return ignored ? undefined : env[variable] || env.AWS_ENDPOINT_URL;
}

const DEFAULT_REQUEST_MS = 30_000;

interface StaticKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

// The SDK reads these from the process by itself; taking them from `env` keeps the
// parameter true. A profile named in the environment goes before keys, as in the SDK.
function staticKeys(env: Environment): Pick<ClientSettings, "credentials"> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (!accessKeyId || !secretAccessKey || env.AWS_PROFILE) return {};
  const sessionToken = env.AWS_SESSION_TOKEN;
  return { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } };
}
