import {
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
} from "@aws-sdk/client-iam";

import { AUDIENCE, GITHUB_ISSUER } from "../../constructs/github-provider.ts";
import { nameOf } from "../../deployment.ts";
import { holds } from "../aws/live-stack.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok } from "./note.ts";

/** Whether GitHub's tokens have one provider in the account, and the one that is meant. */
export function checkProvider({ deployment, aws, signal }: Examined): Check {
  const { home, config } = deployment;
  const { provider } = config.infrastructure.github;
  const sent = { abortSignal: signal };
  return {
    about: "the OIDC provider of GitHub",
    place: home,
    service: "IAM",
    permission: "iam:ListOpenIDConnectProviders and iam:GetOpenIDConnectProvider",
    async look(): Promise<PreflightNote[]> {
      const iam = await aws.client(IAMClient, home);
      const listed = await iam.send(new ListOpenIDConnectProvidersCommand(), sent);
      const live = (listed.OpenIDConnectProviderList ?? [])
        .map(({ Arn }) => Arn!)
        .find((arn) => arn.endsWith(`/${GITHUB_ISSUER}`));
      if (provider === null) {
        if (live === undefined) return [ok("no provider of GitHub's tokens is there yet")];
        const stack = { name: nameOf(deployment, "access"), place: home, aws, signal };
        if (await holds(stack, live)) return [ok(`${live} is this deployment's own`)];
        return [
          error(
            `${home.account} has a provider of GitHub's tokens already, and there can be only one`,
            `write \`infrastructure.github.provider: ${live}\``,
          ),
        ];
      }
      if (live !== provider) {
        return [
          error(
            `${provider} does not exist`,
            live === undefined
              ? "remove infrastructure.github.provider, and it is made"
              : `write \`infrastructure.github.provider: ${live}\``,
          ),
        ];
      }
      const asked = new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: live });
      const { ClientIDList = [] } = await iam.send(asked, sent);
      if (ClientIDList.includes(AUDIENCE)) return [ok(`${live} is there`)];
      return [
        error(
          `${live} takes no tokens for ${AUDIENCE}`,
          `run \`aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${live} --client-id ${AUDIENCE}\``,
        ),
      ];
    },
  };
}
