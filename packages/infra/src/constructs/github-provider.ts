import { RemovalPolicy } from "aws-cdk-lib";
import { CfnOIDCProvider } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";

export interface GithubProviderProps {
  /**
   * Provider that the account has already: there can be one for each URL.
   *
   * @default null: it is made, and stays when the stack goes, since others may have come to use it
   */
  readonly existingArn: string | null;
}

/** Where GitHub's tokens come from. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";

/** For whom a token is that AWS takes. */
export const AUDIENCE = "sts.amazonaws.com";

/** Lets AWS verify the tokens of GitHub's workflows. */
export class GithubProvider extends Construct {
  readonly providerArn: string;

  constructor(scope: Construct, id: string, { existingArn }: GithubProviderProps) {
    super(scope, id);
    if (existingArn !== null) {
      this.providerArn = existingArn;
      return;
    }
    // No thumbprints: IAM verifies this issuer by its library of trusted authorities.
    const provider = new CfnOIDCProvider(this, "Provider", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: [AUDIENCE],
    });
    provider.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.providerArn = provider.attrArn;
  }
}
