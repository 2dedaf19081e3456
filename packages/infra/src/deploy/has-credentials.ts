import { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import { type Environment } from "@turnaway/core/aws-clients";
import { factsOf } from "@turnaway/engines/aws";

/**
 * Whether anybody is signed in to AWS, by the SDK's default chain. Not being is no error: a plan
 * can be made without AWS. A session that has expired counts as one: whoever has signed in wants
 * to compare, and is told when that fails.
 */
export async function hasCredentials(env: Environment): Promise<boolean> {
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return true;
  try {
    await fromNodeProviderChain(env.AWS_PROFILE ? { profile: env.AWS_PROFILE } : {})();
    return true;
  } catch (error) {
    const { name, message } = factsOf(error);
    if (/expired|sso login/i.test(message)) return true;
    // What answers with an error is there.
    return name !== "CredentialsProviderError" && name !== "TokenProviderError";
  }
}
