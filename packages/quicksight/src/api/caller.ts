import { clientSettings, type Environment } from "@turnaway/core/aws-clients";
import { retrying, SYSTEM_CLOCK } from "@turnaway/engines/aws";

import { requestFailure } from "./request-failure.ts";

/** Who asks. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** Asks STS. @throws TurnawayError CONFIG where nobody is signed in, AWS where STS does not answer. */
export async function readCaller(
  env: Environment,
  { region, signal }: { readonly region: string; readonly signal: AbortSignal },
): Promise<Caller> {
  const { STS } = await import("@aws-sdk/client-sts");
  const settings = clientSettings(env, { endpointVariable: "AWS_ENDPOINT_URL_STS" });
  const api = new STS({ ...settings, region });
  const session = { api, clock: SYSTEM_CLOCK, signal };
  try {
    const until = SYSTEM_CLOCK.now() + CALLER_MS;
    const answer = await retrying(session, until, (options) => api.getCallerIdentity({}, options));
    return { account: answer.Account ?? "", arn: answer.Arn ?? "" };
  } catch (error) {
    const asked = { service: "STS", operation: "GetCallerIdentity", subject: "who asks", region };
    throw requestFailure(error, asked);
  } finally {
    api.destroy();
  }
}

const CALLER_MS = 60_000;

/** `octocat` of `arn:aws:sts::123456789012:assumed-role/deploy/octocat`. */
export function userOf({ arn }: Caller): string {
  return arn.split("/").at(-1) ?? arn;
}
