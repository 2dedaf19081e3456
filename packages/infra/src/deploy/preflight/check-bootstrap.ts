import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

import type { Place } from "../../deployment.ts";
import { partitionOf } from "../../partition.ts";
import { QUALIFIER } from "../aws/connect-aws.ts";
import type { PreflightNote } from "../deploy-plan.ts";
import type { Check, Examined } from "./check.ts";
import { error, ok } from "./note.ts";

/** Version of the bootstrap that our templates need: the first one with a lookup role. */
const LEAST_VERSION = 8;

const PARAMETER = `/cdk-bootstrap/${QUALIFIER}/version`;

/** Whether CDK's roles and its bucket are in the place. */
export function checkBootstrap(place: Place, { aws, deployment, signal }: Examined): Check {
  const { account, region } = place;
  const isOwn = account === aws.caller.account;
  const command = bootstrapCommand(place, isOwn ? null : deployment.home.account);
  return {
    about: "the CDK bootstrap",
    place,
    service: "Systems Manager",
    permission: "ssm:GetParameter",
    async look(): Promise<PreflightNote[]> {
      try {
        const ssm = await aws.client(SSMClient, place);
        const asked = new GetParameterCommand({ Name: PARAMETER });
        const { Parameter } = await ssm.send(asked, { abortSignal: signal });
        const version = Number(Parameter?.Value);
        if (version >= LEAST_VERSION) return [ok(`${account}, ${region} is bootstrapped`)];
        const what = `the CDK bootstrap of ${account}, ${region} has version ${version}, and ${LEAST_VERSION} is needed`;
        return [error(what, `run \`${command}\` again`)];
      } catch (thrown) {
        if ((thrown as Error).name === "ParameterNotFound")
          return [error(`${account}, ${region} is not bootstrapped`, `run \`${command}\``)];
        if (isOwn || !isRefusedRole(thrown)) throw thrown;
        const what = `the lookup role of ${account}, ${region} does not let ${aws.caller.arn} in`;
        return [error(what, `with credentials of ${account}, run \`${command}\``)];
      }
    },
  };
}

/**
 * The command that bootstraps a place.
 *
 * @param trusted account that deploys into it; null for the place's own
 */
export function bootstrapCommand({ account, region }: Place, trusted: string | null): string {
  const trust =
    trusted === null
      ? ""
      : ` --trust ${trusted} --trust-for-lookup ${trusted} --cloudformation-execution-policies arn:${partitionOf(region)}:iam::aws:policy/AdministratorAccess`;
  return `npx cdk bootstrap aws://${account}/${region}${trust}`;
}

// A role that is not there and one that trusts others answer the same.
function isRefusedRole(thrown: unknown): boolean {
  return /sts:AssumeRole/.test((thrown as Error).message);
}
