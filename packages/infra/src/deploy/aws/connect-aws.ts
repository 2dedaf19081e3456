import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { fromTemporaryCredentials } from "@aws-sdk/credential-providers";
import { type ClientSettings, clientSettings, type Environment } from "@turnaway/core/aws-clients";

import type { Place } from "../../deployment.ts";
import { partitionOf } from "../../partition.ts";
import { explainAwsError } from "./explain-aws-error.ts";

/** AWS as whoever asks may see it, in every place of a deployment. */
export interface Aws {
  readonly caller: Caller;
  /** A client for one place; the same one each time that it is asked for. */
  client<C>(Client: ClientClass<C>, place: Place): Promise<C>;
}

/** Who asks. */
export interface Caller {
  readonly account: string;
  readonly arn: string;
}

/** The class of any client of the SDK. */
export type ClientClass<C> = new (settings: Settings) => C;

type OwnSettings = ClientSettings & { readonly region: string };

type Settings = Omit<OwnSettings, "credentials"> & {
  readonly credentials?:
    | NonNullable<OwnSettings["credentials"]>
    | ReturnType<typeof fromTemporaryCredentials>;
};

/**
 * Finds out who asks.
 *
 * What is live is read with the lookup role of the CDK bootstrap, as the toolkit does it: the
 * role that deploys from GitHub may do nothing else. Where that role can't be taken, in one's own
 * account, one's own credentials are as good.
 *
 * @throws TurnawayError CONFIG without credentials, AWS where nobody answers.
 */
export async function connectAws(
  home: Place,
  { env, signal }: { readonly env: Environment; readonly signal: AbortSignal },
): Promise<Aws> {
  const caller = await identify(home, { env, signal });
  const clients = new Map<string, Promise<unknown>>();
  return {
    caller,
    client<C>(Client: ClientClass<C>, place: Place): Promise<C> {
      const key = `${Client.name}/${place.account}/${place.region}`;
      let client = clients.get(key) as Promise<C> | undefined;
      if (client === undefined) {
        const asked = { place, env, variable: endpointVariable(Client.name) };
        client = settingsFor(asked, caller).then((settings) => new Client(settings));
        clients.set(key, client);
      }
      return client;
    },
  };
}

async function identify(
  place: Place,
  { env, signal }: { readonly env: Environment; readonly signal: AbortSignal },
): Promise<Caller> {
  const sts = new STSClient(
    ownSettings({ place, env, variable: endpointVariable(STSClient.name) }),
  );
  try {
    const answer = await sts.send(new GetCallerIdentityCommand(), { abortSignal: signal });
    return { account: answer.Account ?? "", arn: answer.Arn ?? "" };
  } catch (error) {
    signal.throwIfAborted();
    const { region } = place;
    throw explainAwsError(error, { what: "nobody is signed in to AWS", service: "STS", region });
  }
}

interface AskedClient {
  readonly place: Place;
  readonly env: Environment;
  /** Where the environment may name another endpoint for this one service. */
  readonly variable: string;
}

async function settingsFor(asked: AskedClient, caller: Caller): Promise<Settings> {
  const own = ownSettings(asked);
  const { place, env } = asked;
  const sts = ownSettings({ place, env, variable: endpointVariable(STSClient.name) });
  const lookup = fromTemporaryCredentials({
    params: { RoleArn: lookupRoleArn(place), RoleSessionName: "turnaway-deploy" },
    clientConfig: sts,
    ...(sts.credentials !== undefined && { masterCredentials: sts.credentials }),
  });
  const isOwn = place.account === caller.account;
  return isOwn && !(await gives(lookup)) ? own : { ...own, credentials: lookup };
}

async function gives(credentials: () => Promise<unknown>): Promise<boolean> {
  try {
    await credentials();
    return true;
  } catch {
    return false;
  }
}

/** The role that CDK's bootstrap makes for looking: it reads, and changes nothing. */
function lookupRoleArn({ account, region }: Place): string {
  const name = `cdk-${QUALIFIER}-lookup-role-${account}-${region}`;
  return `arn:${partitionOf(region)}:iam::${account}:role/${name}`;
}

/** In the names of all that `cdk bootstrap` makes, unless it is told otherwise. */
export const QUALIFIER = "hnb659fds";

// Only reads are asked for here, so the SDK's own retry will do.
function ownSettings({ place: { region }, env, variable }: AskedClient): OwnSettings {
  return { ...clientSettings(env, { endpointVariable: variable }), maxAttempts: 5, region };
}

// As the SDK calls it: after the service's id, which has a space in this one name.
function endpointVariable(client: string): string {
  const service = client === "CloudWatchLogsClient" ? "CLOUDWATCH_LOGS" : client.slice(0, -6);
  return `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
}
