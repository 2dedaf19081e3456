import { deploymentName } from "@turnaway/core";
import { type Check, fail, ok } from "@turnaway/core/checks";
import { clientSettings, type Environment } from "@turnaway/core/aws-clients";
import { factsOf, retrying } from "@turnaway/engines/aws";

import { requestFailure } from "../api/request-failure.ts";
import type { QuickSightSession } from "../api/session.ts";

/** Whether the role that QuickSight reads with is there. */
export async function checkRole(
  session: QuickSightSession,
  { deployment, env }: { readonly deployment: string; readonly env: Environment },
): Promise<Check> {
  const { IAM } = await import("@aws-sdk/client-iam");
  const { region } = session.target;
  const name = deploymentName(deployment, "quicksight");
  const api = new IAM({
    ...clientSettings(env, { endpointVariable: "AWS_ENDPOINT_URL_IAM" }),
    region,
  });
  try {
    const until = session.clock.now() + ROLE_MS;
    await retrying({ ...session, api }, until, (options) =>
      api.getRole({ RoleName: name }, options),
    );
    return ok("ROLE", `the role ${name} is there`);
  } catch (error) {
    if (factsOf(error).name.startsWith("NoSuchEntity")) {
      return fail(
        "ROLE",
        `there is no role ${name}, with which QuickSight reads`,
        "run `turnaway deploy apply`: it makes the role when dashboards.principals or authors are listed",
      );
    }
    throw requestFailure(error, { service: "IAM", operation: "GetRole", subject: name, region });
  } finally {
    api.destroy();
  }
}

const ROLE_MS = 60_000;
