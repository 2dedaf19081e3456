import { deploymentName } from "@turnaway/core";
import { clientSettings, type Environment, factsOf, retrying } from "@turnaway/engines/aws";

import { requestFailure } from "../api/request-failure.ts";
import type { QuickSightSession } from "../api/session.ts";
import { fine, type Note, problem } from "./note.ts";

/** Whether the role that QuickSight reads with is there. */
export async function checkRole(
  session: QuickSightSession,
  { deployment, env }: { readonly deployment: string; readonly env: Environment },
): Promise<Note> {
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
    return fine(`the role ${name} is there`);
  } catch (error) {
    if (factsOf(error).name.startsWith("NoSuchEntity")) {
      return problem(
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
